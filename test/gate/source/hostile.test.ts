import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import { applyFixes } from "../../../src/gate/source/index.js";
import type { Fix } from "../../../src/rules/index.js";

const path = "a.proto";

const piece = fc.constantFrom(
  ...[
    "message M {",
    "enum E {",
    "oneof o {",
    "extend M {",
    "service S {",
    "rpc A(M) returns (M)",
    "}",
    "}",
    "}",
    ";",
    "{",
    "[",
    "]",
  ],
  ...[
    "int32 x = 1",
    "A = 0",
    "reserved 1, 3 to 5",
    'reserved "a"',
    "reserved",
    "[deprecated = true]",
    "[(t) = { a: 1 }]",
    "[(t).a = 1,",
  ],
  ...[
    "option deprecated = true;",
    "option (t) = {",
    "import 'b';",
    "package p;",
    "optional group G = 1",
    "// c",
    "/*",
    "*/",
    '"',
    "\n",
    "\r\n",
    "\t",
    "\ufeff",
  ],
);
const symbol = fc.constantFrom(
  path,
  "M",
  "p.M",
  "M.x",
  "p.M.x",
  "A",
  "E",
  "p.E",
  "S",
  "S.A",
  "M.o",
  "M.g",
  "M.G",
  "x",
);
const text = fc
  .array(fc.tuple(piece, fc.constantFrom(" ", "\n", "", ";\n")), { maxLength: 25 })
  .map((all) => all.flat().join(""));
const written = fc.oneof(
  piece,
  fc.constantFrom("int32 y = 2;", "// c\nB = 1;", "message N {}", "extend M { int32 z = 3; }"),
);
const number = fc.integer({ min: -3, max: 8 });
const range = fc.tuple(number, fc.nat({ max: 3 })).map(([start, length]) => ({ start, end: start + length }));
const contents = { numbers: fc.array(range, { maxLength: 2 }), names: fc.subarray(["a", "b"]) };
const base = { path: fc.constant(path), symbol };

const aFix: fc.Arbitrary<Fix> = fc.oneof(
  fc.record({ ...base, ...contents, kind: fc.constant("reserve" as const) }),
  fc.record({ ...base, ...contents, kind: fc.constant("unreserve" as const) }),
  fc.record({
    ...base,
    kind: fc.constant("insert" as const),
    statement: written,
    after: fc.array(symbol, { maxLength: 2 }),
  }),
  fc.record({ ...base, kind: fc.constant("remove" as const) }),
  fc.record({
    ...base,
    kind: fc.constant("replace" as const),
    part: fc.constantFrom("type", "name", "number", "input", "output", "statement"),
    text: written,
  }),
  fc.record({
    ...base,
    kind: fc.constant("option" as const),
    name: fc.constantFrom("deprecated", "(t)", "(t).a", "(t).a.b", ""),
    value: fc.constantFrom("true", "{ a: 2 }", undefined),
  }),
  fc.record({
    ...base,
    kind: fc.constant("import" as const),
    imported: fc.constantFrom("a", "c"),
    isPublic: fc.boolean(),
  }),
);

test("whatever is asked of whatever text, edits are in order and what they leave is left", () => {
  fc.assert(
    fc.property(text, fc.array(aFix, { maxLength: 6 }), (before, fixes) => {
      const { text: after, edits } = applied(before, fixes);
      let [at, rebuilt] = [0, ""];
      for (const { start, end, text } of edits) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThanOrEqual(start);
        rebuilt += before.slice(at, start) + text;
        at = end;
      }
      expect(rebuilt + before.slice(at)).toBe(after);
      expect(applied(before, fixes.toReversed()).text).toBe(after);
    }),
    { numRuns: 1_000 },
  );
});

function applied(before: string, fixes: readonly Fix[]): ReturnType<typeof applyFixes> {
  try {
    return applyFixes(before, fixes);
  } catch (error) {
    expect(error).toBeInstanceOf(Proto4Error);
    return { text: before, edits: [], refused: [] };
  }
}

test("a thousand fixes of a large file take no time that grows with both", () => {
  const lines = Array.from(
    { length: 1_000 },
    (_, index) => `message M${index} {\n  int32 x = 1;\n  int32 y = 2 [deprecated = true];\n}\n`,
  );
  const fixes = lines.flatMap((_, index): readonly Fix[] => [
    { kind: "reserve", path, symbol: `M${index}`, numbers: [{ start: 7, end: 7 }], names: ["z"] },
    { kind: "option", path, symbol: `M${index}.x`, name: "deprecated", value: "true" },
    { kind: "insert", path, symbol: `M${index}`, statement: "int32 w = 3;", after: [`M${index}.x`] },
    { kind: "remove", path, symbol: `M${index}.y` },
  ]);
  const start = performance.now();
  const { text: after, refused } = applyFixes(lines.join("\n"), fixes);
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(refused).toEqual([]);
  expect(after.match(/int32 w = 3;/g)).toHaveLength(1_000);
});

describe("thousands that come back", () => {
  const field = (index: number) => `  int32 f${index} = ${index};\n`;
  const come = (lost: readonly number[]) =>
    lost.map((index): Fix => {
      const after = Array.from({ length: Math.min(16, index - 1) }, (_, at) => `M.f${index - 1 - at}`);
      return {
        ...{ kind: "insert", path, symbol: "M" },
        ...{ statement: field(index).trim(), after: after.reverse() },
      };
    });
  const all = Array.from({ length: 10_000 }, (_, index) => index + 1);
  const message = (fields: readonly number[]) => `message M {\n${fields.map(field).join("")}}\n`;

  test("in a row come in that order", () => {
    const fixed = applyFixes(message([1]), come(all.slice(1)));
    expect(fixed).toMatchObject({ text: message(all), refused: [] });
  });

  test("between thousands that stayed come to their places", () => {
    const fixed = applyFixes(
      message(all.filter((index) => index % 2 === 1)),
      come(all.filter((index) => index % 2 === 0)),
    );
    expect(fixed).toMatchObject({ text: message(all), refused: [] });
  });
});
