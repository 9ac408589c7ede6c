import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { mkdir, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { type BufOptions, type Image, loadImage } from "../../image/index.js";

/**
 * Compiles an input with other texts in place of some of its sources, in a copy of the folder that they lie in: what
 * does not compile never stands where somebody else may read it.
 * @param folder the outermost one that says something of the sources
 * @param texts by absolute path
 * @throws Proto4Error "compile-failed" as `loadImage` does
 */
export async function loadOverlay(
  input: string,
  folder: string,
  texts: ReadonlyMap<string, string>,
  options: BufOptions & { readonly cwd: string },
): Promise<Image> {
  const { cwd, paths, excludePaths, config, env } = options;
  const { root, calm } = makeCopyFolder();
  const top = commonFolder(cwd, folder);
  const toCopy = (path: string): string => join(root, relative(top, path));
  const spelled = (path: string): string => (isAbsolute(path) ? toCopy(path) : path);
  try {
    await copySources(folder, toCopy(folder), new Set());
    for (const [path, text] of texts) await put(toCopy(path), text);
    await mkdir(toCopy(cwd), { recursive: true });
    return await loadImage(spelled(input), {
      cwd: toCopy(cwd),
      ...(env === undefined ? {} : { env }),
      ...(paths === undefined ? {} : { paths: paths.map(spelled) }),
      ...(excludePaths === undefined ? {} : { excludePaths: excludePaths.map(spelled) }),
      config: config === undefined || !/\.(json|ya?ml)$/.test(config) ? config : resolve(cwd, config),
    });
  } finally {
    await rm(root, { recursive: true, force: true });
    calm();
  }
}

/** A copy of thousands of sources is not left behind where somebody does not wait for its compilation. */
function makeCopyFolder(): { readonly root: string; readonly calm: () => void } {
  let root: string | undefined;
  const stop = (signal: NodeJS.Signals): void => {
    if (root !== undefined) rmSync(root, { recursive: true, force: true });
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of signals) process.once(signal, stop);
  const calm = (): void => {
    for (const signal of signals) process.removeListener(signal, stop);
  };
  try {
    root = realpathSync(mkdtempSync(join(tmpdir(), "proto4-fix-")));
    return { root, calm };
  } catch (error) {
    calm();
    throw error;
  }
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/**
 * Copies what buf reads of a folder; links are followed, as buf does.
 * @param above the real folders that one is in: a link to one of them leads nowhere new
 */
async function copySources(from: string, to: string, above: ReadonlySet<string>): Promise<void> {
  const real = await realpath(from);
  if (above.has(real)) return;
  const around = new Set([...above, real]);
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from)) {
    const [source, copy] = [join(from, entry), join(to, entry)];
    const found = await stat(source).catch(() => undefined);
    if (found?.isDirectory() && !skipped.has(entry)) await copySources(source, copy, around);
    // Not by its permissions: what nobody may write is to be written here.
    else if (found?.isFile() && isRead(entry)) await writeFile(copy, await readFile(source));
  }
}

function isRead(name: string): boolean {
  return name.endsWith(".proto") || settings.has(name);
}

/** Where no sources lie that anybody means to edit; buf skips it as well. */
const skipped: ReadonlySet<string> = new Set([".git"]);

const settings: ReadonlySet<string> = new Set([
  "buf.yaml",
  "buf.mod",
  "buf.lock",
  "buf.work.yaml",
  "buf.gen.yaml",
]);

function commonFolder(a: string, b: string): string {
  const isIn = b === a || b.startsWith(a.endsWith(sep) ? a : a + sep);
  return isIn ? a : commonFolder(dirname(a), b);
}
