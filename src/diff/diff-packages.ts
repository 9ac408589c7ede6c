import type { Element, Enum, Field, Message, Schema, Service } from "../schema/index.js";
import type { Change } from "./change.js";

/** Packages that are gone, and what the others no longer declare in any of their files. */
export function* diffPackages(before: Schema, after: Schema): Generator<Change> {
  const told = new Set(Array.from(after.files.values(), (file) => file.package));
  const files = [...before.files.values()].filter((file) => !told.has(file.package));
  for (const file of files.sort((a, b) => (a.fullName < b.fullName ? -1 : 1))) {
    if (!told.has(file.package)) yield { kind: "package-removed", before: file };
    told.add(file.package);
  }
  for (const element of before.declared.values())
    if (isDeclared(element) && !stays(element, after)) yield { kind: "left-package", before: element };
}

type Declared = Message | Enum | Service | Field;

function isDeclared(element: Element): element is Declared {
  const { kind } = element;
  return (
    kind === "message" ||
    kind === "enum" ||
    kind === "service" ||
    (kind === "field" && element.extendee !== undefined)
  );
}

/** A package may give way to a message of its name: then names stay, and yet their package has lost them. */
function stays(element: Declared, after: Schema): boolean {
  const found = after.declared.get(element.fullName);
  return found?.kind === element.kind && isDeclared(found) && found.file.package === element.file.package;
}
