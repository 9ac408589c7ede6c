import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { clone, fromBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type FileDescriptorProto,
  type FileDescriptorSet,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { findBuf } from "../../src/image/find-buf.js";
import { Dice } from "./dice.js";
import { messagesIn, realEdits } from "./real-edits.js";

const run = promisify(execFile);

/** The protos that npm's google-gax carries, compiled to `out`. */
export async function loadReal(out: string): Promise<FileDescriptorSet> {
  const protos = "node_modules/google-gax/build/protos";
  // buf refuses the MessageSets there.
  await run(findBuf(), ["build", protos, "--exclude-path", `${protos}/google/protobuf`, "-o", out]);
  return fromBinary(FileDescriptorSetSchema, await readFile(out));
}

/** Edits most of the files that are Google's APIs, each a few times; one pair a file. */
export function editReal(
  before: FileDescriptorSet,
  seed: number,
  spared: ReadonlySet<string>,
): { readonly after: FileDescriptorSet; readonly edited: readonly string[] } {
  const after = clone(FileDescriptorSetSchema, before);
  const around = { files: editable(after), all: after.file, used: usedTypes(after) };
  const edited = around.files
    .filter(({ name }) => !spared.has(name))
    .map((file) => ({ file, name: file.name }));
  const names = Object.keys(realEdits);
  edited.forEach(({ file }, index) => {
    const dice = new Dice(seed * 1000 + index);
    for (let left = dice.int(1, 3); left > 0; left--) realEdits[dice.one(names)]!(dice, file, around);
  });
  return { after, edited: edited.map(({ name }) => name) };
}

/** Options of all files are read by what those say that extend them, and by what these import. */
function editable({ file: files }: FileDescriptorSet): readonly FileDescriptorProto[] {
  const optional = files.filter(({ extension }) => extension.length > 0);
  const spared = new Set(optional.flatMap(({ name, dependency }) => [name, ...dependency]));
  return files.filter(({ name }) => !spared.has(name) && !name.startsWith("google/protobuf/"));
}

function usedTypes(set: FileDescriptorSet): ReadonlySet<string> {
  const used = set.file.flatMap((file) => [
    ...file.extension.flatMap(({ typeName, extendee }) => [typeName, extendee]),
    ...messagesIn(file).flatMap(typesOf),
    ...file.service.flatMap(({ method }) =>
      method.flatMap(({ inputType, outputType }) => [inputType, outputType]),
    ),
  ]);
  return new Set(used);
}

function typesOf({ field, extension }: DescriptorProto): readonly string[] {
  return [...field, ...extension].flatMap(({ typeName, extendee }) => [typeName, extendee]);
}
