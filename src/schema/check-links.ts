import { Proto4Error } from "../diagnostics/index.js";
import type { Declaration, Element, Field, Method } from "./schema.js";

/**
 * Checks what an element names; a service for its methods.
 * @throws Proto4Error "image-corrupt" when a type that something names is not declared
 */
export function checkLinks(element: Declaration, declared: ReadonlyMap<string, Declaration>): void {
  if (element.kind === "service") for (const method of element.methods) check(method, declared);
  else if (element.kind === "field") check(element, declared);
}

function check(element: Field | Method, declared: ReadonlyMap<string, Declaration>): void {
  for (const { name, kind } of references(element))
    if (declared.get(name)?.kind !== kind) throw dangling(element, name, kind);
}

/** The types that an element names. */
export function references(
  element: Element,
): readonly { readonly name: string; readonly kind: "message" | "enum" }[] {
  if (element.kind === "method")
    return [
      { name: element.input, kind: "message" },
      { name: element.output, kind: "message" },
    ];
  if (element.kind !== "field") return [];
  const { type, typeName, extendee } = element;
  // One that has to name a type and names none, names one that nobody declares.
  const named = typeName ?? (type === "enum" || type === "message" || type === "group" ? "" : undefined);
  return [
    ...(named === undefined ? [] : [{ name: named, kind: kindOf(element) }]),
    ...(extendee === undefined ? [] : [{ name: extendee, kind: "message" } as const]),
  ];
}

function kindOf({ type }: Field): "message" | "enum" {
  return type === "enum" ? "enum" : "message";
}

function dangling(element: Field | Method, name: string, kind: string): Proto4Error {
  return new Proto4Error(
    "image-corrupt",
    `${element.fullName} names the ${kind} "${name}", which the image does not hold`,
    { location: { path: element.file.fullName } },
  );
}
