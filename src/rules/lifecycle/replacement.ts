import { findNewer, whyNotFill } from "../../mapping/index.js";
import type { Element, Field, Message, Schema } from "../../schema/index.js";
import { describe } from "../describe.js";
import { placeOf } from "../place.js";
import type { Judgement, Rule } from "../rule.js";

/** Where `replaced_by` sends people, there must be something, and what they have must fit in. */
export const lifecycleReplacement: Rule = {
  id: "LIFECYCLE_REPLACEMENT",
  purpose:
    "Checks that replaced_by names something that is there, is promised, and can take the values over.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  looksAfar: true,
  inspect: (element, _, { whole }) => {
    const name = element.lifecycle.terms.replacedBy;
    if (name === undefined) return [];
    const replacement = findReplacement(element, name, whole);
    if (replacement === undefined) return [nowhere(element, name)];
    const circle = circleFrom(element, whole);
    if (circle !== undefined) return [inCircle(element, circle)];
    return [...unpromised(element, replacement), ...misfit(element, replacement, whole)];
  },
};

/**
 * A field's replacement is found by a path from its message, or from the one that continues it in the package's
 * next generation: a field of v3 may say where v4 has it. That of everything else is found by its full name.
 */
export function findReplacement(element: Element, name: string, schema: Schema): Element | undefined {
  if (element.kind !== "field" || element.parent.kind === "file") {
    const found = schema.elements.get(name);
    return found?.kind === element.kind ? found : undefined;
  }
  const message = schema.declared.get(element.parent.fullName);
  if (message?.kind !== "message") return undefined;
  const here = findField(message, name, schema);
  if (here !== undefined) return here;
  for (const newer of findNewer(schema, message)) {
    const there = findField(newer, name, schema);
    if (there !== undefined) return there;
  }
  return undefined;
}

function findField(message: Message, path: string, schema: Schema): Field | undefined {
  let scope: Element | undefined = message;
  let found: Field | undefined;
  for (const part of path.split(".")) {
    found = scope?.kind === "message" ? scope.fields.find((field) => field.name === part) : undefined;
    scope = found?.typeName === undefined ? undefined : schema.declared.get(found.typeName);
  }
  return found;
}

function nowhere(element: Element, name: string): Judgement {
  const wanted =
    element.kind === "field"
      ? "a field, by its path from the message or from what continues it in the next generation"
      : `${article(element.kind)} ${element.kind}, by its full name`;
  return {
    message: `${describe(element)} is replaced by "${name}", which is not there`,
    at: placeOf(element),
    suggestion: [`name ${wanted}`],
    offence: "nowhere",
  };
}

function article(kind: string): string {
  return kind.startsWith("e") ? "an" : "a";
}

/** The names on the way from an element back to itself. */
function circleFrom(element: Element, schema: Schema): readonly string[] | undefined {
  const way: string[] = [];
  for (let at: Element | undefined = element; at !== undefined; ) {
    const name: string | undefined = at.lifecycle.terms.replacedBy;
    if (name === undefined || way.length > MOST_STEPS) return undefined;
    way.push(name);
    at = findReplacement(at, name, schema);
    if (at?.fullName === element.fullName && at.kind === element.kind) return way;
  }
  return undefined;
}

/** A chain that is longer runs into a circle that `element` is not on. */
const MOST_STEPS = 100;

function inCircle(element: Element, way: readonly string[]): Judgement {
  return {
    message: `${describe(element)} is replaced by itself: ${[element.name, ...way].join(" → ")}`,
    at: placeOf(element),
    suggestion: ["name what takes its place in the end"],
    offence: "circle",
  };
}

/** Nobody is sent to what may be gone tomorrow. */
function unpromised(element: Element, replacement: Element): readonly Judgement[] {
  const { state, source } = replacement.lifecycle;
  if (source === "inferred" || state === "STABLE" || state === "FROZEN") return [];
  // Of a chain, each link says where the next one is.
  if (state === "DEPRECATED" && replacement.lifecycle.terms.replacedBy !== undefined) return [];
  return [
    {
      message: `${describe(element)} is replaced by ${describe(replacement)}, which is ${state} itself`,
      at: placeOf(element),
      suggestion: ["promise as much of the replacement, or name another one"],
      severity: "warning",
      offence: "unpromised",
    },
  ];
}

/** Who moves over must do so by hand where no translator can. */
function misfit(element: Element, replacement: Element, schema: Schema): readonly Judgement[] {
  if (element.kind !== "field" || replacement.kind !== "field") return [];
  // Into the next generation the mapping carries it, which knows more than one type, and tells what it does not.
  if (replacement.file.package !== element.file.package) return [];
  const why = whyNotFill(replacement, element, schema);
  if (why === undefined) return [];
  return [
    {
      message: `${describe(replacement)} cannot be filled from ${describe(element)}, because ${why}`,
      at: placeOf(element),
      suggestion: [
        "give the replacement a type that takes every value, or tell in the reason how to move over",
      ],
      severity: "warning",
      offence: "misfit",
    },
  ];
}
