import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { exportSources, type Image, loadImage } from "../../src/image/index.js";
import { noCache } from "../../src/registry/blob-cache.js";
import { type PublishOutcome, publish } from "../../src/registry/index.js";
import type { PublishRequest } from "../../src/registry/publish/request.js";
import type { Store } from "../../src/registry/store/index.js";

/** A contract as it is pushed. */
export interface Compiled {
  readonly image: Image;
  readonly sources: ReadonlyMap<string, string>;
}

/** Writes the files into a folder and compiles it with buf. */
export async function compile(files: Readonly<Record<string, string>>): Promise<Compiled> {
  return inFolder(files, async (folder) => ({
    image: await loadImage(folder),
    sources: await exportSources(folder),
  }));
}

/** Runs `action` in a folder that holds the files and goes away afterwards. */
export async function inFolder<T>(
  files: Readonly<Record<string, string>>,
  action: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-contract-"));
  try {
    await writeFiles(folder, { "buf.yaml": "version: v2\n", ...files });
    return await action(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/** `message User` of package acme.v1 with these fields. */
export function userProto(...fields: readonly string[]): Readonly<Record<string, string>> {
  const lines = fields.map((field) => `  ${field};\n`).join("");
  return { "acme/v1/user.proto": `syntax = "proto3";\npackage acme.v1;\nmessage User {\n${lines}}\n` };
}

let count = 0;

export function push(
  store: Store,
  { image, sources }: Compiled,
  more: Partial<PublishRequest> = {},
): Promise<PublishOutcome> {
  count += 1;
  const id = `publish-${String(count).padStart(4, "0")}`;
  const at = `2026-11-22T10:00:00.${String(count % 1000).padStart(3, "0")}Z`;
  const request = { subject: "acme/user", image, sources, by: "jo", at, id, ...more };
  return publish({ store, cache: noCache }, request);
}
