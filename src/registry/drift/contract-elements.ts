import { type Image, withImports } from "../../image/index.js";
import { buildSchema, type Element, elementsOf, references, type Schema } from "../../schema/index.js";

/**
 * Full names of all that a contract consists of: the elements of the package, and those that they reach by the types
 * of fields and methods, however far.
 */
export function contractElements(image: Image, packageName: string): ReadonlySet<string> {
  const schema = buildSchema(filesOf(image, packageName).files);
  const own = [...schema.files.values()].filter((file) => file.package === packageName);
  const reached = new Set<Element>(own.flatMap((file) => [...elementsOf(file)]));
  // A set's iterator also visits what is added under way.
  for (const element of reached)
    for (const { name } of references(element)) for (const each of wholly(name, schema)) reached.add(each);
  return new Set([...reached].map(({ fullName }) => fullName));
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
