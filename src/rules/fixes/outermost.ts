import type { Element, Field, SchemaFile } from "../../schema/index.js";
import { groupOf } from "../print/print-field.js";
import type { RuleContext } from "../rule.js";

/** The element, or what left around it. */
export function outermost(element: Element, context: RuleContext): Element {
  if (element.kind === "file") return element;
  const { after } = context;
  let lost: Element = groupFieldOf(element) ?? element;
  for (let { parent } = element; ; { parent } = parent as Exclude<typeof parent, SchemaFile>) {
    if (parent.kind === "file") return after.files.has(parent.fullName) ? lost : parent;
    if (after.declared.get(parent.fullName)?.kind !== parent.kind) lost = groupFieldOf(parent) ?? parent;
  }
}

/** The message of a group comes back with its field. */
function groupFieldOf(element: Element): Field | undefined {
  if (element.kind !== "message") return undefined;
  const { parent } = element;
  const fields = parent.kind === "message" ? [...parent.fields, ...parent.extensions] : parent.extensions;
  return fields.find((field) => groupOf(field) === element);
}
