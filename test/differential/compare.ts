import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, reportJson } from "../../src/gate/index.js";
import { loadImage } from "../../src/image/index.js";
import { allRules } from "../../src/rules/index.js";
import { bufBreaking, buildImage, dropBroken, toVerdict, type Verdict, writeTree } from "./batch.js";

export type Sources = ReadonlyMap<string, string>;

/** Our rules that buf has, too. */
export const bufsRules = allRules.filter(({ id }) => !id.startsWith("LIFECYCLE_")).map(({ id }) => id);

const categories = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"] as const;

export interface Comparison {
  /** By category: what only buf says, and what only we say. */
  readonly differences: readonly {
    readonly category: string;
    readonly missing: readonly string[];
    readonly invented: readonly string[];
  }[];
  /** Rules that buf reported, by the folder of the case; "" for findings without a path. */
  readonly fired: ReadonlyMap<string, ReadonlySet<string>>;
  /** Cases that do not compile on one side, and what the compiler says. */
  readonly dropped: ReadonlyMap<string, string>;
}

/** Judges many pairs of sources at once, with buf and with the gate. */
export async function compare(
  pairs: readonly (readonly [before: Sources, after: Sources])[],
): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-like-buf-"));
  try {
    const [before, after] = [join(folder, "before"), join(folder, "after")];
    await writeTree(
      before,
      pairs.map(([sources]) => sources),
    );
    await writeTree(
      after,
      pairs.map(([, sources]) => sources),
    );
    const dropped = await dropBroken([before, after]);
    await Promise.all([buildImage(before, `${before}.binpb`), buildImage(after, `${after}.binpb`)]);
    const [differences, fired] = await judge(`${before}.binpb`, `${after}.binpb`);
    return { differences, fired, dropped };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function judge(before: string, after: string) {
  const images = [await loadImage(before), await loadImage(after)] as const;
  const differences: Comparison["differences"][number][] = [];
  const fired = new Map<string, Set<string>>();
  for (const category of categories) {
    const theirs = (await bufBreaking(before, after, category)).filter(({ type }) =>
      bufsRules.includes(type),
    );
    const findings = check(...images, { today: "2026-01-01", categories: [category] });
    const ours = reportJson(findings.filter(({ rule }) => bufsRules.includes(rule)))
      .split("\n")
      .filter(Boolean)
      .map(toVerdict);
    for (const { type, path } of theirs) {
      const home = path.split("/")[0]!;
      fired.set(home, new Set([...(fired.get(home) ?? []), type]));
    }
    const [missing, invented] = [without(theirs, ours), without(ours, theirs)];
    if (missing.length + invented.length > 0) differences.push({ category, missing, invented });
  }
  return [differences, fired] as const;
}

/** The items of a list that another lacks, repetitions counted. */
function without(list: readonly Verdict[], other: readonly Verdict[]): readonly string[] {
  const left = new Map<string, number>();
  for (const item of other.map(print)) left.set(item, (left.get(item) ?? 0) + 1);
  return list.map(print).filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
}

function print({ type, path, place }: Verdict): string {
  return `${type} ${path} ${place}`;
}
