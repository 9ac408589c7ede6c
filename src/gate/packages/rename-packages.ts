import { clearField, create, fromBinary, isFieldSet, toBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type FieldDescriptorProto,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  type FileOptions,
  FileOptionsSchema,
} from "@bufbuild/protobuf/wkt";
import { Proto4Error } from "../../diagnostics/index.js";
import { type FileSlice, type Image, sliceFile } from "../../image/index.js";
import { type PackagePair, pairOf } from "./package-pair.js";

/**
 * An image with other names for packages and paths. Only the files that have or use such names are decoded.
 * @param newer tells where generated code is to lie: that follows from the package
 * @throws Proto4Error "image-corrupt" when a file does not decode
 */
export function renamePackages(
  image: Image,
  newer: Image,
  pairs: readonly PackagePair[],
  paths: ReadonlyMap<string, string>,
): Image {
  const counterparts = new Map(newer.files.map((file) => [file.path, file]));
  return {
    files: image.files.map((file) => {
      if (!concerns(file, pairs, paths)) return file;
      const proto = decode(file);
      rename(proto, pairs, paths);
      const counterpart = paths.has(file.path) ? counterparts.get(proto.name) : undefined;
      if (counterpart !== undefined) followCode(proto, decode(counterpart));
      return sliceFile(toBinary(FileDescriptorProtoSchema, proto), file.isImport);
    }),
  };
}

/** A file can also use a name without importing it itself: through a public import. */
function concerns(
  { path, bytes, dependencies, optionDependencies }: FileSlice,
  pairs: readonly PackagePair[],
  paths: ReadonlyMap<string, string>,
): boolean {
  if ([path, ...dependencies, ...optionDependencies].some((each) => paths.has(each))) return true;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return pairs.some(({ elder }) => text.includes(`.${elder}.`));
}

function decode({ path, bytes }: FileSlice): FileDescriptorProto {
  try {
    return fromBinary(FileDescriptorProtoSchema, bytes);
  } catch (cause) {
    throw new Proto4Error("image-corrupt", "this file of the image does not decode; build the image again", {
      location: { path },
      cause,
    });
  }
}

function rename(
  file: FileDescriptorProto,
  pairs: readonly PackagePair[],
  paths: ReadonlyMap<string, string>,
): void {
  const toPath = (path: string): string => paths.get(path) ?? path;
  const toType = (name: string): string =>
    name.startsWith(".") ? `.${renamed(name.slice(1), pairs)}` : name;
  if (paths.has(file.name)) file.package = renamed(file.package, pairs);
  file.name = toPath(file.name);
  file.dependency = file.dependency.map(toPath);
  file.optionDependency = file.optionDependency.map(toPath);
  renameFields(file.extension, toType);
  for (const message of file.messageType) renameMessage(message, toType);
  for (const method of file.service.flatMap((service) => service.method)) {
    method.inputType = toType(method.inputType);
    method.outputType = toType(method.outputType);
  }
}

function renamed(name: string, pairs: readonly PackagePair[]): string {
  const pair = pairOf(name, pairs, "elder");
  return pair === undefined ? name : `${pair.newer}${name.slice(pair.elder.length)}`;
}

function renameMessage(message: DescriptorProto, toType: (name: string) => string): void {
  renameFields([...message.field, ...message.extension], toType);
  for (const nested of message.nestedType) renameMessage(nested, toType);
}

/** What is not set stays so: an empty name would be another one. */
function renameFields(fields: readonly FieldDescriptorProto[], toType: (name: string) => string): void {
  for (const field of fields) {
    if (field.typeName !== "") field.typeName = toType(field.typeName);
    if (field.extendee !== "") field.extendee = toType(field.extendee);
  }
}

/** The code of another package lies elsewhere: that it does breaks nobody who stays with the elder one. */
function followCode(elder: FileDescriptorProto, newer: FileDescriptorProto): void {
  const from = newer.options ?? create(FileOptionsSchema);
  const to = elder.options ?? create(FileOptionsSchema);
  for (const name of places) {
    const field = FileOptionsSchema.field[name];
    if (isFieldSet(from, field)) to[name] = from[name];
    else clearField(to, field);
  }
  if (elder.options !== undefined || newer.options !== undefined) elder.options = to;
}

/** The options that say where generated code lies and what is set before its names. */
const places = [
  "goPackage",
  "javaPackage",
  "csharpNamespace",
  "phpNamespace",
  "phpMetadataNamespace",
  "phpClassPrefix",
  "rubyPackage",
  "objcClassPrefix",
  "swiftPrefix",
] as const satisfies readonly (keyof FileOptions)[];
