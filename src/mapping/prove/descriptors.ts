import { create, createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { Schema } from "../../schema/index.js";

/** The schema's files as protobuf-es sees them: what a stub made from them would do is done by their descriptors. */
export function loadDescriptors({ files }: Schema): FileRegistry {
  const file = [...files.values()].map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
  return createFileRegistry(create(FileDescriptorSetSchema, { file }));
}
