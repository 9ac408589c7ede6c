import { describe, expect, test } from "vitest";
import { fix, fixed, reserve, unreserve, whyNot } from "./fixed.js";

const message = (...lines: readonly string[]) =>
  `package p;\nmessage M {\n${lines.map((line) => (line === "" ? "\n" : `  ${line}\n`)).join("")}}\n`;
const x = "int32 x = 1;";

describe("numbers are reserved", () => {
  test.each<
    [
      what: string,
      before: readonly string[],
      numbers: readonly (number | readonly [number, number])[],
      after: readonly string[],
    ]
  >([
    ["into ranges that they touch", ["reserved 5, 7 to 9;"], [6], ["reserved 5 to 9;"]],
    ["in their order", ["reserved 2, 20;"], [10], ["reserved 2, 10, 20;"]],
    ["as a range of their own", ["reserved 2;"], [[10, 12]], ["reserved 2, 10 to 12;"]],
    ["without touching what others look like", ["reserved 0x10, 3, 4;"], [8], ["reserved 3, 4, 8, 0x10;"]],
    ["if they are not yet", ["reserved 5, 7 to 9;"], [5, [8, 9]], ["reserved 5, 7 to 9;"]],
    ["where some of them are not yet", ["reserved 5, 7 to 9;"], [[4, 8]], ["reserved 4 to 9;"]],
    ["to the end", ["reserved 5;"], [[7, 536870911]], ["reserved 5, 7 to max;"]],
    [
      "behind a comment that would be lost",
      ["reserved 5, /* seven */ 7;"],
      [6],
      ["reserved 5, /* seven */ 7, 6;"],
    ],
    [
      "in lines of their own",
      ["reserved", "  5, // five", "  7; // seven"],
      [6],
      ["reserved", "  5, // five", "  7,", "  6; // seven"],
    ],
    [
      "in the statement that they touch",
      ["reserved 5;", "reserved 10;", 'reserved "a";'],
      [6],
      ["reserved 5 to 6;", "reserved 10;", 'reserved "a";'],
    ],
    [
      "in the last statement of numbers",
      ["reserved 5;", "reserved 10;", 'reserved "a";'],
      [20],
      ["reserved 5;", "reserved 10, 20;", 'reserved "a";'],
    ],
    [
      "in a statement of their own where there are only names",
      ['reserved "a";', "", x],
      [20],
      ['reserved "a";', "reserved 20;", "", x],
    ],
    [
      "at the top, behind options",
      ["option deprecated = true;", x],
      [20, [22, 23]],
      ["option deprecated = true;", "reserved 20, 22 to 23;", x],
    ],
    ["at the top", ["// One.", x], [20], ["reserved 20;", "", "// One.", x]],
  ])("%s", (_, before, numbers, after) => {
    expect(fixed(message(...before), reserve("p.M", ...numbers))).toBe(message(...after));
  });

  test("in a body that is empty, or in one line", () => {
    expect(fixed("message M {}\n", reserve("M", 4, "a"))).toBe(
      'message M {\n  reserved 4;\n  reserved "a";\n}\n',
    );
    expect(fixed("message M { int32 x = 1; }", reserve("M", 4))).toBe(
      "message M {\n  reserved 4;\n  int32 x = 1;\n}",
    );
    expect(fixed("message M {\n  // Nothing.\n}\n", reserve("M", 4))).toBe(
      "message M {\n  // Nothing.\n  reserved 4;\n}\n",
    );
  });

  test("in an enum below zero, and to its end", () => {
    const text = "enum E {\n  reserved -7, -5 to -3;\n  A = 0;\n}\n";
    expect(fixed(text, reserve("E", -6))).toBe("enum E {\n  reserved -7 to -3;\n  A = 0;\n}\n");
    expect(fixed(text, reserve("E", [9, 2147483647]))).toBe(
      "enum E {\n  reserved -7, -5 to -3, 9 to max;\n  A = 0;\n}\n",
    );
  });

  test("by several fixes as by one", () => {
    const text = message("reserved 5;", x);
    const all = fixed(text, reserve("p.M", 6, 7, 9, "b", "a"));
    expect(fixed(text, reserve("p.M", 9, "a"), reserve("p.M", 7), reserve("p.M", 6, "b"))).toBe(all);
    expect(all).toBe(message("reserved 5 to 7, 9;", 'reserved "a", "b";', x));
  });
});

describe("names are reserved", () => {
  test.each<[what: string, before: string, after: string]>([
    ["behind others", 'reserved "a", "c";', 'reserved "a", "c", "b";'],
    ["in the author's quotes", "reserved 'a';", "reserved 'a', 'b';"],
    ["as identifiers", "reserved a;", "reserved a, b;"],
    ["if they are not yet, in pieces maybe", `reserved "a", "" 'b';`, `reserved "a", "" 'b';`],
    ["keeping comments", 'reserved "a" /* first */;', 'reserved "a", "b" /* first */;'],
  ])("%s", (_, before, after) => {
    expect(fixed(message(before), reserve("p.M", "b"))).toBe(message(after));
  });

  test("without quotes in editions", () => {
    expect(fixed('edition = "2023";\nmessage M {\n}\n', reserve("M", "b", 4))).toBe(
      'edition = "2023";\nmessage M {\n  reserved 4;\n  reserved b;\n}\n',
    );
  });
});

describe("freed are", () => {
  test.each<
    [
      what: string,
      before: readonly string[],
      freed: readonly (number | readonly [number, number] | string)[],
      after: readonly string[],
    ]
  >([
    ["numbers within a range", ["reserved 5, 7 to 9;"], [8], ["reserved 5, 7, 9;"]],
    ["the ends of ranges", ["reserved 5 to 9, 12 to max;"], [5, [12, 20]], ["reserved 6 to 9, 21 to max;"]],
    ["whole ranges", ["reserved 5, 7 to 9;"], [[6, 10]], ["reserved 5;"]],
    ["names, with what parts them", ['reserved "a", "b", "c";'], ["b"], ['reserved "a", "c";']],
    ["the last of a statement, with its line", ["reserved 5;", 'reserved "a"; // a', x], [5, "a"], [x]],
    [
      "numbers in lines of their own",
      ["reserved 5, // five", "  6, // six", "  7;"],
      [6],
      ["reserved 5, // five", "  7;"],
    ],
    ["nothing that is not reserved", ["reserved 5;"], [6, "a"], ["reserved 5;"]],
  ])("%s", (_, before, freed, after) => {
    expect(fixed(message(...before), unreserve("p.M", ...freed))).toBe(message(...after));
  });

  test("numbers while others are reserved", () => {
    expect(fixed(message("reserved 5, 7 to 9;"), unreserve("p.M", 8), reserve("p.M", 6))).toBe(
      message("reserved 5 to 7, 9;"),
    );
    expect(fixed(message("reserved 5;", x), unreserve("p.M", 5), reserve("p.M", 6))).toBe(
      message("reserved 6;", x),
    );
  });
});

test("what is to be reserved and freed at once is refused, and so is what can reserve nothing", () => {
  const why = "of p.M the same is to be reserved and to be freed";
  expect(whyNot(message(x), unreserve("p.M", [3, 8]), reserve("p.M", 6))).toEqual([why, why]);
  expect(whyNot(message(x), unreserve("p.M", "a"), reserve("p.M", "a"))).toEqual([why, why]);
  expect(whyNot(message(x), reserve("p.M.x", 6))).toEqual([
    "p.M.x is neither a message nor an enum, and nothing else reserves anything",
  ]);
});

test("statements that are not well-formed are left alone", () => {
  const text = message("reserved 5 to;", "reserved;");
  expect(fix(text, reserve("p.M", 6)).text).toBe(message("reserved 6;", "reserved 5 to;", "reserved;"));
});
