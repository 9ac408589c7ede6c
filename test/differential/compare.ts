import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check, reportJson } from "../../src/gate/index.js";
import { type Image, loadImage } from "../../src/image/index.js";
import { bufBreaking, buildImages, toVerdict, type Verdict, writeTree } from "./batch.js";

/** The files of one side by path. */
export type Sources = ReadonlyMap<string, string>;

export type Pair = readonly [before: Sources, after: Sources];

export const categories = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"] as const;

/** What one of the two says in a case and the other does not, repetitions counted. */
interface Difference {
  readonly home: string;
  readonly asked: string;
  readonly missing: readonly string[];
  readonly invented: readonly string[];
}

export interface Comparison {
  readonly differences: readonly Difference[];
  /** Rules that buf reported, by case. */
  readonly fired: ReadonlyMap<string, ReadonlySet<string>>;
  /** Cases that do not compile on one side, and what the compiler says. */
  readonly dropped: ReadonlyMap<string, string>;
  /** The verdicts that were compared. */
  readonly verdicts: number;
}

/** What to ask, and of what. */
export interface CompareOptions {
  /** Lists of categories to ask for, one after the other: each by itself if not given. */
  readonly asked?: readonly (readonly string[])[];
  /** Whether the images know where everything stands. */
  readonly sourceInfo?: boolean;
}

/** Judges many pairs of sources at once, with buf and with the gate. */
export async function compare(pairs: readonly Pair[], options: CompareOptions = {}): Promise<Comparison> {
  const flags = options.sourceInfo === false ? ["--exclude-source-info"] : [];
  return inFolder(async (before, after) => {
    await writeTree(
      before,
      pairs.map(([sources]) => sources),
    );
    await writeTree(
      after,
      pairs.map(([, sources]) => sources),
    );
    const dropped = new Map<string, string>();
    for (;;) {
      for (const [name, said] of await buildImages([before, after], flags)) dropped.set(name, said);
      try {
        return { ...(await compareImages(`${before}.binpb`, `${after}.binpb`, options.asked)), dropped };
      } catch (error) {
        const [refused] = /\bc\d+(?=[./])/.exec((error as Error).message) ?? [];
        // What buf compiles it may yet refuse to read back, or fail on.
        if (refused === undefined || dropped.has(refused)) throw error;
        dropped.set(refused, (error as Error).message);
        for (const folder of [before, after])
          await rm(join(folder, refused), { recursive: true, force: true });
      }
    }
  });
}

/** The same for images that are there; what is in them lies in folders `c0`, `c1` and so on. */
export async function compareImages(
  before: string,
  after: string,
  asked: readonly (readonly string[])[] = categories.map((category) => [category]),
): Promise<Omit<Comparison, "dropped">> {
  const images = [await loadImage(before), await loadImage(after)] as const;
  const differences: Difference[] = [];
  const fired = new Map<string, Set<string>>();
  let verdicts = 0;
  for (const use of asked) {
    const theirs = await bufBreaking(before, after, use);
    const ours = judge(...images, use);
    verdicts += theirs.length;
    differences.push(...difference(theirs, ours, use.join(" ")));
    for (const { type, home } of theirs) fired.set(home, (fired.get(home) ?? new Set()).add(type));
  }
  return { differences, fired, verdicts };
}

function judge(before: Image, after: Image, use: readonly string[]): readonly Verdict[] {
  const findings = check(before, after, { today: "2026-01-01", categories: use, likeBuf: true });
  return reportJson(findings).split("\n").filter(Boolean).map(toVerdict);
}

/** Tells cases apart that differ; where none does, the order must still be the same. */
function difference(
  theirs: readonly Verdict[],
  ours: readonly Verdict[],
  asked: string,
): readonly Difference[] {
  const [bufs, mine] = [byHome(theirs), byHome(ours)];
  const found = [...new Set([...bufs.keys(), ...mine.keys()])].flatMap((home) => {
    const [said, saying] = [bufs.get(home) ?? [], mine.get(home) ?? []];
    const [missing, invented] = [without(said, saying), without(saying, said)];
    return missing.length + invented.length > 0 ? [{ home, asked, missing, invented }] : [];
  });
  const at = theirs.findIndex((verdict, index) => print(verdict) !== print(ours[index]!));
  if (found.length > 0 || at < 0) return found;
  const order = [theirs[at]!, ours[at]!].map(print);
  return [{ home: theirs[at]!.home, asked: `${asked}, order`, missing: [order[0]!], invented: [order[1]!] }];
}

function byHome(verdicts: readonly Verdict[]): ReadonlyMap<string, readonly Verdict[]> {
  const homes = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const known = homes.get(verdict.home);
    if (known === undefined) homes.set(verdict.home, [verdict]);
    else known.push(verdict);
  }
  return homes;
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

/** Two names in a temporary folder that is gone afterwards. */
export async function inFolder<T>(use: (before: string, after: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-differential-"));
  try {
    return await use(join(folder, "before"), join(folder, "after"));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
