import type { ChangeOf } from "../../diff/index.js";
import type { Element } from "../../schema/index.js";
import { addDays, daysBetween } from "../days.js";
import { describe } from "../describe.js";
import { keepState, setTerm } from "../fixes/lifecycle.js";
import { inStateSince, startedTooEarly } from "../history.js";
import { placeOf } from "../place.js";
import { declaredState } from "../promise.js";
import type { Judgement, Rule, RuleContext } from "../rule.js";

/**
 * Time that people need to notice. How long a state has lasted is known from the terms' `since`, or else from the
 * elder versions that show it; where neither tells, nothing is found.
 */
export const lifecycleAge: Rule = {
  id: "LIFECYCLE_AGE",
  purpose:
    "Checks that an element stays in a state for as long as the policy asks before it moves on or leaves.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  judge: {
    "lifecycle-changed": ({ before, after }, context) => [
      ...tooYoung(before, placeOf(after), context).map((found) => ({
        ...found,
        ...keepState(before, after, context.after),
      })),
      ...backdated(after, context),
    ],
    "since-changed": (change, context) => [...earlier(change, context), ...backdated(change.after, context)],
    "field-removed": ({ before, parent }, context) => tooYoung(before, placeOf(parent), context),
    "enum-value-removed": ({ aliases, parent }, context) =>
      aliases.flatMap((value) => tooYoung(value, placeOf(parent), context)),
    "method-removed": ({ before, parent }, context) => tooYoung(before, placeOf(parent), context),
    "message-removed": whole,
    "enum-removed": whole,
    "service-removed": whole,
    "extension-removed": whole,
  },
};

type Whole = ChangeOf<"message-removed" | "enum-removed" | "service-removed" | "extension-removed">;

function whole({ before }: Whole, context: RuleContext): readonly Judgement[] {
  return tooYoung(before, undefined, context);
}

function tooYoung(
  element: Element,
  at: Judgement["at"],
  { policy, history, today }: RuleContext,
): readonly Judgement[] {
  const state = declaredState(element);
  const least = state === undefined ? undefined : policy.minAge[state];
  const since = inStateSince(element, history);
  if (state === undefined || least === undefined || since === undefined) return [];
  const age = daysBetween(since, today);
  if (age >= least) return [];
  return [
    {
      at,
      message: `${describe(element)} has been ${state} for ${age} days, since ${since}, and not for ${least}`,
      suggestion: [`wait until ${addDays(since, least)}`],
    },
  ];
}

/** Since when a state lasts is a fact: it does not begin earlier by being written otherwise. */
function earlier(
  { before, after, from, to }: ChangeOf<"since-changed">,
  context: RuleContext,
): readonly Judgement[] {
  if (from === "" || to > from || declaredState(before) === undefined) return [];
  const how = to === "" ? "was taken away" : `became ${to}`;
  return [
    {
      message: `${describe(after)} was ${after.lifecycle.state} since ${from}, and that ${how}`,
      at: placeOf(after),
      suggestion: [`keep it: since: ${JSON.stringify(from)}`],
      offence: "earlier",
      ...setTerm(after, "since", from, context.after),
    },
  ];
}

/** Who could write any day could do without the waiting. */
function backdated(element: Element, { history }: RuleContext): readonly Judgement[] {
  const { since } = element.lifecycle.terms;
  const known = startedTooEarly(element, history);
  if (known === undefined) return [];
  return [
    {
      message: `${describe(element)} says that it is ${element.lifecycle.state} since ${since}, but ${known.name} of ${known.date} shows it otherwise`,
      at: placeOf(element),
      suggestion: ["write the day on which the state really began"],
      offence: "since",
      unfixable: "on which day the state really began, only its author knows",
    },
  ];
}
