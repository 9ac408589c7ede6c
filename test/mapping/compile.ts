import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { loadImage } from "../../src/image/index.js";
import { buildSchema, type Schema } from "../../src/schema/index.js";

/** Sources as proto4 sees them, and as protobuf-es does. */
export interface Compiled {
  readonly schema: Schema;
  readonly registry: FileRegistry;
}

/** Compiles files with buf; `proto4/options.proto` is among them. */
export async function compile(files: Readonly<Record<string, string>>): Promise<Compiled> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-mapping-"));
  try {
    const all = {
      ...files,
      "buf.yaml": "version: v2\n",
      [optionsPath]: await readFile(join(protoFolder, optionsPath)),
    };
    for (const [path, content] of Object.entries(all)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    const { files: slices } = await loadImage(folder);
    const file = slices.map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
    return {
      schema: buildSchema(slices),
      registry: createFileRegistry(create(FileDescriptorSetSchema, { file })),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const optionsPath = "proto4/options.proto";
const protoFolder = fileURLToPath(new URL("../../proto", import.meta.url));
