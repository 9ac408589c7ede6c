import type { ChangeOf } from "../../diff/index.js";
import type { Element, Lifecycle, Schema } from "../../schema/index.js";
import { fileOf } from "../../schema/index.js";
import { describe } from "../describe.js";
import { declare, keepState } from "../fixes/lifecycle.js";
import { stateBeforeDeprecation } from "../history.js";
import { lifecycleSteps } from "../lifecycle-steps.js";
import { placeOf } from "../place.js";
import { declaredState } from "../promise.js";
import type { Judgement, Rule, RuleContext } from "../rule.js";
import { steps } from "../steps.js";

/** A promise may grow, or end in DEPRECATED; it is never taken back. */
export const lifecycleMove: Rule = {
  id: "LIFECYCLE_MOVE",
  purpose: "Checks that lifecycles move only where their promise lets them.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  judge: {
    "lifecycle-changed": (change, context) => judgeMove(change, context),
    "message-added": ({ after }, context) => judgeNew(after, context),
    "enum-added": ({ after }, context) => judgeNew(after, context),
    "service-added": ({ after }, context) => judgeNew(after, context),
    "field-added": ({ after }, context) => judgeNew(after, context),
    "enum-value-added": ({ after }, context) => judgeNew(after, context),
    "method-added": ({ after }, context) => judgeNew(after, context),
  },
};

const moves: Readonly<Record<Lifecycle, readonly Lifecycle[]>> = {
  EXPERIMENTAL: ["STABLE", "DEPRECATED"],
  STABLE: ["FROZEN", "DEPRECATED"],
  FROZEN: ["DEPRECATED"],
  DEPRECATED: [],
};

/** Back from DEPRECATED the way it came, if an elder version shows it; else FROZEN, which promises as much as any. */
function movesFrom(before: Element, from: Lifecycle, { history }: RuleContext): readonly Lifecycle[] {
  return from === "DEPRECATED" ? [stateBeforeDeprecation(before, history) ?? "FROZEN"] : moves[from];
}

function judgeMove(
  { before, after }: ChangeOf<"lifecycle-changed">,
  context: RuleContext,
): readonly Judgement[] {
  const [from, to] = [declaredState(before), declaredState(after)];
  if (from === undefined) return judgeFirst(before, after, context.after);
  if (from === to || (from === "EXPERIMENTAL" && to === undefined)) return [];
  const keep = steps(...lifecycleSteps("keep it", after, from, before.lifecycle.terms.sunset));
  const back = keepState(before, after, context.after);
  if (to === undefined)
    return [
      {
        message: `${describe(after)} no longer declares that it is ${from}`,
        at: placeOf(after),
        suggestion: keep,
        ...back,
      },
    ];
  const allowed = movesFrom(before, from, context);
  if (allowed.includes(to)) return [];
  return [
    {
      message: `${describe(after)} moved from ${from} to ${to}; it may move to ${allowed.join(" or ")}`,
      at: placeOf(after),
      suggestion: keep,
      ...back,
    },
  ];
}

/** A first declaration may promise what it likes, but not less than everybody had to take for granted. */
function judgeFirst(before: Element, after: Element, schema: Schema): readonly Judgement[] {
  const to = declaredState(after);
  if (to !== "EXPERIMENTAL" || before.lifecycle.state === "EXPERIMENTAL") return [];
  return [
    {
      message: `${describe(after)} was there before and cannot become EXPERIMENTAL; undeclared, it counted as ${before.lifecycle.state}`,
      at: placeOf(after),
      suggestion: steps(...lifecycleSteps("declare what it is", after, "STABLE")),
      ...declare(after, "STABLE", schema),
    },
  ];
}

/** Nothing is born DEPRECATED but what bridges two generations, or what says where to go instead. */
function judgeNew(after: Element, context: RuleContext): readonly Judgement[] {
  const { state, source, terms } = after.lifecycle;
  if (source !== "own" || state !== "DEPRECATED") return [];
  if (terms.replacedBy !== undefined || !context.packagesBefore.has(fileOf(after).package)) return [];
  return [
    {
      message: `${describe(after)} is new and already DEPRECATED, with nothing to use instead`,
      at: placeOf(after),
      suggestion: ["leave it out, or name its replacement in the terms' replaced_by"],
      unfixable: "what is to be used instead of it, only its author knows",
    },
  ];
}
