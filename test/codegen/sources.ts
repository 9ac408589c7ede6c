import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { create, fromBinary } from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  CodeGeneratorRequestSchema,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import manifest from "../../package.json" with { type: "json" };
import { loadImage } from "../../src/image/index.js";

export const fixtures = fileURLToPath(new URL("../../fixtures/codegen", import.meta.url));

/** The fixtures, and the parameter that each is generated with. */
export const cases = [
  ["paired", ""],
  ["ts-proto", "v3=ts-proto"],
  ["editions", ""],
  ["proto2-elder", ""],
  ["plain", ""],
  ["comments", ""],
  ["changes", ""],
  ["hooks", ""],
  ["names", ""],
] as const;

export const { version } = manifest;

/** For a generation that has nothing to warn of. */
export function unwarned(message: string): never {
  throw new Error(`unexpected warning: ${message}`);
}

const options = fileURLToPath(new URL("../../proto", import.meta.url));

/** A folder of its own with a fixture's sources and those of proto4, gone when `use` is done. */
export async function withSources<Result>(
  name: string,
  use: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-codegen-"));
  try {
    await cp(options, folder, { recursive: true });
    const inside = join(fixtures, name);
    const made = ["gen", "app"].map((name) => join(inside, name));
    await cp(inside, folder, { recursive: true, filter: (path) => !made.includes(path) });
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What buf would send for a fixture: every file of it is to be generated. */
export function requestFor(name: string, parameter: string): Promise<CodeGeneratorRequest> {
  return withSources(name, async (folder) => {
    const { files } = await loadImage(folder);
    const protoFile = files.map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
    // In an image, buf says there which files are imports; in a request it does not.
    for (const file of protoFile) delete file.$unknown;
    const fileToGenerate = files.filter(({ isImport }) => !isImport).map(({ path }) => path);
    const sourceFileDescriptors = protoFile.filter(({ name }) => fileToGenerate.includes(name));
    return create(CodeGeneratorRequestSchema, {
      parameter,
      fileToGenerate,
      protoFile,
      sourceFileDescriptors,
    });
  });
}

/** Paths of all files below a folder, relative to it; none where there is no folder. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).toSorted();
}
