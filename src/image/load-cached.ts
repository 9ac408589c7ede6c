import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { assemble, mergedLayout } from "./assemble.js";
import { findBuf } from "./find-buf.js";
import type { Image } from "./image.js";
import { keepPack } from "./keep-pack.js";
import { layoutOf } from "./layout.js";
import { listSources, type Sources } from "./list-sources.js";
import { mayDouble } from "./may-double.js";
import { packImage } from "./pack-image.js";
import { type BufOptions, runBuf } from "./run-buf.js";
import { sliceImage } from "./slice-image.js";
import { type KeptPack, readPacks } from "./slice-pack.js";

/**
 * Loads sources and compiles only what no earlier run has compiled. A slice is known by the compiler, the
 * settings, the path and blob of its source and, because a descriptor also holds what imports mean, by the
 * keys of all it imports. Whatever is not found, or in doubt, buf compiles again.
 * @param cacheFolder where slices are kept; several processes may use it
 * @returns `undefined` where the input, or the compiler, is none whose state can be told from outside
 * @throws Proto4Error "compile-failed", "compiler-missing", "input-unreadable", "image-corrupt"
 */
export async function loadCached(
  input: string,
  cacheFolder: string,
  options: BufOptions,
): Promise<Image | undefined> {
  const [sources, compiler] = await Promise.all([listSources(input, options), identifyBuf()]);
  if (sources === undefined || compiler === undefined || sources.protos.size === 0) return undefined;
  const folder = join(cacheFolder, hash([VERSION, compiler, ...[...sources.settings].flat()]));
  return inTurn(() => loadFrom(folder, sources, input, options));
}

/** One after the other: what one side of a comparison had compiled, the other need not. */
function inTurn(load: () => Promise<Image>): Promise<Image> {
  const loading = turn.then(load, load);
  turn = loading;
  return loading;
}

let turn: Promise<unknown> = Promise.resolve();

async function loadFrom(
  folder: string,
  sources: Sources,
  input: string,
  options: BufOptions,
): Promise<Image> {
  const packs = readPacks(folder);
  const { missing, image } = assemble(sources, packs);
  if (image !== undefined) return image;
  const isWorthwhile = packs.length > 0 && missing.length > 0 && missing.length <= MOST_PATHS;
  const build = async (paths: readonly string[]): Promise<Image> => {
    const count = async () => (paths.length === 0 ? sources.protos.size : paths.length);
    const done = options.onCompile?.({ input, count });
    return buildImage(input, options, paths.map(sources.toArgument)).finally(done);
  };
  const completed = isWorthwhile
    ? await compileMissing(folder, sources, packs, () => build(missing))
    : undefined;
  return completed ?? compileAll(folder, sources, packs, () => build([]));
}

/**
 * @returns `undefined` in doubt. So it is where buf refuses: whether the sources are wrong, or the settings leave them
 * out and nothing is wrong, only a look at all of them tells.
 */
async function compileMissing(
  folder: string,
  sources: Sources,
  packs: readonly KeptPack[],
  build: () => Promise<Image>,
): Promise<Image | undefined> {
  const built = await build().catch(() => undefined);
  if (built === undefined) return undefined;
  const pack = packImage(built, sources, packs, mergedLayout(packs));
  const whole = pack && assemble(sources, [...packs, pack]);
  if (pack === undefined || whole?.image === undefined || mayDouble(built.files, whole.image))
    return undefined;
  await keepPack(folder, packs, pack, whole.used);
  return whole.image;
}

/** @throws Proto4Error as buf says it */
async function compileAll(
  folder: string,
  sources: Sources,
  packs: readonly KeptPack[],
  build: () => Promise<Image>,
): Promise<Image> {
  const image = await build();
  const layout = layoutOf(image, sources, packs);
  const whole = layout && packImage(image, sources, [], layout);
  if (whole !== undefined) await keepPack(folder, packs, whole, undefined);
  return image;
}

async function buildImage(input: string, options: BufOptions, paths: readonly string[]): Promise<Image> {
  return sliceImage(await runBuf("build", input, ["-o", "-#format=binpb"], { ...options, paths }), input);
}

/** buf as it lies on the disk: to ask it for its version takes longer. */
async function identifyBuf(): Promise<string | undefined> {
  const path = findBuf();
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? `${path} ${found.size} ${found.mtimeMs}` : undefined;
}

function hash(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex");
}

/** Of what is kept; another one makes everything kept so far unknown. */
const VERSION = "4";

/** With more, buf is faster by compiling all. */
const MOST_PATHS = 300;
