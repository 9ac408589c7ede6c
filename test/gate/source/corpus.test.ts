import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { applyFixes, unifiedDiff } from "../../../src/gate/source/index.js";
import { tokenize } from "../../../src/gate/source/tokenize.js";
import { loadImage } from "../../../src/image/index.js";
import type { Fix } from "../../../src/rules/index.js";
import { buildSchema, type Element, elementsOf, type SchemaFile } from "../../../src/schema/index.js";

/** Files that nobody here wrote, every element of which is edited. */
const google = dirname(createRequire(import.meta.url).resolve("google-proto-files/package.json"));
const paths = ["google/devtools", "google/cloud/dialogflow"];
const folder = mkdtempSync(join(tmpdir(), "proto4-corpus-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Edited {
  readonly before: string;
  readonly after: string;
  readonly fixes: readonly Fix[];
}

const edited = new Map<string, Edited>();
let compiled: ReadonlyMap<string, SchemaFile> = new Map();

beforeAll(async () => {
  const schema = buildSchema((await loadImage(".", { cwd: google, paths })).files);
  for (const file of schema.files.values()) {
    const before = readFileSync(join(google, file.fullName), "utf8");
    const fixes = file.isImport ? [] : fixesOf(file);
    const { text: after, refused } = applyFixes(before, fixes);
    expect(refused).toEqual([]);
    mkdirSync(dirname(join(folder, file.fullName)), { recursive: true });
    writeFileSync(join(folder, file.fullName), after);
    if (!file.isImport) edited.set(file.fullName, { before, after, fixes });
  }
  compiled = buildSchema((await loadImage(".", { cwd: folder, paths })).files).files;
}, 120_000);

test("what comes of it compiles, and has all that was asked for", () => {
  expect(edited.size).toBeGreaterThan(200);
  for (const path of edited.keys()) {
    const file = compiled.get(path)!;
    expect(file.dependencies).toContain("google/protobuf/empty.proto");
    expect(file.deprecated).toBe(true);
    for (const element of elementsOf(file))
      expect(`${element.fullName} ${holds(element)}`).toBe(`${element.fullName} true`);
  }
});

test("no comment is lost, and nothing else changes", () => {
  const comments = (text: string) =>
    tokenize(text)
      .filter(({ kind }) => kind === "comment")
      .map((token) => token.text);
  for (const { before, after } of edited.values()) {
    expect(comments(after)).toEqual(comments(before));
    // What is in no line with an option or a bracket stays as it is, so most lines do.
    const gone = unifiedDiff("x", before, after)
      .split("\n")
      .filter((line) => /^-(?!--)/.test(line));
    for (const line of gone) expect(line).toMatch(/^- *(\/\/.*)?$|[;,{\]}]|=/);
  }
});

test("made again, the fixes change nothing", () => {
  for (const { after, fixes } of [...edited.values()].slice(0, 60))
    expect(applyFixes(after, fixes).edits).toEqual([]);
});

function fixesOf(file: SchemaFile): readonly Fix[] {
  const path = file.fullName;
  const own: readonly Fix[] = [
    { kind: "import", path, symbol: path, imported: "google/protobuf/empty.proto", isPublic: false },
    { kind: "option", path, symbol: path, name: "deprecated", value: "true" },
  ];
  return own.concat([...elementsOf(file)].filter(isWritten).flatMap((element) => fixesFor(element, path)));
}

function fixesFor(element: Exclude<Element, SchemaFile>, path: string): readonly Fix[] {
  const { fullName: symbol } = element;
  const deprecated: Fix = { kind: "option", path, symbol, name: "deprecated", value: "true" };
  switch (element.kind) {
    case "message":
      return [
        deprecated,
        {
          kind: "reserve",
          path,
          symbol,
          numbers: [{ start: 500_000, end: 500_002 }],
          names: ["proto4_gone"],
        },
        {
          ...{
            kind: "insert",
            path,
            symbol,
            statement: "bool proto4_new = 500003;",
          },
          after: element.fields.map(({ fullName }) => fullName),
        },
      ];
    case "enum":
      return [
        deprecated,
        { kind: "reserve", path, symbol, numbers: [{ start: -9, end: -8 }], names: ["PROTO4_GONE"] },
      ];
    case "oneof":
      return [];
    default:
      return [deprecated];
  }
}

function isWritten(element: Exclude<Element, SchemaFile>): boolean {
  const { parent } = element;
  return !(element.kind === "message" && element.mapEntry) && !(parent.kind === "message" && parent.mapEntry);
}

function holds(element: Exclude<Element, SchemaFile>): boolean {
  if (!isWritten(element) || element.kind === "oneof" || element.fullName.endsWith(".proto4_new"))
    return true;
  if (element.kind === "message")
    return (
      element.deprecated &&
      element.fields.some(({ name, number }) => name === "proto4_new" && number === 500_003) &&
      element.reservedRanges.some(({ start, end }) => start <= 500_000 && end >= 500_002) &&
      element.reservedNames.includes("proto4_gone")
    );
  if (element.kind !== "enum") return element.deprecated;
  return element.deprecated && element.reservedRanges.some(({ start, end }) => start === -9 && end === -8);
}
