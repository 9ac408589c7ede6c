import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type CheckOptions, check, type Finding, type FixResult, makeFixes } from "../../src/gate/index.js";
import { type Image, loadImage } from "../../src/image/index.js";

/** Sources of a version after, as they are and as they are fixed. */
export interface FixCase {
  readonly found: readonly Finding[];
  readonly result: FixResult;
  /** What comes of fixing what was fixed. */
  readonly again: FixResult;
  /** By path, proto4's own left out. */
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

/**
 * Fixes what is found between an image and sources, compiled beside proto4's options.
 * @param optionsFor how to check the version after
 * @param asked of what is found, what to fix; all, if not given
 */
export async function fixSources(
  elder: Image,
  sources: ReadonlyMap<string, string>,
  optionsFor: (newer: Image) => CheckOptions,
  asked: (finding: Finding) => boolean = () => true,
): Promise<FixCase> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-fix-case-"));
  try {
    await cp(proto4, join(folder, "proto4"), { recursive: true });
    const compile = async (texts: ReadonlyMap<string, string>) => {
      for (const [path, text] of texts) await put(join(folder, path), text);
      return loadImage(folder);
    };
    const newer = await compile(sources);
    const options = optionsFor(newer);
    const round = async (texts: ReadonlyMap<string, string>, found: readonly Finding[]) => {
      let standing = found;
      const result = await makeFixes(found, found.filter(asked), {
        read: (path) => ({ text: texts.get(path) }),
        check: async (fixed) => {
          standing = check(elder, await compile(fixedTexts(texts, fixed)), options);
          for (const { path, before } of fixed) if (before === undefined) await rm(join(folder, path));
          return standing;
        },
      });
      return { result, standing: result.sources.length === 0 ? found : standing };
    };
    const found = check(elder, newer, options);
    const first = await round(sources, found);
    const after = fixedTexts(sources, first.result.sources);
    const second = await round(after, first.standing);
    return { found, result: first.result, again: second.result, before: sources, after };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function fixedTexts(texts: ReadonlyMap<string, string>, fixed: FixResult["sources"]) {
  return new Map([...texts, ...fixed.map(({ path, after }) => [path, after] as const)]);
}

/** The texts below a folder, by path. */
export async function readSources(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => [relative(folder, file), await readFile(file, "utf8")] as const);
  return new Map((await Promise.all(texts)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function put(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

const proto4 = fileURLToPath(new URL("../../proto/proto4", import.meta.url));
