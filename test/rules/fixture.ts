import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DatedImage } from "../../src/gate/index.js";
import { type Image, loadImage } from "../../src/image/index.js";

export const fixtures = fileURLToPath(new URL("../../fixtures/rules/", import.meta.url));

/** `FIELD_NO_DELETE` lives in `field-no-delete`. */
export function folderOf(rule: string): string {
  return rule.toLowerCase().replaceAll("_", "-");
}

export async function listFixtures(): Promise<readonly string[]> {
  return (await readdir(fixtures)).sort();
}

/** Both sides of a fixture, each compiled beside proto4's options. */
export async function loadFixture(name: string): Promise<readonly [before: Image, after: Image]> {
  const [before, after] = await Promise.all([
    loadSources(join(fixtures, name, "before")),
    loadSources(join(fixtures, name, "after")),
  ]);
  return [before, after];
}

/** The version before the one before, where a fixture has one. */
export async function loadElder(name: string): Promise<readonly DatedImage[]> {
  const folder = join(fixtures, name, "elder");
  if (!(await readdir(join(fixtures, name))).includes("elder")) return [];
  return [{ name: "elder", date: "2025-01-31", image: await loadSources(folder) }];
}

/** Sources, compiled beside proto4's options. */
export async function loadSources(sources: string): Promise<Image> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-fixture-"));
  try {
    await cp(sources, folder, { recursive: true });
    await cp(fileURLToPath(new URL("../../proto/proto4", import.meta.url)), join(folder, "proto4"), {
      recursive: true,
    });
    return await loadImage(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
