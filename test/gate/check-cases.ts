import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CheckOptions, check, type Finding } from "../../src/gate/index.js";
import { type Image, loadImage } from "../../src/image/index.js";
import { writeTree } from "../differential/batch.js";

/** Sources of package `pkg` by path, or the text of the one file `a.proto`. */
export type Side = string | Readonly<Record<string, string>>;

/** Compiles many pairs at once, a package each, and tells what the gate finds in each. */
export async function checkCases(
  cases: readonly (readonly [before: Side, after: Side])[],
  options: CheckOptions,
): Promise<readonly (readonly Finding[])[]> {
  const [before, after] = await compileSides(cases);
  const findings = check(before, after, options);
  return cases.map((_, index) => findings.filter((finding) => homeOf(finding) === `c${index}`));
}

/** Both sides of all cases as two images; case `index` is package `c{index}`. */
export async function compileSides(
  cases: readonly (readonly [before: Side, after: Side])[],
): Promise<readonly [before: Image, after: Image]> {
  return Promise.all([compile(cases.map(([side]) => side)), compile(cases.map(([, side]) => side))]);
}

/** `error FIELD_NO_DELETE M.note`: a finding without its words, the package left out. */
export function brief({ severity, rule, symbol }: Finding): string {
  return `${severity} ${rule} ${symbol.replace(/^c\d+[./]/, "")}`;
}

async function compile(sides: readonly Side[]): Promise<Image> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-cases-"));
  try {
    await writeTree(folder, sides.map(toSources));
    await cp(fileURLToPath(new URL("../../proto/proto4", import.meta.url)), join(folder, "proto4"), {
      recursive: true,
    });
    return await loadImage(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toSources(side: Side): ReadonlyMap<string, string> {
  const files = typeof side === "string" ? { "a.proto": side } : side;
  return new Map(Object.entries(files).map(([path, text]) => [path, whole(text)]));
}

/** Bodies alone are proto3 with the options at hand. */
function whole(text: string): string {
  if (/\b(syntax|edition)\b/.test(text)) return text;
  return `syntax = "proto3";\npackage pkg;\nimport "proto4/options.proto";\n${text}`;
}

function homeOf({ at, before }: Finding): string {
  return (at ?? before)?.path.split("/")[0] ?? "";
}
