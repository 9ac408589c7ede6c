import {
  type Element,
  type Enum,
  elementsOf,
  type Field,
  type Message,
  type SchemaFile,
} from "../schema/index.js";

/** The nearest message around a lost element that the file still declares, else the file. */
export function survivor(lost: Message | Enum | Field, after: SchemaFile): SchemaFile | Message {
  for (let { parent } = lost; parent.kind === "message"; { parent } = parent) {
    const name = nestedName(parent);
    for (const element of elementsOf(after))
      if (element.kind === "message" && nestedName(element) === name) return element;
  }
  return after;
}

/** A full name without the package. */
export function nestedName(element: Exclude<Element, SchemaFile>): string {
  const scope = element.file.package;
  return scope === "" ? element.fullName : element.fullName.slice(scope.length + 1);
}
