import { type Element, type Field, type Lifecycle, references, type Schema } from "../../schema/index.js";
import { describe } from "../describe.js";
import { declare } from "../fixes/lifecycle.js";
import { lifecycleSteps } from "../lifecycle-steps.js";
import { placeOf, placeOfPart } from "../place.js";
import type { Judgement, Rule } from "../rule.js";
import { steps } from "../steps.js";

/** No promise is stronger than what it rests on: the types it names, and the element that holds it. */
export const lifecycleReference: Rule = {
  id: "LIFECYCLE_REFERENCE",
  purpose: "Checks that nothing promises more than the types it names, or the element it stands in.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  inspect: (element, schema) => {
    if (element.kind === "file" || inMapEntry(element)) return [];
    return [...judgePlace(element, schema), ...judgeTypes(element, schema)];
  },
};

const allowedInside: Readonly<Record<Lifecycle, readonly Lifecycle[]>> = {
  EXPERIMENTAL: ["EXPERIMENTAL"],
  STABLE: ["EXPERIMENTAL", "STABLE", "FROZEN", "DEPRECATED"],
  FROZEN: ["FROZEN", "DEPRECATED"],
  DEPRECATED: ["DEPRECATED", "EXPERIMENTAL"],
};

function judgePlace(element: Exclude<Element, { kind: "file" }>, schema: Schema): readonly Judgement[] {
  const { lifecycle, parent } = element;
  if (lifecycle.source !== "own" || parent.lifecycle.source === "inferred") return [];
  const allowed = allowedInside[parent.lifecycle.state];
  if (allowed.includes(lifecycle.state)) return [];
  return [
    {
      message: `${describe(element)} is ${lifecycle.state} inside ${describe(parent)}, which is ${parent.lifecycle.state} and may hold ${allowed.join(" or ")}`,
      at: placeOf(element),
      suggestion: steps(...lifecycleSteps("let it be as what holds it", element, allowed[0]!)),
      offence: `in ${parent.fullName}`,
      ...declare(element, allowed[0]!, schema),
    },
  ];
}

function judgeTypes(element: Element, schema: Schema): readonly Judgement[] {
  return typesOf(element, schema).flatMap((type) => {
    const [of, by] = [element.lifecycle, type.lifecycle];
    // Two guesses make no fact.
    if (of.source === "inferred" && by.source === "inferred") return [];
    if (of.state === "EXPERIMENTAL" || isWellKnown(type)) return [];
    const rests = of.state === "FROZEN" ? by.state === "FROZEN" : by.state !== "EXPERIMENTAL";
    return rests ? [] : [restsOn(element, type)];
  });
}

function restsOn(element: Element, type: Element): Judgement {
  const [of, by] = [element.lifecycle.state, type.lifecycle.state];
  const wanted = of === "FROZEN" ? "FROZEN" : "STABLE";
  return {
    message: `${describe(element)} is ${of} but names ${type.kind} ${type.fullName}, which is ${by}`,
    at: element.kind === "field" ? placeOfPart(element, "type-name") : placeOf(element),
    suggestion: steps(
      ...lifecycleSteps("promise as much of the type", type, wanted),
      ...lifecycleSteps(
        "or less here",
        element,
        of === "FROZEN" && by !== "EXPERIMENTAL" ? "STABLE" : "EXPERIMENTAL",
      ),
    ),
    offence: `names ${type.fullName}`,
    unfixable: "whether to promise more of the type or less of what names it, only its author may choose",
  };
}

/** The types an element names; a map's are those of its value. */
function typesOf(element: Element, schema: Schema): readonly Element[] {
  return references(element).flatMap(({ name }) => {
    const type = schema.declared.get(name);
    if (type === undefined) return [];
    return type.kind === "message" && type.mapEntry
      ? type.fields.flatMap((field) => typesOf(field, schema))
      : [type];
  });
}

function inMapEntry(element: Element): boolean {
  if (element.kind === "message") return element.mapEntry;
  return element.kind === "field" && isEntryPart(element);
}

function isEntryPart({ parent }: Field): boolean {
  return parent.kind === "message" && parent.mapEntry;
}

function isWellKnown(type: Element): boolean {
  return type.fullName.startsWith("google.protobuf.");
}
