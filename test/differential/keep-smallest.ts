import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CompareOptions, compare, type Pair, type Sources } from "./compare.js";
import type { Case } from "./model.js";
import { printCase } from "./print-case.js";
import { shrink } from "./shrink.js";

const found = fileURLToPath(new URL("./found/", import.meta.url));

/** Shrinks a pair about which buf and proto4 differ, and keeps it below `found`, where it stays a test. */
export async function keepSmallest(
  { before, after }: { readonly before: Case; readonly after: Case },
  name: string,
  options: CompareOptions,
): Promise<void> {
  const printed = (): Pair => [printCase(before), printCase(after)];
  await shrink(before, after, async () => {
    const { differences } = await compare([printed()], options).catch(() => nothing);
    return differences.length > 0;
  });
  const [sourcesBefore, sourcesAfter] = printed();
  await write(join(found, name, "before"), sourcesBefore);
  await write(join(found, name, "after"), sourcesAfter);
}

/** What was found before, by name. */
export async function listFound(): Promise<readonly (readonly [name: string, pair: Pair])[]> {
  const names = await readdir(found).catch(() => []);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const pair = [await read(join(found, name, "before")), await read(join(found, name, "after"))] as const;
      return [name, pair] as const;
    }),
  );
}

/** Without either side's files buf has nothing to say. */
const nothing = { differences: [] };

async function write(folder: string, sources: Sources): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [path, text] of sources) await writeFile(join(folder, path), text);
}

async function read(folder: string): Promise<Sources> {
  const paths = (await readdir(folder)).sort();
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(folder, path), "utf8")] as const)),
  );
}
