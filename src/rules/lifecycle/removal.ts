import type { Change, ChangeOf } from "../../diff/index.js";
import { type Element, type Enum, elementsOf, type Message, sunsetOf } from "../../schema/index.js";
import { describe } from "../describe.js";
import { reserveLeft } from "../fixes/keep-reserved.js";
import { lifecycleSteps } from "../lifecycle-steps.js";
import { placeOf } from "../place.js";
import { declaredState } from "../promise.js";
import { reservedSource } from "../proto-source.js";
import type { Judgement, Rule, RuleContext } from "../rule.js";
import { steps } from "../steps.js";

/**
 * The way out for what was promised: DEPRECATED in the version before, its last day over, and its number and
 * names reserved so that nobody is misread. Messages, enums, services and methods have no number to reserve.
 */
export const lifecycleRemoval: Rule = {
  id: "LIFECYCLE_REMOVAL",
  purpose: "Checks that what leaves was DEPRECATED, is past its sunset, and leaves number and name reserved.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "json", "source"],
  judge: {
    "field-removed": judgeField,
    "enum-value-removed": judgeValue,
    "method-removed": judgeMethod,
    "message-removed": ({ before }, context) => outermost(before, context),
    "enum-removed": ({ before }, context) => outermost(before, context),
    "service-removed": ({ before }, context) => outermost(before, context),
    "extension-removed": ({ before }, context) => promiseBroken(before, context),
  },
};

/** Whether a change is the removal of something DEPRECATED, done as it should be. */
export function isLawfulRemoval(change: Change, context: RuleContext): boolean {
  const lawful = (judgements: readonly Judgement[], before: Element) =>
    declaredState(before) === "DEPRECATED" && judgements.length === 0;
  switch (change.kind) {
    case "field-removed":
      return lawful(judgeField(change, context), change.before);
    case "enum-value-removed":
      return lawful(judgeValue(change, context), change.before);
    case "method-removed":
      return lawful(judgeMethod(change, context), change.before);
    case "message-left-file":
    case "enum-left-file":
    case "service-left-file":
    case "extension-left-file":
    case "left-package":
      return !context.after.declared.has(change.before.fullName) && mayLeave(change.before, context);
    case "file-removed":
      return mayLeave(change.before, context);
    case "package-removed":
      return [...context.before.files.values()]
        .filter((file) => file.package === change.before.package)
        .every((file) => mayLeave(file, context));
    default:
      return false;
  }
}

function judgeField(
  { before, parent }: ChangeOf<"field-removed">,
  context: RuleContext,
): readonly Judgement[] {
  return [...promiseBroken(before, context, parent), ...unreserved(before, [before.name], parent)];
}

function judgeValue(change: ChangeOf<"enum-value-removed">, context: RuleContext): readonly Judgement[] {
  const { before, aliases, parent } = change;
  const names = aliases.map(({ name }) => name);
  return [
    ...aliases.flatMap((value) => promiseBroken(value, context, parent)),
    ...unreserved(before, names, parent),
  ];
}

function judgeMethod(
  { before, parent }: ChangeOf<"method-removed">,
  context: RuleContext,
): readonly Judgement[] {
  return promiseBroken(before, context, parent);
}

function mayLeave(element: Element, context: RuleContext): boolean {
  if (element.kind !== "file")
    return declaredState(element) === "DEPRECATED" && brokenPromises(element, context).length === 0;
  const declared = [...element.messages, ...element.enums, ...element.services, ...element.extensions];
  return declared.length > 0 && declared.every((child) => mayLeave(child, context));
}

/** What goes with the element around it is that one's matter. */
function outermost(element: Exclude<Element, { kind: "file" }>, context: RuleContext): readonly Judgement[] {
  const { parent } = element;
  if (parent.kind !== "file" && !context.after.declared.has(parent.fullName)) return [];
  // The entry of a map leaves with the map's field.
  if (element.kind === "message" && element.mapEntry) return [];
  return brokenPromises(element, context);
}

/** An element's own promise, else the first one that is broken inside it. */
function brokenPromises(element: Exclude<Element, { kind: "file" }>, context: RuleContext) {
  const broken = promiseBroken(element, context);
  if (broken.length > 0) return broken;
  return inside(element)
    .filter(({ lifecycle }) => lifecycle.source === "own")
    .flatMap((child) => promiseBroken(child, context))
    .slice(0, 1);
}

function inside(element: Exclude<Element, { kind: "file" }>): readonly Element[] {
  if (element.kind === "message") return [...element.fields, ...elementsOf(element)];
  if (element.kind === "enum") return element.values;
  return element.kind === "service" ? element.methods : [];
}

function promiseBroken(element: Element, { today }: RuleContext, parent?: Element): readonly Judgement[] {
  const state = declaredState(element);
  if (state === undefined || state === "EXPERIMENTAL") return [];
  const at = parent === undefined ? {} : { at: placeOf(parent) };
  if (state !== "DEPRECATED")
    return [
      {
        ...at,
        message: `${describe(element)} left while ${state}; only what is DEPRECATED may`,
        suggestion: steps(...lifecycleSteps("mark it DEPRECATED first", element, "DEPRECATED")),
      },
    ];
  const sunset = sunsetOf(element);
  if (sunset !== undefined && sunset < today) return [];
  const why = sunset === undefined ? "without a sunset" : `before its sunset, ${sunset}, had passed`;
  const keep = lifecycleSteps("keep it till then", element, "DEPRECATED", sunset ?? "yyyy-mm-dd");
  return [{ ...at, message: `${describe(element)} left ${why}`, suggestion: steps(...keep) }];
}

/**
 * A removed field still owns its number: stored messages may carry it, and nobody can prove that none does.
 * So removal asks for `reserved` whatever the state was, and no state makes its absence less of an error.
 */
function unreserved(
  element: Extract<Element, { kind: "field" | "enum-value" }>,
  names: readonly string[],
  parent: Message | Enum,
): readonly Judgement[] {
  if (declaredState(element) === undefined) return [];
  const { number } = element;
  const missing = [
    ...(parent.reservedRanges.some(({ start, end }) => start <= number && number <= end)
      ? []
      : [`${number}`]),
    ...names.filter((name) => !parent.reservedNames.includes(name)).map((name) => `"${name}"`),
  ];
  if (missing.length === 0) return [];
  return [
    {
      message: `${describe(element)} left without reserving ${missing.join(" and ")}`,
      at: placeOf(parent),
      suggestion: steps(["reserve what it leaves", reservedSource(element, names)]),
      severity: "error",
      offence: "unreserved",
      ...reserveLeft(element, names, parent),
    },
  ];
}
