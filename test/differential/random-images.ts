import fc from "fast-check";
import { type Image, loadImage } from "../../src/image/index.js";
import { buildImages, writeTree } from "./batch.js";
import { inFolder } from "./compare.js";
import { printCase } from "./print-case.js";
import { randomPair } from "./random-case.js";

/** Two versions of many random contracts, compiled together: always the same ones. */
export async function randomImages(): Promise<readonly [Image, Image]> {
  const pairs = fc.sample(fc.nat().map(randomPair), { numRuns: 120, seed: 11 });
  return inFolder(async (before, after) => {
    await writeTree(
      before,
      pairs.map((pair) => printCase(pair.before)),
    );
    await writeTree(
      after,
      pairs.map((pair) => printCase(pair.after)),
    );
    await buildImages([before, after]);
    return [await loadImage(`${before}.binpb`), await loadImage(`${after}.binpb`)];
  });
}
