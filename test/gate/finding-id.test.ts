import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { check, type Finding, inspect } from "../../src/gate/index.js";
import { type Image, loadImage } from "../../src/image/index.js";
import { allRules, defaultPolicy } from "../../src/rules/index.js";
import { buildImages, writeTree } from "../differential/batch.js";
import { bothSides, toSources } from "../differential/both-sides.js";
import { Dice } from "../differential/dice.js";
import { fixedCases } from "../differential/fixed-cases.js";
import { printCase } from "../differential/print-case.js";
import { randomPair } from "../differential/random-case.js";
import { fixtures, folderOf, loadFixture, loadSources } from "../rules/fixture.js";
import { writeSources } from "../setup/sources.js";
import { edits, withSpares } from "./unchanging-edits.js";

type Sources = ReadonlyMap<string, string>;

const seed = Number(process.env.DIFFERENTIAL_SEED ?? 1);
const RANDOM = 40;
/** Those that cannot be asked beside one another. */
const asked = [["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"], ["WIRE_PRECISE"], ["CONFLUENT"]];

let folder: string;
/** Before and after, as each rule fires. */
let fixed: readonly Image[];
/** Before, after, and after with each edit. */
let random: readonly Image[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "proto4-ids-"));
  fixed = await compile("fixed", [
    ...Object.values(bothSides).map(({ before, fires }) => [before, fires].map(toSources)),
    ...Object.values(fixedCases).map(({ before, after }) => [before, after].map(toSources)),
  ]);
  random = await compile(
    "random",
    Array.from({ length: RANDOM }, (_, index) => printSides(seed * 1e6 + 5e5 + index)),
  );
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** An image a side. */
async function compile(name: string, cases: readonly (readonly Sources[])[]): Promise<readonly Image[]> {
  const folders = cases[0]!.map((_, side) => join(folder, `${name}${side}`));
  await Promise.all(
    folders.map((each, side) =>
      writeTree(
        each,
        cases.map((sides) => sides[side]!),
      ),
    ),
  );
  expect((await buildImages(folders)).size).toBeLessThan(cases.length / 4);
  return Promise.all(folders.map((each) => loadImage(`${each}.binpb`)));
}

function printSides(seed: number): readonly Sources[] {
  const { before, after } = randomPair(seed);
  const sides = [before, after].map((side) => withSpares(side));
  const edited = Object.values(edits).map((edit) => {
    const model = structuredClone(sides[1]!);
    edit(new Dice(seed), model);
    return model;
  });
  const printed = [...sides, ...edited].map(printCase);
  return [...printed, commented(printed[1]!)];
}

function commented(sources: Sources): Sources {
  const comment = (text: string) => text.replaceAll("\n", "\n\n/* a word\n on it */ // and more\n");
  return new Map([...sources].map(([path, text]) => [path, comment(text)]));
}

function findAll(before: Image, after: Image): readonly (readonly Finding[])[] {
  return asked.map((categories) => check(before, after, { today: "2026-01-01", categories }));
}

test("different findings never share an id, within a run", () => {
  const rules = new Set<string>();
  for (const [before, after] of [fixed, random])
    for (const found of findAll(before!, after!)) {
      expect(sharing(found)).toEqual([]);
      for (const { rule } of found) rules.add(rule);
    }
  const unheard = allRules.filter(({ id, categories }) => !isAlwaysAsked(categories) && !rules.has(id));
  // The fixed cases have each of buf's rules; of the precise ones, random edits may miss a few.
  expect(unheard.filter(({ categories }) => categories.some((name) => asked[0]!.includes(name)))).toEqual([]);
  expect(unheard.length).toBeLessThan(5);
});

function isAlwaysAsked(categories: readonly string[]): boolean {
  return categories.includes("LIFECYCLE") || categories.includes("STRICT");
}

/** What several findings bear the same id. */
function sharing(found: readonly Finding[]): readonly string[] {
  const first = new Map<string, Finding>();
  return found.flatMap((finding) => {
    const other = first.get(finding.id);
    if (other === undefined) first.set(finding.id, finding);
    return other === undefined ? [] : [`${finding.rule}: ${other.message} / ${finding.message}`];
  });
}

/** By the edit, what is about what it does, and so goes. */
const about: Readonly<Record<string, (finding: Finding) => boolean>> = {
  "remove members": ({ symbol }) => symbol.endsWith(".spare"),
  "rename members": ({ rule }) => rule === "FIELD_SAME_NAME" || rule === "FIELD_SAME_JSON_NAME",
  // A type that leaves its file takes along what left it: that is one finding.
  "split a file": ({ rule }) => /^(MESSAGE|ENUM|SERVICE|EXTENSION)_NO_DELETE$/.test(rule),
};

test.each([...Object.keys(edits), "write comments"].map((name, index) => [name, index + 2] as const))(
  "to %s leaves the ids of the findings that were there",
  (name, side) => {
    const later = findAll(random[0]!, random[side]!);
    let kept = 0;
    findAll(random[0]!, random[1]!).forEach((found, index) => {
      const ids = new Set(later[index]!.map(({ id }) => id));
      const expected = found.filter((finding) => !about[name]?.(finding));
      const lost = expected.filter(({ id }) => !ids.has(id));
      expect(lost.map(({ rule, message, symbol }) => `${rule} ${symbol}: ${message}`)).toEqual([]);
      kept += expected.length;
    });
    expect(kept).toBeGreaterThan(RANDOM);
  },
);

/** What holds of elements by themselves, and by lifecycle, beside it all: a fixture a rule. */
const lifecycles = allRules.filter(({ categories }) => isAlwaysAsked(categories)).map(({ id }) => id);

test("findings about lifecycles never share an id either, and keep it when lines move and others come", async () => {
  const rules = new Set<string>();
  const judged = lifecycles.map(async (id) => {
    const [before, after] = await loadFixture(folderOf(id));
    const edited = await loadSources(await editFixture(folderOf(id)));
    for (const judge of [
      (image: Image) => check(before, image, { today: "2026-11-22", categories: ["FILE", "WIRE"] }),
      (image: Image) => inspect(image, { ...defaultPolicy, unannotated: "require" }),
    ]) {
      const [found, later] = [judge(after), new Set(judge(edited).map(({ id }) => id))];
      expect(sharing(found)).toEqual([]);
      expect(found.filter(({ id }) => !later.has(id))).toEqual([]);
      for (const { rule } of found) rules.add(rule);
    }
  });
  await Promise.all(judged);
  // Some show only by a team's policy, or by an elder version.
  expect(lifecycles.filter((id) => !rules.has(id)).length).toBeLessThan(6);
});

/** The later side of a fixture, every line further down and further in, and a message and an enum more. */
async function editFixture(name: string): Promise<string> {
  const sources = join(fixtures, name, "after");
  const paths = (await readdir(sources, { recursive: true })).filter((path) => path.endsWith(".proto"));
  const added = "message Added {}\nenum AddedKind { ADDED_KIND_UNSPECIFIED = 0; }\n";
  const edited = paths.map(async (path, at) => {
    const text = await readFile(join(sources, path), "utf8");
    // Its comments stay where they are: what they say is what a rule is about.
    return [path, `// Moved.\n\n\n${text.replaceAll("\n", "\n   ")}${at === 0 ? added : ""}`] as const;
  });
  return writeSources(Object.fromEntries(await Promise.all(edited)));
}

const proto = (body: string) => `syntax = "proto3";\npackage pkg;\n${body}\n`;

async function load(files: string | Readonly<Record<string, string>>): Promise<Image> {
  return loadImage(await writeSources(typeof files === "string" ? { "a.proto": proto(files) } : files));
}

/** The baselines, each as it may be written, and a version that offends a rule by each of them. */
const baselines: Readonly<
  Record<string, readonly [Parameters<typeof load>[0][], Parameters<typeof load>[0]]>
> = {
  "numbers that are reserved no more": [
    ["message M { reserved 2 to 5; }", "message M { reserved 1 to 5; }"],
    "message M { reserved 1, 3 to 5; }",
  ],
  "a value of two names that leaves": [
    [
      "enum E { option allow_alias = true; Z = 0; A = 1; B = 1; }",
      "enum E { option allow_alias = true; Z = 0; B = 1; A = 1; }",
    ],
    "enum E { Z = 0; }",
  ],
  "a package that is gone": [
    [
      { "a.proto": proto("message M {}") },
      { "b.proto": proto("message N {}"), "c.proto": proto("message M {}") },
    ],
    { "d.proto": 'syntax = "proto3";\npackage other;\n' },
  ],
};

test.each(Object.entries(baselines))(
  "%s: the same finding against each baseline",
  async (_, [befores, after]) => {
    const options = { today: "2026-01-01", categories: ["PACKAGE"] };
    const [first, second] = await Promise.all(
      befores.map(async (before) =>
        check(await load(before), await load(after), options).map(({ id }) => id),
      ),
    );
    expect(first).toHaveLength(1);
    expect(second).toEqual(first);
  },
);

/** Sides of which the second says more of the same: whoever accepted the first has not accepted that. */
const graver: Readonly<Record<string, readonly [before: string, first: string, second: string]>> = {
  "another number is free": [
    "message M { reserved 2 to 5; }",
    "message M { reserved 3 to 5; }",
    "message M { reserved 4 to 5; }",
  ],
  "the number is taken": [
    "message M { reserved 2; }",
    "message M { string a = 1; }",
    "message M { string a = 1; string b = 2; }",
  ],
  "the type is another": [
    "message M { int32 a = 1; }",
    "message M { bytes a = 1; }",
    "message M { bool a = 1; }",
  ],
};

test.each(Object.entries(graver))("%s: not what was found before", async (_, sides) => {
  const [before, first, second] = await Promise.all(sides.map(load));
  const options = { today: "2026-01-01", categories: ["WIRE"] };
  const [ids, others] = [first, second].map((after) => check(before!, after!, options).map(({ id }) => id));
  expect([ids!.length, others!.length]).toEqual([1, 1]);
  expect(ids).not.toEqual(others);
});
