import { Proto4Error } from "../diagnostics/index.js";
import { locate } from "./locate.js";
import type { Container, Declaration, Element, SchemaFile } from "./schema.js";

type Named = Exclude<Element, SchemaFile>;

/**
 * What files declare, by full name.
 * @throws Proto4Error "image-corrupt" when a name is there twice
 */
export function indexDeclared(files: Iterable<SchemaFile>): ReadonlyMap<string, Declaration> {
  const index = new Map<string, Declaration>();
  const addAll = (elements: readonly Declaration[]) => {
    for (const element of elements) add(element, index);
  };
  const addInside = (container: Container) => {
    addAll(container.messages);
    addAll(container.enums);
    addAll(container.extensions);
    for (const message of container.messages) addInside(message);
  };
  for (const file of files) {
    addInside(file);
    addAll(file.services);
  }
  return index;
}

/**
 * Every element by its full name.
 * @throws Proto4Error "image-corrupt" when a name is there twice
 */
export function indexAll(files: Iterable<SchemaFile>): ReadonlyMap<string, Element> {
  const index = new Map<string, Element>();
  for (const file of files) for (const element of elementsOf(file)) add(element, index);
  return index;
}

function add<E extends Named>(element: E, index: Map<string, E | Element>): void {
  const { size } = index;
  index.set(element.fullName, element);
  if (index.size > size) return;
  throw new Proto4Error("image-corrupt", `${element.fullName} is there twice; build the image again`, {
    location: locate(element) ?? { path: element.file.fullName },
  });
}

/** Every element below a file, each after the one that encloses it. */
export function* elementsOf(container: Container): Generator<Named> {
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
