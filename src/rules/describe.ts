import type { Element } from "../schema/index.js";

/** How messages speak of an element: `field 5 "note" of shop.v4.Order`, `message shop.v4.Order`. */
export function describe(element: Element): string {
  if (element.kind === "field" && element.extendee !== undefined)
    return `extension ${element.fullName} (${element.number} of ${element.extendee})`;
  if (element.kind === "field")
    return `field ${element.number} "${element.name}" of ${element.parent.fullName}`;
  if (element.kind === "enum-value")
    return `value ${element.number} ${element.name} of ${element.parent.fullName}`;
  return `${element.kind} ${element.fullName}`;
}
