import type { ChangeOf } from "../../diff/index.js";
import { type Element, sunsetOf } from "../../schema/index.js";
import { addDays } from "../days.js";
import { describe } from "../describe.js";
import { declarer, setTerm } from "../fixes/lifecycle.js";
import { lifecycleSteps } from "../lifecycle-steps.js";
import { placeOf } from "../place.js";
import { declaredState } from "../promise.js";
import type { Judgement, Rule, RuleContext } from "../rule.js";
import { steps } from "../steps.js";

/**
 * A last day that was announced is a promise of its own. It stays when the element returns to another state, or else
 * going there and back would bring it forward.
 */
export const lifecycleSunset: Rule = {
  id: "LIFECYCLE_SUNSET",
  purpose: "Checks that sunsets are announced in time, and only put off afterwards.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  judge: {
    "sunset-changed": (change, context) => judgeSunset(change, context),
    "lifecycle-changed": ({ before, after }, context) =>
      declaredState(before) === "DEPRECATED" ? [] : inTime(after, context),
    "message-added": ({ after }, context) => inTime(after, context),
    "enum-added": ({ after }, context) => inTime(after, context),
    "service-added": ({ after }, context) => inTime(after, context),
    "field-added": ({ after }, context) => inTime(after, context),
    "enum-value-added": ({ after }, context) => inTime(after, context),
    "method-added": ({ after }, context) => inTime(after, context),
  },
};

function judgeSunset(change: ChangeOf<"sunset-changed">, context: RuleContext): readonly Judgement[] {
  const { before, after, from, to } = change;
  const state = declaredState(before);
  // Once it is over, nobody relies on it any more.
  if (state === undefined || to >= from || from < context.today)
    return state === "DEPRECATED" ? inTime(after, context) : [];
  const how = to === "" ? "was taken away" : `was brought forward to ${to}`;
  return [
    {
      message: `the sunset of ${describe(after)}, ${from}, ${how}; it may only be put off`,
      at: placeOf(after),
      suggestion: steps(...lifecycleSteps("keep it", after, after.lifecycle.state, from)),
      ...setTerm(after, "sunset", from, context.after),
    },
  ];
}

/** A day in the past would let an element leave at once, one too near before its users have heard of it. */
function inTime(element: Element, { today, policy, after }: RuleContext): readonly Judgement[] {
  const sunset = sunsetOf(element);
  const first = addDays(today, policy.notice);
  if (sunset === undefined || declaredState(element) !== "DEPRECATED" || sunset >= first) return [];
  return [
    {
      message:
        sunset <= today
          ? `the sunset of ${describe(element)}, ${sunset}, is not ahead of today, ${today}`
          : `the sunset of ${describe(element)}, ${sunset}, is less than ${policy.notice} days ahead of today, ${today}`,
      at: placeOf(element),
      suggestion: steps(...lifecycleSteps("give its users time to move", element, "DEPRECATED", first)),
      offence: "notice",
      ...setTerm(declarer(element), "sunset", first, after),
    },
  ];
}
