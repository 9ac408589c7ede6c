import type { Change } from "../diff/index.js";
import { fixTable } from "./fix-table.js";
import { keep } from "./fixes/keep.js";
import { unfixable, type WayBack } from "./fixes/way-back.js";
import type { Judgement, Rule, RuleContext } from "./rule.js";

/**
 * How what a rule judged goes away by edits: as the rule says itself; else by undoing the change, where something was
 * promised.
 * @param state of what the change is about
 */
export function wayOf(
  rule: Rule,
  judgement: Judgement,
  change: Change,
  state: string,
  context: RuleContext,
): WayBack {
  const { fixes, unfixable: why } = judgement;
  if (why !== undefined) return unfixable(why);
  const way = fixes === undefined ? undone(rule, change, context) : { fixes };
  const isOwn = rule.categories.includes("LIFECYCLE");
  if (state !== "EXPERIMENTAL" || isOwn || way.unfixable !== undefined) return way;
  // A number is misread by whoever it is given to, whatever was promised of it.
  const isKept = way.fixes.some(({ kind }) => kind !== "reserve");
  return isKept ? unfixable("nothing is promised of what is EXPERIMENTAL, which may change") : way;
}

/** Several rules judge a change, and it is undone in one way. */
function undone(rule: Rule, change: Change, context: RuleContext): WayBack {
  if (!("before" in change)) return unfixable(fixTable[rule.id]?.unfixable ?? "it is new");
  const known = ways.get(change) ?? keep(change, context);
  ways.set(change, known);
  return known;
}

const ways = new WeakMap<Change, WayBack>();
