import { describe, test } from "vitest";
import type { Finding, FixedSource } from "../../src/gate/index.js";
import { loadImage } from "../../src/image/index.js";
import type { Fix } from "../../src/rules/index.js";
import { printCase } from "../differential/print-case.js";
import { randomPair } from "../differential/random-case.js";
import { writeSources } from "../setup/sources.js";
import { type FixCase, fixSources } from "./fix-case.js";

const today = "2026-11-22";
const [first, count] = (process.env.PROTO4_SEEDS ?? "1,6").split(",").map(Number) as [number, number];
const seeds = Array.from({ length: count }, (_, index) => first + index);

describe("generated edits", () => {
  test.for(seeds)("of seed %i are undone, or told of", { timeout: 60_000 }, async (seed, { expect }) => {
    const fixed = await fixPair(seed);
    const { result, again, found } = fixed;
    expect(result.fixed.length + result.remaining.length).toBe(found.length);
    expect(result.unfixed.map(({ finding }) => finding.id).sort()).toEqual(
      result.remaining.map(({ id }) => id).sort(),
    );
    expect(again.sources).toEqual([]);
    for (const source of result.sources) expect(strayLines(source, result.fixed)).toEqual([]);
  });
});

/** A pair of which each line after has a comment of its own behind it. */
async function fixPair(seed: number): Promise<FixCase> {
  const pair = randomPair(seed);
  const elder = await loadImage(await writeSources(Object.fromEntries(printCase(pair.before))));
  const sources = [...printCase(pair.after)].map(([path, text]) => [path, remarked(path, text)] as const);
  return fixSources(elder, new Map(sources), () => ({ today, categories: ["FILE", "STRICT"] }));
}

function remarked(path: string, text: string): string {
  return text.replace(/([;{}])\n/g, (_, end: string, at: number) => `${end} // ${path}:${at}\n`);
}

/** Lines that are not as they were, or gone, and of which no fix speaks: by what it names, or by what it writes. */
function strayLines(source: FixedSource, fixed: readonly Finding[]): readonly string[] {
  const { path, before = "", after } = source;
  // Where it stands in a line is another matter: what comes out of a oneof is indented less.
  const lines = new Set(after.split("\n").map((line) => line.trim()));
  const fixes = fixed.flatMap((finding) => finding.way.fixes).filter((fix) => fix.path === path);
  const names = fixes.map(({ symbol }) => symbol.slice(symbol.lastIndexOf(".") + 1));
  const isNamed = (line: string) => names.some((name) => new RegExp(`\\b${name}\\b`).test(line));
  const isWritten = (line: string) =>
    kinds.some(([kind, words]) => words.test(line) && fixes.some((fix) => fix.kind === kind));
  return before.split("\n").filter((line) => !lines.has(line.trim()) && !isNamed(line) && !isWritten(line));
}

/** What a fix edits that names only what is around it. */
const kinds: readonly (readonly [Fix["kind"], RegExp])[] = [
  ["reserve", /^\s*reserved/],
  ["unreserve", /^\s*reserved/],
  ["option", /^\s*option/],
  // A oneof that is emptied leaves with its brace.
  ["remove", /^\s*}/],
  ["import", /^import/],
];
