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
      for (const [path, text] of sources) await writeFile(join(home, path), inOwnPackage(text, `c${index}`));
    }),
  );
}

/** Removes what does not compile on a side from both, and tells which cases those were. */
export async function dropBroken(folders: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const dropped = new Map<string, string>();
  for (const folder of folders)
    for (;;) {
      const complaints = await complaintsAbout(folder);
      if (complaints === undefined) break;
      const broken = [...complaints.matchAll(/^(?:.*\/)?(c\d+)\/[^:\n]*:.*$/gm)];
      if (broken.length === 0) throw new Error(complaints);
      for (const [line, name] of broken) dropped.set(name!, line);
      for (const [, name] of broken)
        for (const side of folders) await rm(join(side, name!), { recursive: true, force: true });
    }
  return dropped;
}

async function complaintsAbout(folder: string): Promise<string | undefined> {
  try {
    await run(buf, ["build", "."], { cwd: folder });
    return undefined;
  } catch (error) {
    return (error as { stderr: string }).stderr;
  }
}

export async function buildImage(folder: string, out: string): Promise<void> {
  await run(buf, ["build", ".", "-o", out], { cwd: folder });
}

/** What `buf breaking` says, from image to image. */
export async function bufBreaking(
  before: string,
  after: string,
  category: string,
): Promise<readonly Verdict[]> {
  const config = JSON.stringify({ version: "v2", breaking: { use: [category] } });
  const args = ["breaking", after, "--against", before, "--config", config, "--error-format", "json"];
  const lines = await run(buf, args, { cwd: dirname(before), maxBuffer: 1 << 28 }).then(
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
  const { type, path = "", ...rest } = JSON.parse(line);
  return { type, path, place: `${rest.start_line}:${rest.start_column}-${rest.end_line}:${rest.end_column}` };
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
  return text.replace(/\bpkg\b/g, name).replace(/\bimport "(?=\w+\.proto")/g, `import "${name}/`);
}

async function made(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  return folder;
}
