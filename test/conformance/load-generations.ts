import { create, createFileRegistry, fromBinary, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { loadImage, sliceImage } from "../../src/image/index.js";
import { compilePlan, mapSchema } from "../../src/mapping/index.js";
import type { Plan } from "../../src/runtime/index.js";
import { buildSchema } from "../../src/schema/index.js";
import { newerPackage, type Part, renumber } from "./renumber.js";

/** Descriptors of both generations of the test messages, and how they are translated: plain data. */
export interface Generations {
  /** A FileDescriptorSet with the files of both, and those of the runner's protocol. */
  readonly image: Uint8Array;
  /** One for each package. */
  readonly plans: readonly Plan[];
}

/**
 * Compiles the test messages, derives a renumbered generation, and maps it.
 * @param include the folder of the runner's protos
 * @param kept what the renumbered generation leaves as it is
 */
export async function loadGenerations(include: string, kept?: readonly Part[]): Promise<Generations> {
  const { files } = await loadImage(include);
  const elder = files.map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
  const tested = [...createFileRegistry(create(FileDescriptorSetSchema, { file: elder })).files].filter(
    ({ proto }) => proto.package.startsWith(testPackages),
  );
  const newer = renumber(tested, kept);
  const image = toBinary(
    FileDescriptorSetSchema,
    create(FileDescriptorSetSchema, { file: [...elder, ...newer] }),
  );
  const schema = buildSchema(sliceImage(image, include).files);
  const mappings = tested
    .map(({ proto }) => proto.package)
    .map((v3) => mapSchema(schema, { v3, v4: newerPackage(v3) })!);
  return { image, plans: mappings.map(compilePlan) };
}

const testPackages = "protobuf_test_messages.";
