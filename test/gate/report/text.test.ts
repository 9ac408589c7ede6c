import { expect, test } from "vitest";
import { reportText } from "../../../src/gate/index.js";
import { widthOf } from "../../../src/gate/report/source/cells.js";
import { makeFinding, place, sourcesOf } from "./finding.js";

const finding = makeFinding({
  at: place(3, 1, 9, 2),
  before: place(5, 3, 5, 19),
  breaks: ["stored-data", "elder-readers", "newer-readers", "json", "source"],
  suggestion: [
    "mark it DEPRECATED first:  string note = 2 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED];",
    'after its sunset:          reserved 2; reserved "note";',
  ],
});
const sources = sourcesOf(
  ["", "", "message Order {  // 漢字漢字漢字漢字漢字漢字漢字漢字"],
  ["", "", "", "", "  string note = 2;  // what the customer writes, which is long"],
);

test("a terminal 40 columns wide breaks no word and no line of its own", () => {
  const text = reportText([finding], { width: 40, sources });
  expect(text).toMatchInlineSnapshot(`
    "shop/order.proto:3:1: error
        FIELD_NO_DELETE  field 2 "note" left
        message shop.v1.Order while STABLE
           3 | message Order {  // 漢字漢字…
             | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      was      shop/order.proto:5:3
           5 |   string note = 2;  // what …
             |   ^^^^^^^^^^^^^^^^
      breaks   readers of stored data, elder
               readers of newer data, newer
               readers of elder data, JSON,
               generated source
      do this  mark it DEPRECATED first:
                 string note = 2 [deprecated
                 = true,
                 (proto4.field_lifecycle) =
                 DEPRECATED];
               after its sunset:
                 reserved 2; reserved
                 "note";
      finding  0123456789ab
    "
  `);
  for (const line of text.split("\n")) expect(widthOf(line), line).toBeLessThanOrEqual(40);
});

test("a terminal narrower than that is taken for one of 40 columns", () => {
  expect(reportText([finding], { width: 10, sources })).toBe(reportText([finding], { width: 40, sources }));
});

test.each([40, 57, 80, 120, 200])("at %i columns, only a word that is longer sticks out", (width) => {
  const long = makeFinding({
    ...finding,
    message: `message ${"a.very.long.package".repeat(7)} left, and more is said`,
  });
  const lines = reportText([finding, long], { width, sources }).split("\n");
  for (const line of lines) if (widthOf(line) > width) expect(line.trim()).toMatch(/^\S+$/);
});

test("wrapped or not, the same words stand there", () => {
  const words = (text: string) => text.split(/\s+/);
  const wide = reportText([finding]);
  for (const width of [40, 41, 60, 99]) expect(words(reportText([finding], { width }))).toEqual(words(wide));
});

test("colours are around words, and nothing else changes by them", () => {
  const plain = reportText([finding], { width: 60, sources });
  const colored = reportText([finding], { width: 60, sources, color: true });
  expect(plain).not.toContain("\u001b");
  expect(colored).toContain("\u001b[1;31merror\u001b[0m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  expect(colored.replace(/\u001b\[[\d;]*m/g, "")).toBe(plain);
});

test("each severity has a colour of its own", () => {
  const colorOf = (severity: "error" | "warning" | "info") =>
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
    /\u001b\[([\d;]*)m(?:error|warning|info)/.exec(
      reportText([makeFinding({ severity })], { color: true }),
    )?.[1];
  expect(new Set([colorOf("error"), colorOf("warning"), colorOf("info")]).size).toBe(3);
});

test("what is written by others cannot write a line of its own", () => {
  const hostile = makeFinding({
    message: "x\nshop/order.proto:1:1: error FAKE  y",
    at: { path: "a\u001b[2Jb.proto" },
    suggestion: ["z\r\u0007"],
  });
  const text = reportText([hostile]);
  expect(text.split("\n")).toHaveLength(4);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
});

test("what is waived is left out", () => {
  const waiver = { reason: "nobody reads it", owner: "jo", expires: "2027-01-31" };
  expect(reportText([{ ...finding, waiver }])).toBe("");
  expect(reportText([finding, { ...finding, waiver }])).toBe(reportText([finding]));
});
