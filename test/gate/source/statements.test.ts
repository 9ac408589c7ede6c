import { describe, expect, test } from "vitest";
import { type Asked, fix, fixed, insert, remove, replace, set, whyNot } from "./fixed.js";

const text = `syntax = "proto3";

package p;

// M.
message M {
  // One.
  int32 one = 1; // one
  int32 two = 2;

  // Detached.

  oneof pick {
    string three = 3;
    string four = 4;
  }
}

enum E {
  A = 0;
}

service S {
  // Get.
  rpc Get(M) returns (M) {}

  // Put.
  rpc Put(M) returns (stream M);
}
`;

/** The text with a piece of it exchanged, which must be there. */
function exchanged(from: string, to: string): string {
  expect(text.split(from)).toHaveLength(2);
  return text.replace(from, () => to);
}

describe("a statement comes", () => {
  test.each<[what: string, asked: Asked, from: string, to: string]>([
    [
      "behind its sibling",
      insert("p.M", "// Half.\nint32 half = 5;", "p.M.one"),
      "// one\n",
      "// one\n  // Half.\n  int32 half = 5;\n",
    ],
    [
      "behind the nearest of its siblings that is there",
      insert("p.M", "int32 half = 5;", "p.M.one", "p.M.two", "p.M.gone"),
      "int32 two = 2;\n",
      "int32 two = 2;\n  int32 half = 5;\n",
    ],
    [
      "behind a oneof that its sibling is in now",
      insert("p.M", "int32 half = 5;", "p.M.three"),
      "4;\n  }\n",
      "4;\n  }\n\n  int32 half = 5;\n",
    ],
    [
      "at the end, where none is there",
      insert("p.M", "int32 half = 5;"),
      "4;\n  }\n",
      "4;\n  }\n\n  int32 half = 5;\n",
    ],
    [
      "into a oneof",
      insert("p.M.pick", "string half = 5;", "p.M.three"),
      "3;\n",
      "3;\n    string half = 5;\n",
    ],
    ["into an enum", insert("p.E", "B = 1; // b", "p.A"), "A = 0;\n", "A = 0;\n  B = 1; // b\n"],
    [
      "into a service, as its methods are spaced",
      insert("p.S", "// Cut.\nrpc Cut(M) returns (M);", "p.S.Get"),
      "{}\n\n",
      "{}\n\n  // Cut.\n  rpc Cut(M) returns (M);\n\n",
    ],
    [
      "into a file",
      insert("a.proto", "// N.\nmessage N {\n  int32 x = 1;\n}", "p.M"),
      "enum E",
      "// N.\nmessage N {\n  int32 x = 1;\n}\n\nenum E",
    ],
    [
      "at the end of a file",
      insert("a.proto", "message N {}"),
      "stream M);\n}\n",
      "stream M);\n}\n\nmessage N {}\n",
    ],
    [
      "as a block, with room around it",
      insert("p.M", "message N {\n  int32 x = 1;\n}", "p.M.one"),
      "// one\n",
      "// one\n\n  message N {\n    int32 x = 1;\n  }\n\n",
    ],
    [
      "without a name of its own",
      insert("p.M", "extensions 100 to max;", "p.M.two"),
      "two = 2;\n",
      "two = 2;\n\n  extensions 100 to max;\n",
    ],
  ])("%s", (_, asked, from, to) => {
    expect(fixed(text, asked)).toBe(exchanged(from, to));
  });

  test("behind others that come", () => {
    const [a, b, c] = [
      insert("p.M", "int32 a = 11;", "p.M.one"),
      insert("p.M", "int32 b = 12;", "p.M.one", "p.M.a"),
      insert("p.M", "int32 c = 13;", "p.M.b"),
    ];
    const wanted = exchanged("// one\n", "// one\n  int32 a = 11;\n  int32 b = 12;\n  int32 c = 13;\n");
    expect(fixed(text, a, b, c)).toBe(wanted);
    expect(fixed(text, c, b, a)).toBe(wanted);
  });

  test("at the end, if it is to come behind itself by a detour", () => {
    const round = [insert("p.E", "B = 1;", "p.C"), insert("p.E", "C = 2;", "p.B")];
    expect(fixed(text, ...round)).toBe(exchanged("A = 0;\n", "A = 0;\n  C = 2;\n  B = 1;\n"));
  });

  test("into what comes in by another, and is edited there", () => {
    const fixes = [
      insert("p.M", "oneof o {\n  int32 a = 11;\n}", "p.M.two"),
      insert("p.M.o", "int32 b = 12;"),
      set("p.M.b", "deprecated", "true"),
    ];
    const { text: after, edits } = fix(text, ...fixes);
    expect(after).toBe(
      exchanged(
        "two = 2;\n",
        "two = 2;\n\n  oneof o {\n    int32 a = 11;\n    int32 b = 12 [deprecated = true];\n  }\n",
      ),
    );
    expect(edits).toHaveLength(1);
    expect(fix(after, ...fixes).edits).toEqual([]);
  });

  test("into bodies that are empty, or in one line, which are opened", () => {
    const one = insert("M", "int32 one = 1;", "M.zero");
    expect(fixed("message M {}", one)).toBe("message M {\n  int32 one = 1;\n}");
    expect(fixed("message M {\n}", one)).toBe("message M {\n  int32 one = 1;\n}");
    expect(fixed("message M { /* m */ }\n", one)).toBe("message M {\n  /* m */\n  int32 one = 1;\n}\n");
    expect(fixed("message M { int32 zero = 5; /* z */ int32 two = 2; }\n", one)).toBe(
      "message M {\n  int32 zero = 5;\n  int32 one = 1;\n  /* z */ int32 two = 2;\n}\n",
    );
    expect(fixed("message M {\n  int32 zero = 5; int32 two = 2; }\n", one)).toBe(
      "message M {\n  int32 zero = 5;\n  int32 one = 1;\n  int32 two = 2; }\n",
    );
    expect(fixed("message M {\n  int32 zero = 5;; }\n", one)).toBe(
      "message M {\n  int32 zero = 5;;\n  int32 one = 1;\n}\n",
    );
    expect(fixed("message A { message M {} }\n", { ...one, symbol: "A.M", after: [] } as Asked)).toBe(
      "message A { message M {\n  int32 one = 1;\n} }\n",
    );
  });

  test("with the author's line breaks, tabs, byte order mark, and without an end of line", () => {
    const crlf = `\ufeff${text.replaceAll("\n", "\r\n").replaceAll("  ", "\t").trimEnd()}`;
    const asked = [
      insert("p.M", "/*\n * Sub.\n */\nmessage N {\n  int32 x = 1;\n}", "p.M.two"),
      insert("a.proto", "message Z {}"),
    ];
    const after = fixed(crlf, ...asked);
    expect(after).toContain(
      "two = 2;\r\n\r\n\t/*\r\n\t * Sub.\r\n\t */\r\n\tmessage N {\r\n\t\tint32 x = 1;\r\n\t}\r\n",
    );
    expect(after).toMatch(/^\ufeffsyntax.*\}\r\n\r\nmessage Z \{\}$/s);
  });

  test("into a file that has nothing yet", () => {
    expect(fixed("", insert("a.proto", "message M {}"))).toBe("message M {}\n");
    expect(fixed("// Only this.", insert("a.proto", "message M {}"))).toBe("// Only this.\nmessage M {}\n");
    expect(fixed("\ufeff", insert("a.proto", "message M {}"))).toBe("\ufeffmessage M {}\n");
  });
});

describe("an extension comes", () => {
  const before = "package p;\nextend .a.O {\n  int32 x = 1;\n}\n\nextend .a.P {\n  int32 z = 3;\n}\n";
  test("into the block that its sibling is in, if that extends the same", () => {
    expect(fixed(before, insert("a.proto", "extend .a.O {\n  // Y.\n  int32 y = 2;\n}", "p.x"))).toBe(
      before.replace("x = 1;\n", "x = 1;\n  // Y.\n  int32 y = 2;\n"),
    );
  });
  test("else with a block of its own", () => {
    expect(fixed(before, insert("a.proto", "extend .a.P {\n  int32 y = 2;\n}", "p.x"))).toBe(
      before.replace("x = 1;\n}\n", "x = 1;\n}\n\nextend .a.P {\n  int32 y = 2;\n}\n"),
    );
  });
});

describe("a statement leaves", () => {
  test.each<[what: string, gone: readonly string[], from: string, to: string]>([
    ["with its comments and its line", ["p.M.one"], "  // One.\n  int32 one = 1; // one\n", ""],
    [
      "but not with comments that stand alone",
      ["p.M.pick"],
      "  // Detached.\n\n  oneof pick {\n    string three = 3;\n    string four = 4;\n  }\n",
      "  // Detached.\n",
    ],
    ["with the empty line that parts it", ["p.E"], "enum E {\n  A = 0;\n}\n\n", ""],
    [
      "with what is in it, which may be asked for too",
      ["p.M.pick", "p.M.three"],
      "\n  oneof pick {\n    string three = 3;\n    string four = 4;\n  }\n",
      "",
    ],
    [
      "with its neighbours",
      ["p.S.Get", "p.S.Put"],
      "  // Get.\n  rpc Get(M) returns (M) {}\n\n  // Put.\n  rpc Put(M) returns (stream M);\n",
      "",
    ],
  ])("%s", (_, gone, from, to) => {
    const { text: after } = fix(text, ...gone.map(remove));
    expect(after).toBe(exchanged(from, to));
    expect(fix(after, ...gone.map(remove)).edits).toEqual([]);
  });

  test("from the middle of a line", () => {
    expect(fix("message M { int32 a = 1; int32 b = 2; int32 c = 3; }", remove("M.b")).text).toBe(
      "message M { int32 a = 1; int32 c = 3; }",
    );
    expect(fix("message M { int32 a = 1; }", remove("M.a")).text).toBe("message M { }");
    expect(fix("message M {\n  int32 a = 1; int32 b = 2;\n}", remove("M.a")).text).toBe(
      "message M {\n  int32 b = 2;\n}",
    );
  });

  test("and comes back elsewhere, once", () => {
    const move = [remove("p.M.two"), insert("p.M.pick", "int32 two = 2;", "p.M.three")];
    const wanted = exchanged("  int32 two = 2;\n", "").replace(
      "three = 3;\n",
      "three = 3;\n    int32 two = 2;\n",
    );
    expect(fixed(text, ...move)).toBe(wanted);
    expect(fixed(text, ...move.toReversed())).toBe(wanted);
  });
});

describe("a part is replaced", () => {
  test.each<[what: string, asked: Asked, from: string, to: string]>([
    ["label and type", replace("p.M.two", "type", "repeated .p.E"), "int32 two", "repeated .p.E two"],
    ["name", replace("p.M.two", "name", "deux"), "two", "deux"],
    ["number", replace("p.M.two", "number", "0x20"), "two = 2", "two = 0x20"],
    ["number of a value", replace("p.A", "number", "-1"), "A = 0", "A = -1"],
    ["what a method takes", replace("p.S.Get", "input", "stream M"), "Get(M)", "Get(stream M)"],
    ["what a method returns", replace("p.S.Put", "output", "M"), "stream M", "M"],
    ["head of a block", replace("p.E", "statement", "export enum E"), "enum E {", "export enum E {"],
    [
      "statement",
      replace("p.M.one", "statement", "int64 one = 1 [a = 1];"),
      "int32 one = 1;",
      "int64 one = 1 [a = 1];",
    ],
  ])("%s", (_, asked, from, to) => {
    const { text: after, refused } = fix(text, asked);
    expect([after, refused]).toEqual([exchanged(from, to), []]);
    expect(fix(after, asked).edits).toEqual([]);
  });

  test("where a name goes from one to another", () => {
    const after = fixed(
      "enum E { A = 0; B = 1; }",
      replace("A", "name", "Z"),
      insert("E", "A = 2;", "Z", "A"),
    );
    expect(after).toBe("enum E {\n  Z = 0;\n  A = 2;\n  B = 1;\n}");
    const { text: swapped } = fix(
      "enum E { A = 0; B = 1; }",
      replace("A", "name", "B"),
      replace("B", "name", "A"),
    );
    expect(swapped).toBe("enum E { B = 0; A = 1; }");
  });
});

describe("an import comes", () => {
  const file = (...imports: readonly string[]) =>
    `syntax = "proto3";\n\npackage p;\n${imports.map((line) => `\n${line}`).join("")}\n\nmessage M {}\n`;
  const get = (imported: string, isPublic = false): Asked => ({
    kind: "import",
    symbol: "a.proto",
    imported,
    isPublic,
  });
  const [a, b, c] = ["a", "b", "c"].map((name) => `import "${name}.proto";`) as [string, string, string];

  test("in the order of the others, or behind them if they have none", () => {
    expect(fixed(file(`${a}\n${c}`), get("b.proto"))).toBe(file(`${a}\n${b}\n${c}`));
    expect(fixed(file(`${c}\n${a}`), get("b.proto"))).toBe(file(`${c}\n${a}\n${b}`));
    expect(fixed(file(c), get("b.proto"), get("a.proto", true))).toBe(
      file(`${c}\nimport public "a.proto";\n${b}`),
    );
  });

  test("behind the package", () => {
    expect(fixed('syntax = "proto3";\n\npackage p;\n\nmessage M {}\n', get("b.proto"))).toBe(file(b));
    expect(fixed("message M {}\n", get("b.proto"))).toBe('import "b.proto";\n\nmessage M {}\n');
  });

  test("publicly, where it is there already", () => {
    expect(fixed(file("import 'b.proto'; // b"), get("b.proto", true))).toBe(
      file("import public 'b.proto'; // b"),
    );
    expect(fixed(file('import weak "b.proto";'), get("b.proto", true))).toBe(
      file('import public "b.proto";'),
    );
    expect(fixed(file('import public "b.proto";'), get("b.proto"))).toBe(file('import public "b.proto";'));
  });
});

describe("refused is", () => {
  test.each<[what: string, asked: readonly Asked[], why: readonly string[]]>([
    [
      "what is declared already, but differently",
      [insert("p.M", "int64 two = 2;")],
      ["p.M.two is declared already"],
    ],
    ["what is declared elsewhere", [insert("p.M.pick", "int32 two = 2;")], ["p.M.two is declared already"]],
    [
      "what holds something that is declared",
      [insert("p.M", "oneof o {\n  int32 two = 2;\n}")],
      ["p.M.two is declared already"],
    ],
    [
      "what is no statement",
      [insert("p.M", "no statement"), insert("p.E", "// Only a comment.")],
      Array(2)
        .fill(0)
        .map(
          (_, index) =>
            `what is to come into p.${index === 0 ? "E" : "M"} is no statement that can stand there`,
        ),
    ],
    ["what comes into a field", [insert("p.M.two", "int32 a = 1;")], ["p.M.two has no body"]],
    [
      "an unknown name",
      [remove("p.M.none"), replace("p.M.none", "name", "x")],
      ["p.M.none is not declared in a.proto", "p.M.none is not declared in a.proto"],
    ],
    ["a name that is taken", [replace("p.M.two", "name", "one")], ["p.M.one is declared already"]],
    [
      "a part that is not there",
      [replace("p.M.two", "output", "M"), replace("p.E", "number", "1")],
      ["p.E has no number of its own", "p.M.two has no output of its own"],
    ],
    ["a file that is there", [{ kind: "create", symbol: "a.proto", text: "" }], ["a.proto is there already"]],
  ])("%s", (_, asked, why) => {
    expect(whyNot(text, ...asked)).toEqual(why);
  });

  test("what is in something that leaves", () => {
    const { refused } = fix(
      text,
      remove("p.M"),
      set("p.M.two", "deprecated", "true"),
      insert("p.M", "int32 x = 9;"),
    );
    expect(refused.map(({ why }) => why)).toEqual(["another fix removes p.M", "another fix removes p.M"]);
  });

  test("one of two that write the same name", () => {
    const { refused } = fix(text, insert("p.M", "int32 x = 9;"), insert("p.M", "int64 x = 9;"));
    expect(refused.map(({ why }) => why)).toEqual(["another fix writes p.M.x"]);
  });

  test("what would do away with the file", () => {
    expect(
      whyNot(text, remove("a.proto"), replace("a.proto", "statement", "x"), replace("a.proto", "name", "x")),
    ).toEqual([
      "a.proto is a file, which is no statement",
      "a.proto is a file, which is no statement",
      "a.proto is a file, which is not removed from itself",
    ]);
  });

  test("all of it, where a body does not end", () => {
    const open = "extend M { \n int32 x = 1 ";
    expect(() => fix(open, remove("x"), insert("a.proto", "message M {}"))).toThrow(
      "correct what the compiler says",
    );
  });

  test("a group's name and type, which are its message's", () => {
    const why = "M.g is a group, which declares a message along with its field";
    expect(
      whyNot(
        "message M { optional group G = 1 {} }",
        replace("M.g", "name", "h"),
        replace("M.g", "type", "int32"),
      ),
    ).toEqual([why, why]);
  });
});
