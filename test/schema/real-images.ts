import { cp, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { create, createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { type Image, loadImage } from "../../src/image/index.js";
import { buildSchema, type Schema } from "../../src/schema/index.js";
import { writeSources } from "../setup/sources.js";

const path = (url: string) => fileURLToPath(new URL(url, import.meta.url));
const options = path("../../proto/proto4/options.proto");

/** Google's own APIs as npm ships them: input that nobody here wrote. */
export function googleApis(): Promise<Image> {
  const cwd = path("../../node_modules/google-gax/build/protos");
  return loadImage(".", { cwd, excludePaths: ["google/protobuf"] });
}

/** proto2, proto3 and edition 2023 with every construct that Google's APIs lack. */
export async function shopContract(): Promise<Image> {
  return loadImage(await contractFolder());
}

/** The contract together with the options it imports, in a folder that may be changed. */
export async function contractFolder(): Promise<string> {
  const folder = await writeSources({ "proto4/options.proto": await readFile(options) });
  await cp(path("contract"), folder, { recursive: true });
  return folder;
}

/** What protobuf-es makes of an image. */
export function registryOf(image: Image): FileRegistry {
  const file = image.files.map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
  return createFileRegistry(create(FileDescriptorSetSchema, { file }));
}

/** The image of sources that may import proto4's options. */
export async function imageOf(sources: Readonly<Record<string, string>>): Promise<Image> {
  return loadImage(await writeSources({ "proto4/options.proto": await readFile(options), ...sources }));
}

export async function schemaOf(sources: Readonly<Record<string, string>>): Promise<Schema> {
  return buildSchema((await imageOf(sources)).files);
}
