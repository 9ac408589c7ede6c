import type { Element, Lifecycle } from "../schema/index.js";
import { fieldOfEntry } from "./member-index.js";

/**
 * The element whose promise holds for `element`: the key and value of a map are promised by the map's
 * field, everything else by itself.
 */
export function promiser(element: Element): Element {
  if (element.kind === "message" && element.mapEntry && element.parent.kind === "message")
    return fieldOfEntry(element.parent, element.fullName) ?? element;
  if (element.kind === "field" && element.parent.kind === "message" && element.parent.mapEntry)
    return promiser(element.parent);
  return element;
}

/** The state that somebody declared for an element, or for what is around it. */
export function declaredState(element: Element): Lifecycle | undefined {
  const { state, source } = promiser(element).lifecycle;
  return source === "inferred" ? undefined : state;
}
