import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Proto4Error } from "../diagnostics/index.js";
import type { Image } from "./image.js";
import { imageFormat } from "./image-format.js";
import type { BufOptions } from "./run-buf.js";
import { sliceImage } from "./slice-image.js";

/**
 * Loads any input that buf takes: a folder, image, archive, module or git reference. A binary image, also
 * one of `protoc --include_imports`, is read directly; everything else is compiled by buf.
 * @throws Proto4Error "compile-failed", "compiler-missing", "input-unreadable", "image-corrupt"
 */
export async function loadImage(input: string, options: BufOptions = {}): Promise<Image> {
  const limited = [...(options.paths ?? []), ...(options.excludePaths ?? [])].length > 0;
  if (imageFormat(input) === undefined && !limited && options.config === undefined)
    return (await fromCache(input, options)) ?? build(input, options);
  if (imageFormat(input) !== "binary") return build(input, options);
  // Limits are buf's to understand; the format is named because buf does not know every ending.
  if (limited) return build(`${input}#format=binpb`, options);
  return sliceImage(readImage(resolve(options.cwd ?? ".", input)), input);
}

// What starts a compiler is loaded for those who need one: it would be half the start-up of those who do not.

async function fromCache(input: string, options: BufOptions): Promise<Image | undefined> {
  const { cacheFolder } = options;
  if (cacheFolder === undefined) return undefined;
  const { loadCached } = await import("./load-cached.js");
  return loadCached(input, cacheFolder, options);
}

async function build(input: string, options: BufOptions): Promise<Image> {
  const { runBuf } = await import("./run-buf.js");
  const done = options.onCompile?.({ input, count: () => countSources(input, options) });
  try {
    return sliceImage(await runBuf("build", input, ["-o", "-#format=binpb"], options), input);
  } finally {
    done?.();
  }
}

async function countSources(input: string, options: BufOptions): Promise<number | undefined> {
  const { listSources } = await import("./list-sources.js");
  const isWhole = (options.paths ?? []).length + (options.excludePaths ?? []).length === 0;
  return isWhole ? (await listSources(input, options))?.protos.size : undefined;
}

/** In one go: in parts, between which others have their turn, it takes several times as long. */
function readImage(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Proto4Error("input-unreadable", "this image cannot be read; is the path right?", {
      location: { path },
      cause,
    });
  }
}
