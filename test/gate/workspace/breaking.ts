import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkSides, loadSide, printLikeBuf, toAnnotation } from "../../../src/gate/index.js";
import { findBuf } from "../../../src/image/find-buf.js";
import { run } from "../../cli/proto4.js";

/** What to compare: buf's own arguments, as far as these tests use them. */
export interface Comparison {
  readonly input?: string;
  readonly against: string;
  readonly paths?: readonly string[];
  readonly excludePaths?: readonly string[];
  readonly config?: string;
  readonly excludeImports?: boolean;
  /** Ours alone: where compiled slices are kept. */
  readonly cacheFolder?: string;
}

/** `path line column rule` of each finding of the real buf, or its exit code where that is neither 0 nor 100. */
export async function bufBreaking(cwd: string, comparison: Comparison): Promise<readonly string[]> {
  const { input = ".", against, paths = [], excludePaths = [], config, excludeImports } = comparison;
  const args = ["breaking", input, "--against", against, "--error-format", "json"];
  for (const path of paths) args.push("--path", path);
  for (const path of excludePaths) args.push("--exclude-path", path);
  if (config !== undefined) args.push("--config", config);
  if (excludeImports) args.push("--exclude-imports");
  const { code, stdout } = await run(findBuf(), args, cwd);
  return code === 0 || code === 100 ? verdicts(stdout) : [`exit code ${code}`];
}

/** The same of proto4's, in this process. */
export async function ourBreaking(cwd: string, comparison: Comparison): Promise<readonly string[]> {
  const { input = ".", against, config, excludeImports, ...limits } = comparison;
  try {
    const after = await loadSide(input, { cwd, ...limits, config });
    const before = await loadSide(against, { cwd, ...limits });
    const findings = checkSides(before, after, { today: "2026-11-22", likeBuf: true, excludeImports });
    return verdicts(printLikeBuf(findings.map(toAnnotation), "json"));
  } catch (error) {
    if (error instanceof Error && error.name === "Proto4Error") return ["exit code 1"];
    throw error;
  }
}

/** Files by path, as a folder of its own. */
export async function writeFiles(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-workspace-"));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

function verdicts(json: string): readonly string[] {
  return json
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const { path, start_line, start_column, end_line, end_column, type } = JSON.parse(line);
      return [path, start_line, start_column, end_line, end_column, type].join(" ");
    });
}
