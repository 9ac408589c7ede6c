import { writeFile } from "node:fs/promises";
import { toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorSet, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { categories, compareImages, inFolder } from "./compare.js";
import { editReal, loadReal } from "./real-case.js";

const pairs = Number(process.env.DIFFERENTIAL_PAIRS ?? 300);
const seed = Number(process.env.DIFFERENTIAL_SEED ?? 1);

test("what buf says of Google's protos, each edited, proto4 says", { timeout: 7_200_000 }, async () => {
  await inFolder(async (before, after) => {
    const real = await loadReal(`${before}.binpb`);
    let judged = 0;
    let verdicts = 0;
    for (let round = 0; judged < pairs; round++) {
      const { edited, ...result } = await compareEdited(
        real,
        seed * 1000 + round,
        before,
        after,
        round === 0,
      );
      expect({ round, differences: result.differences }).toEqual({ round, differences: [] });
      judged += edited.length;
      verdicts += result.verdicts;
    }
    if (pairs > 300) console.info(`${judged} files of Google's edited, ${verdicts} verdicts`);
    expect(verdicts).toBeGreaterThan(judged);
  });
});

/** Files that an edit made invalid are left as they were: buf names an element of theirs. */
async function compareEdited(
  real: FileDescriptorSet,
  round: number,
  before: string,
  after: string,
  each: boolean,
) {
  const spared = new Set<string>();
  for (;;) {
    const made = editReal(real, round, spared);
    await writeFile(`${after}.binpb`, toBinary(FileDescriptorSetSchema, made.after));
    const asked = each ? undefined : [categories];
    try {
      return { ...(await compareImages(`${before}.binpb`, `${after}.binpb`, asked)), edited: made.edited };
    } catch (error) {
      const culprit = real.file.find(
        (file) =>
          (error as Error).message.includes(`"${file.package}.`) &&
          !spared.has(file.name) &&
          made.edited.includes(file.name),
      );
      if (culprit === undefined) throw error;
      console.info((error as Error).message.slice(0, 300), "SPARE", culprit.name);
      spared.add(culprit.name);
    }
  }
}
