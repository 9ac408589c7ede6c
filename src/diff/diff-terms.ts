import type { Schema } from "../schema/index.js";
import type { Change } from "./change.js";
import { pairBearers } from "./diff-options.js";
import type { Pairs } from "./pair-declared.js";

/** What changed about how two generations are translated into each other, and since when an element is there. */
export function* diffOtherTerms(pairs: Pairs, before: Schema, after: Schema): Generator<Change> {
  for (const [from, to] of pairBearers(pairs, before, after)) {
    if (from.kind === "file" && to.kind === "file" && from.upgrades !== to.upgrades)
      yield { kind: "upgrades-changed", before: from, after: to, ...aspect(from.upgrades, to.upgrades) };
    const [was, is] = [from.lifecycle.terms, to.lifecycle.terms];
    if (was === is) continue;
    for (const [kind, term] of termKinds)
      if (was[term] !== is[term]) yield { kind, before: from, after: to, ...aspect(was[term], is[term]) };
  }
}

function aspect(from = "", to = "") {
  return { from, to };
}

/** The terms that `diffPromise` does not look at. */
const termKinds = [
  ["was-changed", "was"],
  ["bridge-default-changed", "bridgeDefault"],
  ["introduced-in-changed", "introducedIn"],
  ["unit-changed", "unit"],
  ["hook-changed", "hook"],
] as const;
