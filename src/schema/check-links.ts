import { Proto4Error } from "../diagnostics/index.js";
import type { Declaration, Element, Field, Method } from "./schema.js";

/** @throws Proto4Error "image-corrupt" when a type that something names is not declared */
export function checkLinks(declared: ReadonlyMap<string, Declaration>): void {
  const check = (element: Field | Method, name: string, kind: "message" | "enum") => {
    if (declared.get(name)?.kind !== kind) throw dangling(element, name, kind);
  };
  const checkField = (field: Field) => {
    if (field.typeName !== undefined) check(field, field.typeName, kindOf(field));
  };
  for (const element of declared.values())
    if (element.kind === "message") element.fields.forEach(checkField);
    else if (element.kind === "field") {
      checkField(element);
      check(element, element.extendee ?? "", "message");
    } else if (element.kind === "service")
      for (const method of element.methods) {
        check(method, method.input, "message");
        check(method, method.output, "message");
      }
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
  const { typeName, extendee } = element;
  return [
    ...(typeName === undefined ? [] : [{ name: typeName, kind: kindOf(element) }]),
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
