import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { imageFormat } from "./image-format.js";
import { type BufOptions, runBuf } from "./run-buf.js";

/**
 * The source text of the files of an input that are not imports, by their path in the image, in the order
 * of paths. An image has no sources: its map is empty.
 * @throws Proto4Error "compile-failed", "compiler-missing", "input-unreadable"
 */
export async function exportSources(
  input: string,
  options: BufOptions = {},
): Promise<ReadonlyMap<string, string>> {
  if (imageFormat(input) !== undefined) return new Map();
  const folder = await mkdtemp(join(tmpdir(), "proto4-sources-"));
  try {
    await runBuf("export", input, ["--exclude-imports", "-o", folder], options);
    return await readSources(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readSources(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sources = await Promise.all(
    files.map(async (file) => [inImage(folder, file), await readFile(file, "utf8")] as const),
  );
  return new Map(sources.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Imports are spelled with slashes everywhere. */
function inImage(folder: string, file: string): string {
  return relative(folder, file).split(sep).join("/");
}
