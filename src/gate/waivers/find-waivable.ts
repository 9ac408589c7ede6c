import { Proto4Error } from "../../diagnostics/index.js";
import { allRules, type Finding, type Waiver } from "../../rules/index.js";
import { nearestFirst } from "../config/nearest.js";
import { targetOf, targetsOf } from "./mark-waived.js";
import { noSuchRule } from "./waiver-shape.js";

/** A finding by its id, or what a rule says of a symbol. */
export type Target = Pick<Waiver, "finding" | "rule" | "symbol">;

/**
 * The first finding that a waiver would fit, before those that are accepted already.
 * @throws Proto4Error "usage" where there is none, with those that may be meant
 */
export function findWaivable(findings: readonly Finding[], target: Target): Finding {
  const wanted = targetOf(target);
  const fitting = findings.filter((finding) => targetsOf(finding).includes(wanted));
  const found = fitting.find(({ waiver }) => waiver === undefined) ?? fitting[0];
  if (found !== undefined) return found;
  if (findings.length === 0)
    throw usage("nothing is found, so there is nothing to waive; give the flags that proto4 check is given");
  const isRule = allRules.some(({ id }) => id === target.rule);
  if (target.rule !== undefined && !isRule) throw usage(noSuchRule(target.rule));
  throw usage(
    target.finding === undefined
      ? `${target.rule} says nothing of ${target.symbol}; it may be meant: ${nearest(wanted, findings, ofRule)}`
      : `no finding has the id ${wanted}; it may be meant: ${nearest(wanted, findings, ({ id }) => id)}`,
  );
}

/** Few enough to be read. */
const SHOWN = 3;

function nearest(wanted: string, findings: readonly Finding[], nameOf: (finding: Finding) => string): string {
  const named = new Map(findings.map((finding) => [nameOf(finding), finding]));
  return nearestFirst(wanted, [...named.keys()])
    .slice(0, SHOWN)
    .map((name) => `${named.get(name)?.id} (${ofRule(named.get(name)!)})`)
    .join(", ");
}

function ofRule({ rule, symbol }: Finding): string {
  return targetOf({ rule, symbol });
}

function usage(message: string): Proto4Error {
  return new Proto4Error("usage", message);
}
