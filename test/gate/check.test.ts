import { expect, test } from "vitest";
import { diffSchema } from "../../src/diff/index.js";
import { check, inspect, reportJson, reportText } from "../../src/gate/index.js";
import { loadImage } from "../../src/image/index.js";
import { buildSchema } from "../../src/schema/index.js";
import { checkCases, compileSides } from "./check-cases.js";

const today = "2026-11-22";
const before = "message M { int32 a = 1; string b = 2; reserved 9; } enum E { Z = 0; A = 1; }";

test("a finding keeps its id when lines move, elements change places and the file's other parts change", async () => {
  const after = "message M { string a = 1; } enum E { Z = 0; }";
  const moved =
    "\n\n// more\nenum E { Z = 0; }\n enum Other { OZ = 0; }\nmessage M {\n string c = 3;\n\n string a = 1; }";
  const [first, second] = await Promise.all([
    checkCases([[before, after]], { today }),
    checkCases([[before, moved]], { today }),
  ]);
  const ids = first[0]!.map(({ id }) => id);
  expect(ids.length).toBe(4);
  expect(new Set(ids).size).toBe(4);
  expect(ids.every((id) => /^[0-9a-f]{12}$/.test(id))).toBe(true);
  expect(second[0]!.map(({ id }) => id).sort()).toEqual([...ids].sort());
});

test("another offence of the same rule and symbol is another finding", async () => {
  const found = await checkCases(
    [
      ["message M { int32 a = 1; }", "message M { string a = 1; }"],
      ["message M { int32 a = 1; }", "message M { bytes a = 1; }"],
    ],
    { today },
  );
  expect(found[0]![0]!.id).not.toBe(found[1]![0]!.id);
});

test("findings come in the order of file, line, column, rule id", async () => {
  const [before, after] = await compileSides([
    [
      {
        "b.proto": "message M { int32 a = 1; int32 b = 2; }",
        "a.proto": "message K { int32 a = 1; } message L {}",
      },
      { "b.proto": "message M { string x = 1; string b = 2; }", "a.proto": "message K { string a = 1; }" },
    ],
  ]);
  const findings = check(before, after, { today });
  expect(findings.map(({ at, rule }) => [at?.path, at?.startLine, at?.startColumn, rule])).toEqual([
    ["c0/a.proto", undefined, undefined, "MESSAGE_NO_DELETE"],
    ["c0/a.proto", 4, 13, "FIELD_SAME_TYPE"],
    ["c0/b.proto", 4, 13, "FIELD_SAME_JSON_NAME"],
    ["c0/b.proto", 4, 13, "FIELD_SAME_TYPE"],
    ["c0/b.proto", 4, 20, "FIELD_SAME_NAME"],
    ["c0/b.proto", 4, 27, "FIELD_SAME_TYPE"],
  ]);
});

test("the screen shows place, verdict, reason and way out, as the style asks", async () => {
  const [findings] = await checkCases(
    [["message Order { string id = 1;\n  string note = 5; }", "message Order { string id = 1; }"]],
    { today },
  );
  expect(reportText(findings!)).toBe(
    [
      'c0/a.proto:4:1: error FIELD_NO_DELETE  field 5 "note" left message c0.Order while STABLE',
      "  was      c0/a.proto:5:3",
      "  breaks   readers of stored data, elder readers of newer data, newer readers of elder data, JSON, generated source",
      "  do this  mark it DEPRECATED first:  string note = 5 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED];",
      '           after its sunset:          reserved 5; reserved "note";',
      "  finding  dc25ef23503c",
      "",
    ].join("\n"),
  );
});

test("a line of JSON has buf's keys first, then ours", async () => {
  const [findings] = await checkCases(
    [["message M {} message N { int32 a = 1; }", "message N { int64 a = 1; }"]],
    {
      today,
    },
  );
  const lines = reportJson(findings!)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(Object.keys(lines[0])).toEqual([
    "path",
    "start_line",
    "start_column",
    "end_line",
    "end_column",
    "type",
    "message",
    "severity",
    "symbol",
    "lifecycle",
    "before",
    "finding",
    "breaks",
    "suggestion",
    "fixes",
  ]);
  expect(lines[0]).toMatchObject({
    path: "c0/a.proto",
    start_line: 1,
    start_column: 1,
    end_line: 1,
    end_column: 1,
    type: "MESSAGE_NO_DELETE",
    symbol: "c0.M",
    before: { path: "c0/a.proto", start_line: 4, start_column: 1, end_line: 4, end_column: 13 },
  });
});

test("inside a package with a component proto4, the way out has the leading dot", async () => {
  const text = 'syntax = "proto3"; package pkg.proto4.v1; message M { string a = 1; string b = 2; }';
  const [findings] = await checkCases([[text, text.replace("string b = 2;", "")]], { today });
  expect(findings![0]!.suggestion[0]).toContain("(.proto4.field_lifecycle) = DEPRECATED]");
});

test("what the findings say to write compiles, and clears the finding it was said of", async () => {
  const body =
    "message M { map<string, int32> a = 1; optional string b = 2; repeated M c = 3; oneof o { M d = 4; } }";
  const [findings] = await checkCases([[body, "message M {}"]], { today });
  const sources = findings!
    .filter(({ rule }) => rule === "FIELD_NO_DELETE")
    .map(({ suggestion }) => suggestion[0]!.split(":  ")[1]!);
  expect(sources.length).toBe(4);
  const [again] = await checkCases([[body, `message M { ${sources.join(" ")} }`]], { today });
  expect(again!.filter(({ rule }) => rule === "FIELD_NO_DELETE")).toEqual([]);
});

test("inspect needs no version before, and leaves imports alone", async () => {
  const source =
    "message X { option (proto4.message_lifecycle) = EXPERIMENTAL; } message M { X x = 1 [(proto4.field_lifecycle) = STABLE]; }";
  const [image] = await compileSides([[source, source]]);
  expect(inspect(image).map(({ rule, symbol, severity }) => `${severity} ${rule} ${symbol}`)).toEqual([
    "error LIFECYCLE_REFERENCE c0.M.x",
  ]);
  const asImports = { files: image.files.map((file) => ({ ...file, isImport: true })) };
  expect(inspect(asImports)).toEqual([]);
});

test("googleapis against itself is clean in every category", async () => {
  const protos = "node_modules/google-gax/build/protos";
  const image = await loadImage(protos, { excludePaths: [`${protos}/google/protobuf`] });
  const schema = buildSchema(image.files);
  expect(schema.elements.size).toBeGreaterThan(1000);
  expect(diffSchema(schema, buildSchema(image.files))).toEqual([]);
  expect(inspect(image)).toEqual([]);
  const categories = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR", "WIRE_PRECISE", "CONFLUENT"] as const;
  expect(check(image, image, { today, categories })).toEqual([]);
});
