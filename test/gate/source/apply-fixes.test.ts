import { expect, test } from "vitest";
import { applyFixes } from "../../../src/gate/source/index.js";
import type { Fix } from "../../../src/rules/index.js";

const path = "a.proto";
const source = `// License.

syntax = "proto3";

package a.v1;

message A {
  option deprecated = true;
  reserved 5, 7 to 9;
  reserved "x";

  // About one.
  int32 one = 1; // one
  string two = 2 [deprecated = true];

  oneof pick {
    int32 three = 3;
  }
}

message B {}

enum E {
  E_ZERO = 0;
}

service S {
  rpc Get(A) returns (stream B);
}
`;

test("what is asked of every kind of element is made at once, and only once", () => {
  const base = { path };
  const fixes: Fix[] = [
    { ...base, kind: "reserve", symbol: "a.v1.A", numbers: [{ start: 6, end: 6 }], names: ["six"] },
    { ...base, kind: "reserve", symbol: "a.v1.E", numbers: [{ start: -2, end: -1 }], names: ["E_X"] },
    {
      ...base,
      kind: "insert",
      symbol: "a.v1.A",
      statement: "// Again.\nint32 four = 4;",
      after: ["a.v1.A.one"],
    },
    { ...base, kind: "insert", symbol: "a.v1.B", statement: "int32 four = 4;", after: [] },
    { ...base, kind: "insert", symbol: path, statement: "message C {\n  int32 x = 1;\n}", after: ["a.v1.A"] },
    {
      ...base,
      kind: "option",
      symbol: "a.v1.A.one",
      name: "(proto4.field_terms).sunset",
      value: '"2027-01-01"',
    },
    { ...base, kind: "option", symbol: "a.v1.A.two", name: "deprecated", value: undefined },
    { ...base, kind: "option", symbol: "a.v1.S.Get", name: "deprecated", value: "true" },
    { ...base, kind: "option", symbol: path, name: "java_package", value: '"a"' },
    { ...base, kind: "replace", symbol: "a.v1.A.three", part: "type", text: "string" },
    { ...base, kind: "import", symbol: path, imported: "b.proto", isPublic: false },
  ];
  const { text, refused } = applyFixes(source, fixes);
  expect(refused).toEqual([]);
  expect(text).toContain('reserved 5 to 9;\n  reserved "x", "six";');
  expect(applyFixes(text, fixes).edits).toEqual([]);
});
