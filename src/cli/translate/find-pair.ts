import { Proto4Error } from "../../diagnostics/index.js";
import { findElder } from "../../mapping/index.js";
import type { Schema } from "../../schema/index.js";

/** Full names of two packages, of which one continues the other. */
export interface PackagePair {
  readonly v3: string;
  readonly v4: string;
}

/**
 * The two generations that a message belongs to: those that are named, else the only two that it can be.
 * @param name of the message; one that the schema does not know leaves every pair possible
 * @throws Proto4Error "generation-missing" where there is none, "mapping-ambiguous" where there are several
 */
export function findPair(schema: Schema, name: string, wanted: Partial<PackagePair>): PackagePair {
  const { v3, v4 } = wanted;
  if (v3 !== undefined && v4 !== undefined) return { v3, v4 };
  const all = allPairs(schema);
  const own = schema.declared.get(name)?.file.package;
  const pairs =
    v3 === undefined && v4 === undefined
      ? all.filter((pair) => own === undefined || pair.v3 === own || pair.v4 === own)
      : all.filter((pair) => pair.v3 === (v3 ?? pair.v3) && pair.v4 === (v4 ?? pair.v4));
  const [pair] = pairs;
  if (pair === undefined) throw noPair(v4 ?? v3 ?? own, all);
  if (pairs.length > 1) throw severalPairs(name, pairs);
  return pair;
}

function allPairs(schema: Schema): readonly PackagePair[] {
  const packages = new Set([...schema.files.values()].map((file) => file.package));
  return [...packages].sort().flatMap((v4) => {
    const v3 = findElder(schema, v4);
    return v3 === undefined ? [] : [{ v3, v4 }];
  });
}

function noPair(name: string | undefined, all: readonly PackagePair[]): Proto4Error {
  const what =
    name === undefined
      ? "no package of the input continues another one"
      : `the package "${name}" neither continues another one of the input nor is continued`;
  const others = all.length === 0 ? "" : `; pairs that it holds: ${list(all)}`;
  return new Proto4Error(
    "generation-missing",
    `${what}${others}; name both with --v3 and --v4, or let (proto4.upgrades) name the elder`,
  );
}

function severalPairs(name: string, pairs: readonly PackagePair[]): Proto4Error {
  return new Proto4Error(
    "mapping-ambiguous",
    `${name} can be of several pairs of packages: ${list(pairs)}; say by --v3 or --v4 which is meant`,
  );
}

function list(pairs: readonly PackagePair[]): string {
  return pairs.map(({ v3, v4 }) => `${v3} and ${v4}`).join(", ");
}
