import { writeFile } from "node:fs/promises";
import { toBinary } from "@bufbuild/protobuf";
import {
  type FileDescriptorProto,
  type FileDescriptorSet,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { categories, compareImages, inFolder } from "./compare.js";
import { keepSmallestImages } from "./keep-real.js";
import { editReal, loadReal } from "./real-case.js";

const pairs = Number(process.env.DIFFERENTIAL_PAIRS ?? 500) / 2;
const seed = Number(process.env.DIFFERENTIAL_SEED ?? 1);

test("what buf says of Google's protos, each edited, proto4 says", { timeout: 7_200_000 }, async () => {
  await inFolder(async (before, after) => {
    const real = await loadReal(`${before}.binpb`);
    let judged = 0;
    let verdicts = 0;
    for (let round = 0; judged < pairs; round++) {
      const {
        after: edit,
        edited,
        ...result
      } = await compareEdited(real, seed * 1000 + round, before, after);
      if (result.differences.length > 0) await keepSmallestImages(real, edit, `${seed}-${round}`);
      expect({ round, differences: result.differences }).toEqual({ round, differences: [] });
      judged += edited.length;
      verdicts += result.verdicts;
    }
    if (pairs > 250) console.info(`${judged} files of Google's edited, ${verdicts} verdicts`);
    expect(verdicts).toBeGreaterThan(judged);
  });
});

/** Files that an edit made invalid are left as they were: buf names an element of theirs. */
async function compareEdited(real: FileDescriptorSet, round: number, before: string, after: string) {
  const spared = new Set<string>();
  for (;;) {
    const made = editReal(real, round, spared);
    await writeFile(`${after}.binpb`, toBinary(FileDescriptorSetSchema, made.after));
    try {
      return { ...made, ...(await compareImages(`${before}.binpb`, `${after}.binpb`, [categories])) };
    } catch (error) {
      const [, element = ""] = /message (?:field|oneof)? ?"([\w.]+)"/.exec((error as Error).message) ?? [];
      // An edit may have renamed the file, but not moved it.
      const refused = real.file[made.after.file.findIndex((file) => declares(file, element))];
      if (refused === undefined || spared.has(refused.name)) throw error;
      spared.add(refused.name);
    }
  }
}

function declares({ package: scope, messageType }: FileDescriptorProto, element: string): boolean {
  return messageType.some(({ name }) => element.startsWith(`${scope}.${name}.`));
}
