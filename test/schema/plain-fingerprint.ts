import { createHash } from "node:crypto";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  file_google_protobuf_descriptor,
} from "@bufbuild/protobuf/wkt";
import { type FileSlice, type Image, sliceFile, withImports } from "../../src/image/index.js";
import { canonicalBytes, fieldFinder } from "../../src/schema/canonical-bytes.js";
import {
  buildSchema,
  type Element,
  type Enum,
  elementsOf,
  type Message,
  references,
  type Schema,
  type SchemaFile,
} from "../../src/schema/index.js";
import { type TopLevel, writeOut } from "./write-out.js";

/**
 * A fingerprint as its definition says it: the package alone is built, and its descriptors are decoded by protobuf-es,
 * written out and encoded again.
 */
export function plainFingerprint(image: Image, packageName: string): string {
  const own = image.files.filter((file) => file.package === packageName).map(({ path }) => path);
  const slices = withImports(own, image);
  const schema = buildSchema(slices);
  const descriptors = new Map(slices.map((slice) => [slice.path, decode(slice)]));
  const digestOf = digester(schema, descriptors);
  const lines = [...reach(own, schema)].map((element) =>
    comesWithCompiler(element.file) ? element.fullName : `${element.fullName} ${digestOf(element)}`,
  );
  return sha256(lines.sort().join("\n"));
}

function reach(paths: readonly string[], schema: Schema): ReadonlySet<TopLevel> {
  const reached = new Set(paths.flatMap((path) => topLevel(schema.files.get(path))));
  // A set's iterator also visits what is added under way.
  for (const element of reached)
    if (!comesWithCompiler(element.file))
      for (const inner of within(element))
        for (const { name } of references(inner)) reached.add(outermost(schema.elements.get(name)));
  return reached;
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
function outermost(element: Element | undefined): Message | Enum {
  const { parent } = element as Message | Enum;
  return parent.kind === "file" ? (element as Message | Enum) : outermost(parent);
}

function comesWithCompiler(file: SchemaFile): boolean {
  return file.package === "google.protobuf" && file.fullName.startsWith("google/protobuf/");
}

function digester(schema: Schema, descriptors: ReadonlyMap<string, FileDescriptorProto>) {
  const find = fieldFinder(buildSchema(ownDescriptors()), schema);
  return (element: TopLevel): string => {
    const { typeName, bytes } = writeOut(element, descriptors.get(element.file.fullName)!);
    return sha256(canonicalBytes(bytes, typeName, find));
  };
}

/** With everything in it, where a schema takes only what it is built from. */
function decode({ bytes }: FileSlice): FileDescriptorProto {
  return fromBinary(FileDescriptorProtoSchema, bytes);
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Those of descriptors themselves, of which one version serves all images. */
function ownDescriptors(): readonly FileSlice[] {
  return [sliceFile(toBinary(FileDescriptorProtoSchema, file_google_protobuf_descriptor.proto))];
}
