import type { FileSlice } from "../image/index.js";
import { references } from "./check-links.js";
import { makeElementDigest, sha256, type TopLevel } from "./element-digests.js";
import { elementsOf } from "./index-elements.js";
import type { Declaration, Element, Enum, Message, Schema, SchemaFile } from "./schema.js";

/**
 * A function that gives the fingerprint of what the files at some paths declare and all that it reaches. What many
 * contracts reach is digested once.
 * @param slices what the schema was built from
 */
export function makeContractPrint(
  schema: Schema,
  slices: readonly FileSlice[],
): (paths: readonly string[]) => string {
  const digestOf = makeElementDigest(schema, slices);
  const neighbours = remembering((element: TopLevel) => neighboursOf(element, schema.declared));
  const lineOf = remembering((element: TopLevel) =>
    comesWithCompiler(element.file) ? element.fullName : `${element.fullName} ${digestOf(element)}`,
  );
  return (paths) => {
    const reached = new Set(paths.flatMap((path) => topLevel(schema.files.get(path))));
    // A set's iterator also visits what is added under way.
    for (const element of reached) for (const neighbour of neighbours(element)) reached.add(neighbour);
    return sha256([...reached].map(lineOf).sort().join("\n"));
  };
}

/** The top-level elements that an element's fields and methods name. */
function neighboursOf(element: TopLevel, declared: ReadonlyMap<string, Declaration>): readonly TopLevel[] {
  if (comesWithCompiler(element.file)) return [];
  const found = new Set<TopLevel>();
  for (const inner of within(element))
    for (const { name } of references(inner)) found.add(outermost(declared.get(name)));
  return [...found];
}

function topLevel(file: SchemaFile | undefined): readonly TopLevel[] {
  return file === undefined ? [] : [...file.messages, ...file.enums, ...file.services, ...file.extensions];
}

/** The element and everything inside it. */
function within(element: TopLevel): readonly Element[] {
  if (element.kind === "message") return [...element.fields, ...elementsOf(element)];
  return element.kind === "service" ? element.methods : [element];
}

/** Links are checked: a reference leads to a message or an enum. */
function outermost(element: Declaration | undefined): Message | Enum {
  const { parent } = element as Message | Enum;
  return parent.kind === "file" ? (element as Message | Enum) : outermost(parent);
}

function comesWithCompiler(file: SchemaFile): boolean {
  return file.package === "google.protobuf" && file.fullName.startsWith("google/protobuf/");
}

function remembering<Key, Result>(make: (key: Key) => Result): (key: Key) => Result {
  const known = new Map<Key, Result>();
  return (key) => {
    const result = known.get(key) ?? make(key);
    known.set(key, result);
    return result;
  };
}
