import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import type { Declaration } from "../../../src/gate/source/declaration.js";
import { declaredNames } from "../../../src/gate/source/declared-names.js";
import { readSource } from "../../../src/gate/source/read-source.js";
import { textOf } from "../../../src/gate/source/span.js";
import { tokenize } from "../../../src/gate/source/tokenize.js";

function find(text: string, name: string): Declaration {
  return declaredNames(readSource(text)).get(name)!.declaration;
}

describe("a statement's own", () => {
  const text = `syntax = "proto3";
package p;

// Detached.

// Above,
/* in two kinds. */
message M { // behind the brace
  // One.
  optional .p.M one = 0x1 [
    deprecated = true, // why
    (p.x).y = { a: "1" 'x', b: [1, 2] }
  ]; // behind
  map < string , M > many = 2; /* same
  line */ int32 more = 3;
}
`;
  test("comments are those right above it, and behind it in its line", () => {
    const { whole } = find(text, "p.M");
    expect(text.slice(whole.start).startsWith("// Above,\n/* in two")).toBe(true);
    expect(textOf(text, find(text, "p.M.one").whole)).toMatch(/^\/\/ One\..*\/\/ behind$/s);
  });

  test("comments do not reach into the next statement's line", () => {
    expect(textOf(text, find(text, "p.M.many").whole)).toBe("map < string , M > many = 2;");
    expect(textOf(text, find(text, "p.M.more").whole)).toBe("/* same\n  line */ int32 more = 3;");
  });

  test("parts are where they stand", () => {
    const { type, name, number, options, brackets } = find(text, "p.M.one");
    expect([type, name, number].map((span) => textOf(text, span!))).toEqual(["optional .p.M", "one", "0x1"]);
    expect(options.map(({ path }) => path)).toEqual([["deprecated"], ["(p.x)", "y"]]);
    expect(options.map(({ value }) => textOf(text, value))).toEqual(["true", `{ a: "1" 'x', b: [1, 2] }`]);
    expect(textOf(text, brackets!)).toMatch(/^\[.*\]$/s);
    expect(textOf(text, find(text, "p.M.many").type!)).toBe("map < string , M >");
  });
});

test.each<[what: string, text: string, names: readonly string[]]>([
  [
    "a group and its field",
    "message M { optional group Sub = 1 { optional int32 x = 1; } }",
    ["M", "M.sub", "M.Sub", "M.Sub.x"],
  ],
  [
    "a group in a oneof",
    "message M { oneof o { group Sub = 1 {} int32 y = 2; } }",
    ["M", "M.o", "M.sub", "M.Sub", "M.y"],
  ],
  [
    "extensions, of the file and of a message",
    "package p; extend .a.B { int32 x = 1; } message M { extend a.B { int32 y = 2; } }",
    ["p.x", "p.M", "p.M.y"],
  ],
  [
    "values beside their enum",
    "package p; message M { enum E { A = 0; B = -1 [deprecated = true]; } }",
    ["p.M", "p.M.E", "p.M.A", "p.M.B"],
  ],
  ["visibility", 'edition = "2024"; export message M { local enum E { A = 0; } }', ["M", "M.E", "M.A"]],
  [
    "methods with a body and without",
    "service S { rpc A(stream .M) returns (M); rpc B(M) returns (stream a . M) { option x = 1; }; }",
    ["S", "S.A", "S.B"],
  ],
  [
    "names that are words of the language",
    "message message { int32 reserved = 1; reserved.X option_ = 2; group.G stream = 3; } enum E { option = 0; reserved = 1; }",
    ["message", "message.reserved", "message.option_", "message.stream", "E", "option", "reserved"],
  ],
  ["statements that are empty", ";; message M { ; int32 x = 1;; } ;", ["M", "M.x"]],
  [
    "options whose values are messages",
    "message M { option (a) = { b: { c: 1 } d < e: [{f: 2}] > }; int32 x = 1; }",
    ["M", "M.x"],
  ],
  [
    "ranges with declarations",
    'message M { extensions 4 to 10 [verification = UNVERIFIED, declaration = { number: 4 full_name: ".a" }]; reserved 1, 2 to max; int32 x = 3; }',
    ["M", "M.x"],
  ],
  [
    "a byte order mark, tabs, carriage returns and no end of line",
    "\ufeffpackage\tp;\r\nmessage M\r\n{\r\n\tint32 x = 1;\r\n}",
    ["p.M", "p.M.x"],
  ],
  [
    "strings with what looks like code",
    `message M { string a = 1 [default = "}; message X { \\" // ", deprecated = true]; string b = 2 [default = '/*']; }`,
    ["M", "M.a", "M.b"],
  ],
])("%s are declared", (_, text, names) => {
  expect([...declaredNames(readSource(text)).keys()]).toEqual(names);
});

describe("what is no source", () => {
  const piece = fc.constantFrom(
    ..."{ } [ ] ( ) < > ; = , . message enum oneof option reserved extend rpc group returns package".split(
      " ",
    ),
    ...[
      '"',
      "'",
      "\\",
      "/*",
      "*/",
      "//",
      "\n",
      "\r\n",
      " ",
      "-",
      "1",
      "0x",
      ".5e+",
      "é",
      "\u0000",
      "\ufeff",
      "\ud800",
      "a",
    ],
  );

  test("is read to its end, and nothing of it is lost", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 60 }), (pieces) => {
        const text = pieces.join("");
        const { tokens, file } = readSource(text);
        for (const { start, end, text: token } of tokens) expect(text.slice(start, end)).toBe(token);
        expect(tokens.every(({ start }, index) => start >= (tokens[index - 1]?.end ?? 0))).toBe(true);
        const blanks = tokens.reduceRight(
          (left, { start, end }) => left.slice(0, start) + left.slice(end),
          text,
        );
        expect(blanks).toMatch(/^[\s\0\ufeff]*$/);
        expect(nested(file)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("and nests deeper than any compiler takes is refused, with the place", () => {
    const deep = `${"message M {\n".repeat(150)}${"}".repeat(150)}`;
    const read = () => readSource(deep, "deep.proto");
    expect(read).toThrow(Proto4Error);
    expect(read).toThrow("nested more than 100 deep");
    try {
      read();
    } catch (error) {
      expect((error as Proto4Error).location).toMatchObject({
        path: "deep.proto",
        startLine: 101,
        startColumn: 11,
      });
    }
    expect(() => readSource(`${"message M {\n".repeat(100)}${"}".repeat(100)}`)).not.toThrow();
    // What nests within values and brackets is not gone into.
    expect(() => readSource(`option (x) = ${"{ a ".repeat(50_000)}`)).not.toThrow();
  });

  test.each([
    ["open comments", "/*".repeat(100_000)],
    ["open strings", '"'.repeat(100_000)],
    ["open brackets", "a[".repeat(100_000)],
    ["statements in one line", "int32 x = 1;".repeat(50_000)],
    ["comments in one line", "/* */".repeat(100_000)],
    ["words without an end", "a ".repeat(100_000)],
    ["equals signs of an option", `option ${"= ".repeat(100_000)}`],
    ["escapes", `"${"\\\\".repeat(100_000)}"`],
    ["a long number", "1e+".repeat(100_000)],
    ["messages", "message M {}\n".repeat(25_000)],
  ])("is read in a time that grows as it does: %s", { timeout: 30_000 }, (_, text) => {
    const start = performance.now();
    readSource(text);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(tokenize(text).length).toBeGreaterThan(0);
  });
});

function nested({ start, end, children }: Declaration): boolean {
  return children.every((child) => start <= child.start && child.end <= end && nested(child));
}
