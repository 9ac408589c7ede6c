import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { clone, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorSet, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { categories, compareImages, inFolder } from "./compare.js";
import { shrink } from "./shrink.js";

const found = fileURLToPath(new URL("./found-images/", import.meta.url));

/** Shrinks two images about which buf and proto4 differ, and keeps them, so that they stay a test. */
export async function keepSmallestImages(
  before: FileDescriptorSet,
  after: FileDescriptorSet,
  name: string,
): Promise<void> {
  const sides = [clone(FileDescriptorSetSchema, before), clone(FileDescriptorSetSchema, after)] as const;
  await inFolder(async (folderBefore, folderAfter) => {
    const differs = async () => {
      await writeImages(sides, folderBefore, folderAfter);
      const result = compareImages(`${folderBefore}.binpb`, `${folderAfter}.binpb`, [categories]);
      // What is no image any more is refused by both.
      return (await result.catch(() => ({ differences: [] }))).differences.length > 0;
    };
    await withoutPlaces(sides, differs);
    await shrink(...sides, differs);
  });
  await mkdir(join(found, name), { recursive: true });
  await writeImages(sides, join(found, name, "before"), join(found, name, "after"));
}

/** The images that were found before, without their ending. */
export async function listFoundImages(): Promise<readonly (readonly [before: string, after: string])[]> {
  const names = await readdir(found).catch(() => []);
  return names.toSorted().map((name) => [join(found, name, "before"), join(found, name, "after")] as const);
}

/** The places are most of an image, and seldom what makes the difference. */
async function withoutPlaces(
  sides: readonly FileDescriptorSet[],
  differs: () => Promise<boolean>,
): Promise<void> {
  const files = sides.flatMap(({ file }) => file);
  const places = files.map(({ sourceCodeInfo }) => sourceCodeInfo);
  for (const file of files) delete file.sourceCodeInfo;
  if (await differs()) return;
  for (const [index, file] of files.entries())
    if (places[index] !== undefined) file.sourceCodeInfo = places[index];
}

async function writeImages(
  sides: readonly FileDescriptorSet[],
  before: string,
  after: string,
): Promise<void> {
  for (const [index, path] of [before, after].entries())
    await writeFile(`${path}.binpb`, toBinary(FileDescriptorSetSchema, sides[index]!));
}
