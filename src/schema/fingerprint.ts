import { createHash } from "node:crypto";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  file_google_protobuf_descriptor,
} from "@bufbuild/protobuf/wkt";
import { Proto4Error } from "../diagnostics/index.js";
import { type FileSlice, type Image, sliceFile, withImports } from "../image/index.js";
import { buildSchema } from "./build-schema.js";
import { canonicalBytes, fieldFinder } from "./canonical-bytes.js";
import { references } from "./check-links.js";
import { elementsOf } from "./index-elements.js";
import type { Element, Enum, Message, Schema, SchemaFile } from "./schema.js";
import { type TopLevel, writeOut } from "./write-out.js";

/**
 * The fingerprint of a contract: 64 hexadecimal digits that are the same for every image that means the same,
 * whichever compiler made it and however the contract is laid out in files. Every top-level element of the
 * package and all that they reach by the types of fields and methods contributes a line of its full name and
 * the SHA-256 of its descriptor, written out canonically; the fingerprint is the SHA-256 of the sorted lines.
 * Elements that come with the compiler contribute their name alone: compilers bring different versions.
 * @throws Proto4Error "usage" when the image holds no file of the package, "image-corrupt"
 */
export function fingerprint(image: Image, packageName: string): string {
  const own = image.files.filter((file) => file.package === packageName).map(({ path }) => path);
  if (own.length === 0)
    throw new Proto4Error("usage", `the image holds no file of package "${packageName}"; is the name right?`);
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
    try {
      const { typeName, bytes } = writeOut(element, descriptors.get(element.file.fullName)!);
      return sha256(canonicalBytes(bytes, typeName, find));
    } catch (cause) {
      throw corrupt(element.file.fullName, `the options of ${element.fullName}`, cause);
    }
  };
}

/** With everything in it, where a schema takes only what it is built from. */
function decode({ path, bytes }: FileSlice): FileDescriptorProto {
  try {
    return fromBinary(FileDescriptorProtoSchema, bytes);
  } catch (cause) {
    throw corrupt(path, "some of this file's descriptors", cause);
  }
}

function corrupt(path: string, what: string, cause: unknown): Proto4Error {
  const message = `${what} do not decode; build the image again`;
  return new Proto4Error("image-corrupt", message, { location: { path }, cause });
}

function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Those of descriptors themselves, of which one version serves all images. */
function ownDescriptors(): readonly FileSlice[] {
  return [sliceFile(toBinary(FileDescriptorProtoSchema, file_google_protobuf_descriptor.proto))];
}
