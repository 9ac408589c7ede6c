import { createInterface, type Interface } from "node:readline";
import { PassThrough } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { reportText } from "../../../src/gate/index.js";
import { widthOf } from "../../../src/gate/report/source/cells.js";
import { toLines } from "../../../src/gate/report/source/source-line.js";
import { utf16Column } from "../../../src/gate/report/source/utf16-column.js";
import { makeFinding, place, sourcesOf } from "./finding.js";

/** The two lines of a snippet, for a place in the first line of a file. */
function snippetOf(line: string, from: number, to: number, width?: number): readonly (string | undefined)[] {
  const finding = makeFinding({ at: place(1, from, 1, to) });
  const lines = reportText([finding], { width, sources: sourcesOf([line]) }).split("\n");
  const at = lines.findIndex((each) => / 1 \|/.test(each));
  return lines.slice(at, at + 2);
}

test.each([
  ["  string note = 2;", 3, 9, "  string note = 2;", "  ^^^^^^"],
  ["\tstring note = 2;", 5, 11, "    string note = 2;", "    ^^^^^^"],
  ["  /**/\tstring note = 2;", 9, 15, "  /**/  string note = 2;", "        ^^^^^^"],
  ["/* 漢字 */ string b = 2;", 12, 18, "/* 漢字 */ string b = 2;", "           ^^^^^^"],
  ["/* 👨‍👩‍👧 🇩🇪 */ string b = 2;", 13, 19, "/* 👨‍👩‍👧 🇩🇪 */ string b = 2;", "            ^^^^^^"],
  ["/* e\u0301 */ string b = 2;", 9, 15, "/* e\u0301 */ string b = 2;", "        ^^^^^^"],
  [
    'string a = 1 [default = "漢字"];',
    25,
    31,
    'string a = 1 [default = "漢字"];',
    "                        ^^^^^^",
  ],
])("the caret stands below what is meant: %j", (line, from, to, shown, carets) => {
  expect(snippetOf(line, from, to)).toEqual([`       1 | ${shown}`, `         | ${carets}`]);
});

test("a place of several lines is marked to the end of its first one", () => {
  const finding = makeFinding({ at: place(1, 1, 3, 2) });
  const text = reportText([finding], { sources: sourcesOf(["message Order {", "  string id = 1;", "}"]) });
  expect(text).toContain("       1 | message Order {\n         | ^^^^^^^^^^^^^^^\n");
});

test("a line that is too long is clipped around the place", () => {
  const line = `${"a".repeat(60)} HERE ${"z".repeat(60)}`;
  const [shown = "", carets = ""] = snippetOf(line, 62, 66, 40);
  expect(shown).toBe(`       1 | …${"a".repeat(12)} HERE ${"z".repeat(9)}…`);
  expect(widthOf(shown)).toBeLessThanOrEqual(40);
  expect(carets.indexOf("^^^^")).toBe(shown.indexOf("HERE"));
});

test("what is clipped keeps wide signs whole and the caret right", () => {
  const line = `${"漢".repeat(40)}HERE${"字".repeat(40)}`;
  for (let width = 40; width < 60; width++) {
    const [shown = "", carets = ""] = snippetOf(line, 81, 85, width);
    expect(widthOf(shown)).toBeLessThanOrEqual(width);
    expect(widthOf(shown.slice(0, shown.indexOf("HERE")))).toBe(carets.indexOf("^^^^"));
  }
});

test("a sign that would steer the terminal is shown as its code", () => {
  const [shown = "", carets = ""] = snippetOf("a\u001b[31m b\u202e", 7, 8);
  expect(shown).toBe("       1 | a\\u001b[31m b\\u202e");
  expect(carets.indexOf("^")).toBe(shown.indexOf(" b") + 1);
});

test.each([
  ["a line that the file no longer has", place(9, 1, 9, 5)],
  ["a file as a whole", { path: "shop/order.proto" }],
  ["no place", undefined],
])("%s has no snippet", (_, at) => {
  expect(reportText([makeFinding({ at })], { sources: sourcesOf(["one line"]) })).not.toContain(" |");
});

test("the line before is shown where it says something else", () => {
  const finding = makeFinding({ at: place(1, 1, 1, 4), before: place(1, 1, 1, 4) });
  const shown = (before: string) => reportText([finding], { sources: sourcesOf(["abc"], [before]) });
  expect(shown("abd")).toContain("  was      shop/order.proto:1:1\n       1 | abd\n         | ^^^\n");
  expect(shown("  abc").match(/\^/g)).toHaveLength(3);
});

test("the source is shown of the first hundred findings, and that there are more is said", () => {
  const many = Array.from({ length: 150 }, () => makeFinding({ at: place(1, 1, 1, 4) }));
  const text = reportText(many, { sources: sourcesOf(["abc"]) });
  expect(text.match(/\^\^\^/g)).toHaveLength(100);
  expect(text).toMatch(/\nthe source is shown of the first 100 findings only\n$/);
  expect(reportText(many)).not.toContain("the source is shown");
});

test("neither a byte order mark nor carriage returns are a part of a line", () => {
  expect(toLines("\ufeffa\r\nb\nc")).toEqual(["a", "b", "c"]);
});

test.each([
  ["\t漢字 x", 10, 5],
  ["👍 x", 4, 4],
  ["abc", 4, 4],
  ["abc", 9, 9],
  ["e\u0301x", 2, 3],
  [`${"漢".repeat(1200)}x`, 2401, 1201],
])("in UTF-16, column %3$i of %1$j is counted by code units", (line, column, units) => {
  expect(utf16Column(line, column)).toBe(units);
});

const output = Object.assign(new PassThrough(), { columns: 1e6 });
const shell = createInterface({
  input: new PassThrough(),
  output,
  terminal: true,
  prompt: "",
}) as Interface & {
  line: string;
  cursor: number;
};
afterAll(() => shell.close());

test.each([
  ["Latin, Greek, Cyrillic, Arabic and what combines with them", 0x00ae, 0x0fff],
  ["Chinese, Japanese and Korean", 0x2e80, 0x4dbf],
  ["Han and Hangul", 0x4e00, 0xd7a3],
  ["compatibility forms, full and half width", 0xf900, 0xffef],
  ["emoji", 0x1f300, 0x1faff],
])("%s are as wide as Node's line editor takes them for", (_, from, to) => {
  const wrong: string[] = [];
  for (let code = from; code <= to; code++) {
    const sign = String.fromCodePoint(code);
    if (/[\p{Cn}\p{Co}\p{Cs}]/u.test(sign)) continue;
    Object.assign(shell, { line: sign, cursor: sign.length });
    if (shell.getCursorPos().cols !== widthOf(sign)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});
