import { Proto4Error } from "../diagnostics/index.js";
import type { FileSlice } from "../image/index.js";
import { WireError } from "../wire/index.js";
import { buildFile } from "./build-file.js";
import { decodeFile } from "./decode-file.js";
import type { FileDescriptor } from "./descriptor.js";
import { locate } from "./locate.js";
import type { Container, Element, Field, Message, Method, Schema, SchemaFile } from "./schema.js";

/**
 * Decodes and links files. `slices` must hold every import of theirs.
 * @throws Proto4Error "image-corrupt" when a slice does not decode, a name leads nowhere or is there twice;
 * "lifecycle-malformed"
 */
export function buildSchema(slices: readonly FileSlice[]): Schema {
  // Without proto4's definitions in the image, the numbers of its options are somebody else's.
  const annotated = slices.some((slice) => slice.package === "proto4");
  const files = new Map(
    slices.map((slice) => [slice.path, buildFile(decode(slice, annotated), slice.isImport)]),
  );
  const elements = new Map<string, Element>();
  for (const file of files.values()) for (const element of elementsOf(file)) add(element, elements);
  checkLinks(elements);
  return { files, elements };
}

function add(element: Exclude<Element, SchemaFile>, elements: Map<string, Element>): void {
  if (elements.has(element.fullName))
    throw new Proto4Error("image-corrupt", `${element.fullName} is there twice; build the image again`, {
      location: locate(element) ?? { path: element.file.fullName },
    });
  elements.set(element.fullName, element);
}

/** Every element below a file, each after the one that encloses it. */
export function* elementsOf(container: Container): Generator<Exclude<Element, SchemaFile>> {
  for (const message of container.messages) {
    yield message;
    yield* message.fields;
    yield* message.oneofs;
    yield* elementsOf(message);
  }
  for (const declared of container.enums) {
    yield declared;
    yield* declared.values;
  }
  yield* container.extensions;
  if (container.kind === "file")
    for (const service of container.services) {
      yield service;
      yield* service.methods;
    }
}

function decode(slice: FileSlice, annotated: boolean): FileDescriptor {
  try {
    return decodeFile(slice.bytes, annotated);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new Proto4Error("image-corrupt", "this file of the image does not decode; build the image again", {
      location: { path: slice.path },
      cause,
    });
  }
}

function checkLinks(elements: ReadonlyMap<string, Element>): void {
  for (const element of elements.values())
    for (const { name, kind } of references(element))
      if (elements.get(name)?.kind !== kind) throw dangling(element, name, kind);
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
  const { typeName, type, extendee } = element;
  return [
    ...(typeName === undefined
      ? []
      : [{ name: typeName, kind: type === "enum" ? "enum" : "message" } as const]),
    ...(extendee === undefined ? [] : [{ name: extendee, kind: "message" } as const]),
  ];
}

function dangling(element: Element, name: string, kind: string): Proto4Error {
  const { fullName } = element as Field | Method | Message;
  return new Proto4Error(
    "image-corrupt",
    `${fullName} names the ${kind} "${name}", which the image does not hold`,
    {
      location: { path: element.kind === "file" ? element.fullName : element.file.fullName },
    },
  );
}
