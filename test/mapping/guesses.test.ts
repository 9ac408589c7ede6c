import { beforeAll, expect, test } from "vitest";
import { mapSchema } from "../../src/mapping/index.js";
import type { Schema } from "../../src/schema/index.js";
import { compile } from "./compile.js";
import { sourcesOf } from "./pair.js";

const pairs = [
  {
    v3: "message M { string mail = 1; int64 age = 2; string name = 3; bytes id = 4; }",
    v4: 'message M { string email = 1; int64 years = 2; string name = 3; bytes key = 9 [(proto4.field_terms) = {was: "id"}]; }',
  },
  {
    v3: "message M { string mail = 1; string fax = 2 [(proto4.field_lifecycle) = DEPRECATED]; string telex = 3; string cable = 4; }",
    v4: 'message M { reserved 3; reserved "cable"; string email = 1; }',
  },
  {
    v3: "message M { oneof o { string a = 1; int32 b = 2; } int32 c = 3; }",
    v4: "message M { oneof o { string x = 1; int32 b = 2; int32 c = 3; } }",
  },
  {
    v3: "enum State { STATE_UNKNOWN = 0; STATE_CANCELED = 1; STATE_RUNNING = 2; STATE_FAILED_HARD = 3; STATE_LOST = 4; }",
    v4: 'enum State { STATE_UNSPECIFIED = 0; STATE_CANCELED_BY_USER = 1; STATE_RUNNING = 2; STATE_HARD_FAILURE = 3; STATE_GONE = 5 [(proto4.enum_value_terms) = {was: "STATE_LOST"}]; }',
  },
  {
    v3: "enum E { Z = 0; RED = 1; }",
    v4: "enum E { Z = 0; SCARLET = 1; }",
  },
];

let schema: Schema;
beforeAll(async () => {
  ({ schema } = await compile(Object.fromEntries(pairs.flatMap((pair, index) => sourcesOf(pair, index)))));
});

test("number and type pair a field that nothing else of its type could be", () => {
  expect(pairedIn(0)).toEqual([
    "mail → email number",
    "age → years number",
    "name → name name",
    "id → key was",
  ]);
});

test("what is declared to have ended is no candidate", () => {
  expect(pairedIn(1)).toEqual(["mail → email number"]);
});

test("members of a oneof tell what paired them", () => {
  const [message] = mapSchema(schema, { v4: "case2.v4" })!.messages;
  const [oneof] = message!.entries;
  const members = oneof?.kind === "oneof" ? oneof.members : [];
  expect(members.map(({ v4, pairedBy }) => `${v4?.name} ${pairedBy}`)).toEqual([
    "x number",
    "b name",
    "c name",
  ]);
});

test("values of one number pair where their names have a word in common, zero whatever its name", () => {
  expect(valuesIn(3)).toEqual([
    "STATE_UNKNOWN → STATE_UNSPECIFIED number",
    "STATE_CANCELED → STATE_CANCELED_BY_USER number",
    "STATE_RUNNING → STATE_RUNNING name",
    "STATE_FAILED_HARD → STATE_HARD_FAILURE number",
    "STATE_LOST → STATE_GONE was",
  ]);
});

test("a value that nothing else could be pairs by number alone", () => {
  expect(valuesIn(4)).toEqual(["Z → Z name", "RED → SCARLET number"]);
});

function pairedIn(index: number): readonly string[] {
  const [message] = mapSchema(schema, { v4: `case${index}.v4` })!.messages;
  return message!.entries.flatMap((entry) =>
    entry.kind === "paired" ? [`${entry.v3.name} → ${entry.v4.name} ${entry.pairedBy}`] : [],
  );
}

function valuesIn(index: number): readonly string[] {
  const [mapping] = mapSchema(schema, { v4: `case${index}.v4` })!.enums;
  return mapping!.values.map(({ v3, v4, pairedBy }) => `${v3.name} → ${v4.name} ${pairedBy}`);
}
