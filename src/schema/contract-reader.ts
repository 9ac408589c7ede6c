import type { FileSlice } from "../image/index.js";
import { references } from "./check-links.js";
import { makeElementDigest, type TopLevel } from "./element-digests.js";
import { elementsOf } from "./index-elements.js";
import type { Declaration, Element, Enum, Message, Schema, SchemaFile } from "./schema.js";

/** What fingerprints need to know of a top-level element: strings alone, so that to keep it keeps no schema. */
export interface ContractNode {
  readonly path: string;
  /** What it contributes to the fingerprints of all that reach it. */
  readonly line: string;
  /** Full names of the top-level elements that its fields and methods name. */
  readonly neighbours: readonly string[];
}

/** Where top-level elements are found; `undefined` for what is not known here. */
export interface ContractReader {
  /** Full names of the top-level elements of a file. */
  declaredAt(path: string): readonly string[] | undefined;
  /** @throws Proto4Error "image-corrupt" */
  node(name: string): ContractNode | undefined;
}

/** @param slices what the schema was built from */
export function makeContractReader(schema: Schema, slices: readonly FileSlice[]): ContractReader {
  const { files, declared } = schema;
  const digestOf = makeElementDigest(schema, slices);
  return {
    declaredAt(path) {
      const file = files.get(path);
      return file === undefined ? undefined : topLevel(file).map(({ fullName }) => fullName);
    },
    node(name) {
      const element = declared.get(name);
      if (element === undefined) return undefined;
      const { file, fullName } = element;
      if (comesWithCompiler(file)) return { path: file.fullName, line: fullName, neighbours: [] };
      const line = `${fullName} ${digestOf(element)}`;
      return { path: file.fullName, line, neighbours: neighboursOf(element, declared) };
    },
  };
}

function neighboursOf(element: TopLevel, declared: Schema["declared"]): readonly string[] {
  const found = new Set<string>();
  for (const inner of within(element))
    for (const { name } of references(inner)) found.add(outermost(declared.get(name)).fullName);
  return [...found];
}

function topLevel({ messages, enums, services, extensions }: SchemaFile): readonly TopLevel[] {
  return [...messages, ...enums, ...services, ...extensions];
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
