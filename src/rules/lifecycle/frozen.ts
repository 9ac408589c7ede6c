import type { ChangeOf } from "../../diff/index.js";
import type { Element } from "../../schema/index.js";
import { describe } from "../describe.js";
import { placeOf } from "../place.js";
import { declaredState } from "../promise.js";
import { aliasSource, keptSource, methodSource, valueSource } from "../proto-source.js";
import type { Judgement, Rule } from "../rule.js";
import { steps } from "../steps.js";
import { isEntryPart } from "../wire-precise/misread.js";

/** DEPRECATED is judged as FROZEN: what is on its way out does not change on the way. */
export const lifecycleFrozen: Rule = {
  id: "LIFECYCLE_FROZEN",
  purpose: "Checks that what is FROZEN, or DEPRECATED, does not change, and that nothing is added inside.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "json", "source"],
  judge: {
    "field-renamed": (change) => changed(change, "name"),
    "field-type-changed": (change) => changed(change, "type"),
    "field-cardinality-changed": (change) => changed(change, "cardinality"),
    "field-oneof-changed": (change) => changed(change, "oneof"),
    "field-json-name-changed": (change) => changed(change, "JSON name"),
    "field-default-changed": (change) => changed(change, "default"),
    "enum-value-renamed": (change) => changed(change, "name", keepNames(change)),
    "method-request-changed": (change) => changed(change, "request"),
    "method-response-changed": (change) => changed(change, "response"),
    "method-streaming-changed": (change) => changed(change, "streaming"),
    "method-idempotency-changed": (change) => changed(change, "idempotency level"),
    "features-changed": (change) => changed(change, "features"),
    // Lifecycles have moves of their own.
    "option-changed": (change) =>
      change.option.startsWith("proto4.") ? [] : changed(change, `option (${change.option})`),
    "message-added": (change) => (change.after.mapEntry ? [] : added(change)),
    "enum-added": added,
    "service-added": added,
    "field-added": added,
    "enum-value-added": added,
    "method-added": added,
  },
};

interface Aspect {
  readonly before: Element;
  readonly after: Element;
  readonly from: string;
  readonly to: string;
}

function changed(
  { before, after, from, to }: Aspect,
  aspect: string,
  way?: readonly string[],
): readonly Judgement[] {
  const state = declaredState(before);
  if (state !== "FROZEN" && state !== "DEPRECATED") return [];
  return [
    {
      message: `${describe(before)} is ${state} and changed its ${aspect} from ${from || "none"} to ${to || "none"}`,
      at: placeOf(after),
      suggestion: way ?? keep(before, after),
    },
  ];
}

/** Of aliases, those that left; an enum that has lost the option for them needs that, too. */
function keepNames({ after, from, lost }: ChangeOf<"enum-value-renamed">): readonly string[] {
  const hadAliases = from.includes(", ");
  const source = hadAliases
    ? aliasSource(after.parent, lost)
    : lost.map((value) => valueSource(value)).join(" ");
  return steps(["keep it", source]);
}

function keep(before: Element, after: Element): readonly string[] {
  if (before.kind === "field" && after.kind === "field" && !isEntryPart(before))
    return steps(["keep it", keptSource(before, after)]);
  if (before.kind === "enum-value") return steps(["keep it", valueSource(before)]);
  if (before.kind === "method") return steps(["keep it", methodSource(before)]);
  return ["keep it as it was"];
}

type Addition = ChangeOf<
  "message-added" | "enum-added" | "service-added" | "field-added" | "enum-value-added" | "method-added"
>;

function added({ after, parent }: Addition): readonly Judgement[] {
  const state = parent === undefined ? undefined : declaredState(parent);
  if (parent === undefined || (state !== "FROZEN" && state !== "DEPRECATED")) return [];
  return [
    {
      message: `${describe(after)} was added, but ${describe(parent)} is ${state}`,
      at: placeOf(after),
      suggestion: [`add it elsewhere: a new ${parent.kind} beside ${parent.fullName} may hold it`],
    },
  ];
}
