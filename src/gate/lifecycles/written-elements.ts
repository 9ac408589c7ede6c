import { type Element, elementsOf, type SchemaFile } from "../../schema/index.js";

/** A file and everything that somebody has declared in it: entries of maps are the compiler's. */
export function* writtenElements(file: SchemaFile): Generator<Element> {
  yield file;
  for (const element of elementsOf(file)) if (!isMade(element)) yield element;
}

function isMade(element: Element): boolean {
  if (element.kind === "message") return element.mapEntry;
  return element.kind === "field" && element.parent.kind === "message" && element.parent.mapEntry;
}
