import type { Element } from "./schema.js";

/**
 * The last day that a DEPRECATED element is promised: its own, where it declares its state; else that of the element
 * that declares it. A sunset beside no state is nobody's.
 */
export function sunsetOf(element: Element): string | undefined {
  const { source, terms } = element.lifecycle;
  if (source === "own") return terms.sunset;
  return source === "inferred" || element.kind === "file" ? undefined : sunsetOf(element.parent);
}
