import { type Image, withImports } from "../../image/index.js";
import { buildSchema, type Element, elementsOf, references, type Schema } from "../../schema/index.js";

/** The elements of a contract by full name, each with the names of what whoever uses it uses besides. */
export type ContractElements = ReadonlyMap<string, readonly string[]>;

/**
 * All that a contract consists of: the elements of the package, and those that they reach by the types of fields and
 * methods, however far.
 */
export function contractElements(image: Image, packageName: string): ContractElements {
  const schema = buildSchema(filesOf(image, packageName).files);
  const own = [...schema.files.values()].filter((file) => file.package === packageName);
  const reached = new Set<Element>(own.flatMap((file) => [...elementsOf(file)]));
  // A set's iterator also visits what is added under way.
  for (const element of reached)
    for (const { name } of references(element)) for (const each of wholly(name, schema)) reached.add(each);
  return new Map([...reached].map((element) => [element.fullName, usedWith(element, schema)]));
}

/** A service that tells of a field need not tell of its type or its oneof, nor of the enum whose value it takes. */
function usedWith(element: Element, schema: Schema): readonly string[] {
  if (element.kind === "enum-value") return [element.parent.fullName];
  const oneof = element.kind === "field" ? element.oneof : undefined;
  const types = references(element).flatMap(({ name }) => [name, ...inEntry(name, schema)]);
  return oneof === undefined ? types : [oneof.fullName, ...types];
}

/** A map's field names its entry, and that the type of the values. */
function inEntry(name: string, schema: Schema): readonly string[] {
  const type = schema.declared.get(name);
  if (type?.kind !== "message" || !type.mapEntry) return [];
  return type.fields.flatMap((field) => references(field).map((each) => each.name));
}

/** The files of a package and all that they import. */
export function filesOf(image: Image, packageName: string): Image {
  const own = image.files.filter((file) => file.package === packageName).map(({ path }) => path);
  return { files: withImports(own, image) };
}

/** What a type brings along: the outermost declaration around it, whose fingerprint speaks for all inside. */
function wholly(name: string, schema: Schema): readonly Element[] {
  let element = schema.declared.get(name);
  while (element !== undefined && element.kind !== "service" && element.parent.kind === "message")
    element = element.parent;
  if (element === undefined) return [];
  if (element.kind === "enum") return [element, ...element.values];
  return element.kind === "message"
    ? [element, ...element.fields, ...element.oneofs, ...elementsOf(element)]
    : [element];
}
