import { describe, expect, test } from "vitest";
import { fixed, remove, replace, set, whyNot } from "./fixed.js";

const field = (line: string) => `package p;\nmessage M {\n  ${line}\n}\n`;
const sunset = set("p.M.x", "(proto4.field_terms).sunset", '"2027-01-31"');

describe("in brackets, an option is", () => {
  test.each<[what: string, before: string, after: string, ...Parameters<typeof set>[]]>([
    [
      "set where there are none",
      "int32 x = 1; // x",
      "int32 x = 1 [deprecated = true]; // x",
      ["p.M.x", "deprecated", "true"],
    ],
    [
      "set behind others",
      "int32 x = 1 [a = 1];",
      "int32 x = 1 [a = 1, deprecated = true];",
      ["p.M.x", "deprecated", "true"],
    ],
    [
      "set behind others in lines of their own",
      "int32 x = 1 [\n    a = 1, // a\n    b = 2 // b\n  ];",
      "int32 x = 1 [\n    a = 1, // a\n    b = 2, // b\n    deprecated = true\n  ];",
      ["p.M.x", "deprecated", "true"],
    ],
    [
      "given another value",
      "int32 x = 1 [a = 1, deprecated = /* not */ false];",
      "int32 x = 1 [a = 1, deprecated = /* not */ true];",
      ["p.M.x", "deprecated", "true"],
    ],
    [
      "left as it is, however it is written",
      `string x = 1 [default="a"\n  "b"];`,
      `string x = 1 [default="a"\n  "b"];`,
      ["p.M.x", "default", '"ab"'],
    ],
    [
      "taken away, and the brackets with the last",
      "int32 x = 1 [deprecated = true];",
      "int32 x = 1;",
      ["p.M.x", "deprecated", undefined],
    ],
    [
      "taken away in front",
      "int32 x = 1 [deprecated = true, a = 1];",
      "int32 x = 1 [a = 1];",
      ["p.M.x", "deprecated", undefined],
    ],
    [
      "taken away in the middle, with its comments",
      "int32 x = 1 [\n    a = 1, // a\n    // Above.\n    deprecated = true, // d\n    b = 2\n  ];",
      "int32 x = 1 [\n    a = 1, // a\n    b = 2\n  ];",
      ["p.M.x", "deprecated", undefined],
    ],
    [
      "taken away at the end",
      "int32 x = 1 [\n    a = 1, // a\n    deprecated = true // d\n  ];",
      "int32 x = 1 [\n    a = 1 // a\n  ];",
      ["p.M.x", "deprecated", undefined],
    ],
    ["taken away where it is not set", "int32 x = 1;", "int32 x = 1;", ["p.M.x", "deprecated", undefined]],
  ])("%s", (_, before, after, ...asked) => {
    expect(fixed(field(before), ...asked.map((each) => set(...each)))).toBe(field(after));
  });

  test("taken away while another one is set", () => {
    const both = [set("p.M.x", "a", undefined), set("p.M.x", "b", "2")];
    expect(fixed(field("int32 x = 1 [a = 1];"), ...both)).toBe(field("int32 x = 1 [b = 2];"));
    expect(fixed(field("int32 x = 1 [c = 1, a = 1];"), ...both)).toBe(field("int32 x = 1 [c = 1, b = 2];"));
    expect(fixed(field("int32 x = 1 [a = 1, c = 1];"), ...both)).toBe(field("int32 x = 1 [c = 1, b = 2];"));
  });
});

describe("a part of a message-valued option is", () => {
  test.each([
    [
      "set in its aggregate",
      'int32 x = 1 [(proto4.field_terms) = { reason: "r" }];',
      'int32 x = 1 [(proto4.field_terms) = { reason: "r", sunset: "2027-01-31" }];',
    ],
    [
      "set in an empty aggregate",
      "int32 x = 1 [(proto4.field_terms) = {}];",
      'int32 x = 1 [(proto4.field_terms) = { sunset: "2027-01-31" }];',
    ],
    [
      "given another value there",
      "int32 x = 1 [(proto4.field_terms) = {\n    sunset: '2026' '-01-01' // late\n  }];",
      'int32 x = 1 [(proto4.field_terms) = {\n    sunset: "2027-01-31" // late\n  }];',
    ],
    [
      "set in lines of their own, parted as the others",
      'int32 x = 1 [(proto4.field_terms) = {\n    since: "a"\n    reason: "r" // why\n  }];',
      'int32 x = 1 [(proto4.field_terms) = {\n    since: "a"\n    reason: "r" // why\n    sunset: "2027-01-31"\n  }];',
    ],
    [
      "set beside other parts",
      'int32 x = 1 [(proto4.field_terms).reason = "r"];',
      'int32 x = 1 [(proto4.field_terms).reason = "r", (proto4.field_terms).sunset = "2027-01-31"];',
    ],
    [
      "found by a name that begins with a dot",
      'int32 x = 1 [(.proto4.field_terms).sunset = "x"];',
      'int32 x = 1 [(.proto4.field_terms).sunset = "2027-01-31"];',
    ],
  ])("%s", (_, before, after) => {
    expect(fixed(field(before), sunset)).toBe(field(after));
  });

  test("found by a name that leaves out what encloses it", () => {
    const before = 'package proto4.x;\nmessage M { int32 x = 1 [(field_terms).sunset = "x"]; }';
    const asked = set("proto4.x.M.x", "(.proto4.field_terms).sunset", '"y"');
    expect(fixed(before, asked)).toBe(before.replace('"x"', '"y"'));
  });

  test("taken away from its aggregate, and the option with the last", () => {
    const gone = set("p.M.x", "(t).sunset", undefined);
    const before = 'int32 x = 1 [deprecated = true, (t) = { sunset: "a", reason: "r" }];';
    expect(fixed(field(before), gone)).toBe(field('int32 x = 1 [deprecated = true, (t) = { reason: "r" }];'));
    expect(fixed(field(before), gone, set("p.M.x", "(t).reason", undefined))).toBe(
      field("int32 x = 1 [deprecated = true];"),
    );
  });

  test("set deep in it", () => {
    const deep = set("p.M.x", "(t).a.b", "2");
    expect(fixed(field("int32 x = 1 [(t) = { a { b: 1 } }];"), deep)).toBe(
      field("int32 x = 1 [(t) = { a { b: 2 } }];"),
    );
    expect(fixed(field("int32 x = 1 [(t).a = { c: 1; }];"), deep)).toBe(
      field("int32 x = 1 [(t).a = { c: 1; b: 2 }];"),
    );
    expect(fixed(field("int32 x = 1 [(t) = { c: 1 }];"), deep)).toBe(
      field("int32 x = 1 [(t) = { c: 1, a { b: 2 } }];"),
    );
  });

  test("replaced by the whole, with all other parts", () => {
    const whole = set("p.M.x", "(t)", '{ a: "1" }');
    const parts = 'int32 x = 1 [(t).a = "0", deprecated = true, (t).b = 2];';
    expect(fixed(field(parts), whole)).toBe(field('int32 x = 1 [deprecated = true, (t) = { a: "1" }];'));
    expect(fixed(field(parts), set("p.M.x", "(t)", undefined))).toBe(
      field("int32 x = 1 [deprecated = true];"),
    );
  });
});

describe("in a body, an option is", () => {
  test("set behind the others, at the top, or in a body that is made for it", () => {
    const message = set("p.M", "deprecated", "true");
    expect(fixed("package p;\nmessage M { // m\n  int32 x = 1;\n}\n", message)).toBe(
      "package p;\nmessage M { // m\n  option deprecated = true;\n\n  int32 x = 1;\n}\n",
    );
    expect(fixed("package p;\nmessage M {\n  option a = 1; // a\n  int32 x = 1;\n}\n", message)).toBe(
      "package p;\nmessage M {\n  option a = 1; // a\n  option deprecated = true;\n  int32 x = 1;\n}\n",
    );
    expect(fixed("package p;\nmessage M {}\n", message)).toBe(
      "package p;\nmessage M {\n  option deprecated = true;\n}\n",
    );
    const method = set("p.S.A", "deprecated", "true");
    expect(fixed("package p;\nservice S {\n\trpc A(M) returns (M); // a\n}\n", method)).toBe(
      "package p;\nservice S {\n\trpc A(M) returns (M) {\n\t\toption deprecated = true;\n\t} // a\n}\n",
    );
    expect(fixed("package p;\nservice S {\n  rpc A(M) returns (M) {}\n}\n", method)).toBe(
      "package p;\nservice S {\n  rpc A(M) returns (M) {\n    option deprecated = true;\n  }\n}\n",
    );
  });

  test("set in a file where it has others, else behind its imports", () => {
    const java = set("a.proto", "java_package", '"j"');
    expect(fixed('syntax = "proto3";\n\nimport "b.proto";\n\nmessage M {}\n', java)).toBe(
      'syntax = "proto3";\n\nimport "b.proto";\n\noption java_package = "j";\n\nmessage M {}\n',
    );
    expect(fixed('package p;\noption go_package = "g";\n\nmessage M {}\n', java)).toBe(
      'package p;\noption go_package = "g";\noption java_package = "j";\n\nmessage M {}\n',
    );
    expect(fixed('option java_package = "i"; // j', java)).toBe('option java_package = "j"; // j');
  });

  test("taken away with its line and its comments", () => {
    const gone = set("p.M", "deprecated", undefined);
    expect(
      fixed(
        "package p;\nmessage M {\n  // Why.\n  option deprecated = true; // d\n\n  int32 x = 1;\n}\n",
        gone,
      ),
    ).toBe("package p;\nmessage M {\n  int32 x = 1;\n}\n");
    expect(fixed("package p;\nmessage M { option deprecated = true; }", gone)).toBe(
      "package p;\nmessage M { }",
    );
  });

  test("set in an enum, whose values have brackets, and in a oneof", () => {
    const text = "package p;\nenum E {\n  A = 0;\n}\nmessage M {\n  oneof o {\n    int32 x = 1;\n  }\n}\n";
    expect(
      fixed(
        text,
        set("p.E", "allow_alias", "true"),
        set("p.A", "deprecated", "true"),
        set("p.M.o", "(a)", "1"),
      ),
    ).toBe(
      "package p;\nenum E {\n  option allow_alias = true;\n\n  A = 0 [deprecated = true];\n}\nmessage M {\n  oneof o {\n    option (a) = 1;\n\n    int32 x = 1;\n  }\n}\n",
    );
  });

  test("set on a group, and on the message that it declares", () => {
    const text = "package p;\nmessage M {\n  optional group G = 1 {\n    optional int32 x = 1;\n  }\n}\n";
    expect(fixed(text, set("p.M.g", "deprecated", "true"), set("p.M.G", "(a)", "1"))).toBe(
      "package p;\nmessage M {\n  optional group G = 1 [deprecated = true] {\n    option (a) = 1;\n\n    optional int32 x = 1;\n  }\n}\n",
    );
  });
});

describe("refused is", () => {
  const [a, b] = [set("p.M.x", "deprecated", "true"), set("p.M.x", "deprecated", "false")];

  test.each([
    ["an unknown element", [set("p.M.y", "deprecated", "true")], "p.M.y is not declared in a.proto"],
    ["a list, which several statements set", [set("p.M.x", "(list)", "3")], "(list) is a list of 2 values"],
    [
      "a part of what is no message",
      [set("p.M.x", "(list).a", "3")],
      "(list).a has several values to be set in",
    ],
    ["a part of a number", [set("p.M.x", "(one).a", "3")], "(one) is no message here"],
  ])("%s", (_, asked, why) => {
    expect(whyNot(field("int32 x = 1 [(list) = 1, (list) = 2, (one) = 1];"), ...asked)).toEqual([why]);
  });

  test("what contradicts another, whichever comes first", () => {
    const text = field("int32 x = 1 [deprecated = false];");
    expect(whyNot(text, a, b)).toEqual(["another fix asks for something else at p.M.x"]);
    expect(whyNot(text, b, a)).toEqual(["another fix asks for something else at p.M.x"]);
  });

  test("a part of what another sets as a whole", () => {
    expect(
      whyNot(
        field("int32 x = 1 [(t) = { a: 1 }];"),
        set("p.M.x", "(t)", "{ a: 1 }"),
        set("p.M.x", "(t).b", "2"),
      ),
    ).toEqual(["another fix sets the whole of what this sets a part of"]);
  });

  test("an option of what is removed, or written anew", () => {
    expect(whyNot(field("int32 x = 1;"), a, replace("p.M.x", "statement", "int32 x = 1"))).toEqual([
      "another fix writes the statement of p.M.x anew",
    ]);
    expect(whyNot("package p;\nmessage N {}\n", set("p.M.x", "a", "1"), remove("p.M"))).toHaveLength(2);
  });
});
