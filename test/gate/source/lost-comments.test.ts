import { describe, expect, test } from "vitest";
import { fixed, insert, remove, replace, set, whyNot } from "./fixed.js";

const proto = (...lines: readonly string[]): string =>
  ['syntax = "proto3";', "message M {", ...lines.map((line) => `  ${line}`), "}", ""].join("\n");
const lost = (comment: string) =>
  `the comment ${comment} would be lost: move it above, into a line of its own`;
const oneof = (...fields: readonly string[]) => insert("M", ["oneof pick {", ...fields, "}"].join("\n"));

describe("a statement that moves", () => {
  const moved = [remove("M.a"), oneof("  // Above.", "  string a = 1; // behind")] as const;

  test("takes the comments along that stand above and behind it", () => {
    const after = fixed(proto("// Above.", "string a = 1; // behind"), ...moved);
    expect(after).toBe(proto("oneof pick {", "  // Above.", "  string a = 1; // behind", "}"));
  });

  test("stays where a comment within it would be lost", () => {
    const text = proto("// Above.", "string a = 1 [", '  json_name = "A" // as ever', "];");
    expect(whyNot(text, ...moved)).toContain(lost("// as ever"));
  });

  test("stays in a oneof where a comment of its own would be lost", () => {
    const text = proto("oneof other {", "  // Mine.", "  string a = 1;", "}");
    expect(whyNot(text, remove("M.other"), insert("M", "string a = 1;"))).toContain(lost("// Mine."));
  });
});

test("a part is not replaced with a comment in it", () => {
  const text = proto("map<string, /* cents */ int64> a = 1;");
  expect(whyNot(text, replace("M.a", "type", "map<string, int32>"))).toEqual([lost("/* cents */")]);
});

test("the value of an option is not replaced with a comment in it", () => {
  const text = proto("option (o) = {", "  // Why.", "  a: 1", "};");
  expect(whyNot(text, set("M", "(o)", "{ a: 2 }"))).toEqual([lost("// Why.")]);
  expect(fixed(text, set("M", "(o).a", "2"))).toBe(text.replace("a: 1", "a: 2"));
});

test("what goes for good takes its comments along", () => {
  expect(fixed(proto("// Above.", "string a = 1; // behind", "string b = 2;"), remove("M.a"))).toBe(
    proto("string b = 2;"),
  );
});
