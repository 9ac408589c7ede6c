import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { findBuf } from "../../src/image/find-buf.js";

const run = promisify(execFile);

const buf = findBuf();

/** A finding as both sides report it, without its message. */
export interface Verdict {
  readonly type: string;
  readonly path: string;
  readonly place: string;
  /** The case it belongs to, `c12`: by its path, or by the file or package that the message names. */
  readonly home: string;
}

/** Writes one side of many cases, a folder and package each. */
export async function writeTree(
  folder: string,
  cases: readonly ReadonlyMap<string, string>[],
): Promise<void> {
  await writeFile(join(await made(folder), "buf.yaml"), "version: v2\n");
  await Promise.all(
    cases.map(async (sources, index) => {
      const home = await made(join(folder, `c${index}`));
      for (const [path, text] of sources) {
        await made(dirname(join(home, path)));
        await writeFile(join(home, path), inOwnPackage(text, `c${index}`));
      }
    }),
  );
}

/**
 * Builds an image of each folder, without the cases that do not compile in one of them.
 * @returns what the compiler says of those, by case
 */
export async function buildImages(
  folders: readonly string[],
  flags: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  const dropped = new Map<string, string>();
  for (let clean = false; !clean; ) {
    const complaints = await Promise.all(folders.map((folder) => build(folder, flags)));
    clean = complaints.every((said) => said === undefined);
    for (const said of complaints)
      for (const [name, line] of brokenCases(said ?? "")) dropped.set(name, line);
    for (const name of dropped.keys())
      for (const folder of folders) await rm(join(folder, name), { recursive: true, force: true });
  }
  return dropped;
}

/** @returns the compiler's complaints, if any */
async function build(folder: string, flags: readonly string[]): Promise<string | undefined> {
  try {
    await run(buf, ["build", ".", "-o", `${folder}.binpb`, ...flags], { cwd: folder });
    return undefined;
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

function brokenCases(complaints: string): readonly (readonly [name: string, line: string])[] {
  const broken = [...complaints.matchAll(/^(?:.*\/)?(c\d+)\/[^:\n]*:.*$/gm)];
  if (complaints !== "" && broken.length === 0) throw new Error(complaints);
  return broken.map(([line, name]) => [name!, line]);
}

/** What `buf breaking` says, from image to image, in its order. */
export async function bufBreaking(
  before: string,
  after: string,
  categories: readonly string[],
): Promise<readonly Verdict[]> {
  const config = JSON.stringify({ version: "v2", breaking: { use: categories } });
  const args = ["breaking", after, "--against", before, "--config", config, "--error-format", "json"];
  const lines = await run(buf, args, { cwd: dirname(before), maxBuffer: 1 << 30 }).then(
    () => "",
    (error: { stdout: string; code: number; stderr: string }) => {
      if (error.code !== 100) throw new Error(error.stderr);
      return error.stdout;
    },
  );
  return lines.split("\n").filter(Boolean).map(toVerdict);
}

/** From a line of JSON, ours or buf's. */
export function toVerdict(line: string): Verdict {
  const { type, path = "", message, ...rest } = JSON.parse(line);
  const [home = ""] = /^c\d+(?=\/)/.exec(path) ?? /\bc\d+(?=[./"])/.exec(message) ?? [];
  return {
    type,
    path,
    place: `${rest.start_line}:${rest.start_column}-${rest.end_line}:${rest.end_column}`,
    home,
  };
}

/** The rules that buf has, by id, with their categories. */
export async function bufRules(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { stdout } = await run(buf, ["config", "ls-breaking-rules", "--version", "v2", "--format", "json"]);
  const rules = stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return new Map(rules.map(({ id, categories }) => [id, categories]));
}

function inOwnPackage(text: string, name: string): string {
  return text
    .replace(/\bpkg\b/g, name)
    .replace(/\bimport (public |option )?"(?=\w+\.proto")/g, `import $1"${name}/`);
}

async function made(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return folder;
}
