import { expect, test } from "vitest";
import { writeSources } from "../setup/sources.js";
import { type FixCase, fixSources } from "./fix-case.js";
import { loadSources } from "./fixture.js";

const today = "2026-11-22";

type Sources = Readonly<Record<string, string>>;

/** Fixes what stands between two versions; a text alone is file a.proto. */
async function fix(
  before: Sources | string,
  after: Sources | string,
  ...categories: readonly string[]
): Promise<FixCase> {
  const [from, to] = [before, after].map((side) => (typeof side === "string" ? { "a.proto": side } : side));
  const elder = await loadSources(await writeSources(from!));
  const asked = categories.length > 0 ? categories : ["FILE", "STRICT"];
  return fixSources(elder, new Map(Object.entries(to!)), () => ({ today, categories: asked }));
}

/** The one file, when all that was found is fixed. */
function whole({ result, after }: FixCase): string {
  expect(result.unfixed).toEqual([]);
  expect(result.remaining).toEqual([]);
  return after.get("a.proto") ?? "";
}

function reasons({ result }: FixCase): readonly string[] {
  return result.unfixed.map(({ finding, why }) => `${finding.rule}: ${why}`);
}

const head = 'syntax = "proto3";\n\npackage a.v1;\n\nimport "proto4/options.proto";\n\n';
const marks = `    deprecated = true,
    (proto4.field_lifecycle) = DEPRECATED,
    (proto4.field_terms) = {sunset: "2027-02-20" reason: "it was to be removed"}
  ];`;

test("a field comes back behind its sibling, with its comments and its options", async () => {
  const before = `${head}message M {
  string id = 1;
  /* What the buyer
     wants. */
  repeated int32 sizes = 2 [packed = false, json_name = "big", debug_redact = true]; // in centimetres
  string tag = 3;
}
`;
  const after = `${head}message M {\n  string id = 1;\n  string tag = 3;\n}\n`;
  expect(whole(await fix(before, after))).toBe(`${head}message M {
  string id = 1;
  // What the buyer
  // wants.
  // in centimetres
  repeated int32 sizes = 2 [
    json_name = "big",
    packed = false,
    debug_redact = true,
${marks}
  string tag = 3;
}
`);
});

test("what comes back is taken out of what reserves it, and of what reserves more, only that", async () => {
  const after = `${head}message M {\n  reserved 1 to 3, 9;\n  reserved "a", "gone";\n}\n`;
  const fixed = await fix(
    `${head}message M {\n  reserved 1, 3, 9;\n  reserved "gone";\n  string a = 2;\n}\n`,
    after,
  );
  expect(whole(fixed)).toBe(`${head}message M {
  reserved 1, 3, 9;
  reserved "gone";
  string a = 2 [
${marks}
}
`);
});

test("a type that left with a field comes back with it, and its import", async () => {
  const other = (body: string) => `syntax = "proto3";\n\npackage b.v1;\n\n${body}`;
  const file = (lines: string) => `${head}message M {\n  string id = 1;\n${lines}}\n`;
  const importing = file("  b.v1.Kept kept = 3;\n").replace("\n\nmessage", '\nimport "b.proto";\n\nmessage');
  const fixed = await fix(
    {
      "a.proto": importing,
      "b.proto": other("message Kept {\n  Inner inner = 1;\n}\n\nmessage Inner {\n  Kept back = 1;\n}\n"),
    },
    { "a.proto": file(""), "b.proto": other("message Other {}\n") },
    "WIRE",
  );
  // Reserving is what WIRE asks for.
  expect(whole(fixed)).toBe(`${head}message M {\n  reserved 3;\n  reserved "kept";\n\n  string id = 1;\n}\n`);
  const [retyped, others] = [file("  string kept = 3;\n"), other("message Other {}\n")];
  const { result, after } = await fix(
    {
      "a.proto": importing,
      "b.proto": other("message Kept {\n  Inner inner = 1;\n}\n\nmessage Inner {\n  Kept back = 1;\n}\n"),
    },
    { "a.proto": retyped, "b.proto": others },
    "WIRE",
  );
  expect(result.unfixed).toEqual([]);
  expect(after.get("a.proto")).toContain('import "b.proto";');
  expect(after.get("a.proto")).toContain("  b.v1.Kept kept = 3;\n");
  expect(after.get("b.proto")).toContain("message Kept {");
  expect(after.get("b.proto")).toContain("message Inner {");
});

test("a message comes back whole: nested types, maps, oneofs, groups, reserved and options", async () => {
  const two = head.replace("proto3", "proto2");
  const lost = `message Lost {
  option no_standard_descriptor_accessor = true;
  reserved 7 to 9;
  extensions 100 to 199;

  optional string name = 1 [default = "x\\"y"];
  map<string, Kind> kinds = 2;
  oneof choice {
    int32 number = 3;
    group Parts = 4 {
      repeated bytes part = 1;
    }
  }

  enum Kind {
    option allow_alias = true;
    KIND_A = 0;
    KIND_B = 0;
  }

  extend Lost {
    optional int32 more = 100;
  }
}
`;
  const fixed = await fix(`${two}message Kept {}\n\n${lost}`, `${two}message Kept {}\n`);
  const text = whole(fixed);
  const marked = `message Lost {
  option no_standard_descriptor_accessor = true;
  option deprecated = true;
  option (proto4.message_lifecycle) = DEPRECATED;
  option (proto4.message_terms) = {sunset: "2027-02-20" reason: "it was to be removed"};`;
  const flat = (source: string) => source.replace(/\n\n/g, "\n");
  expect(flat(text)).toBe(
    flat(`${two}message Kept {}\n\n${lost}`.replace(/message Lost \{\n.*\n/, `${marked}\n`)),
  );
});

test("files of a package that is gone come back, each with what it imports", async () => {
  const fixed = await fix(
    {
      "a.proto": `${head}message Kept {}\n`,
      "b/one.proto":
        'syntax = "proto3";\n\npackage b.v1;\n\nimport "b/two.proto";\n\nmessage One {\n  Two two = 1;\n}\n',
      "b/two.proto": 'syntax = "proto3";\n\npackage b.v1;\n\nmessage Two {}\n',
    },
    `${head}message Kept {}\n`,
    "PACKAGE",
  );
  expect(fixed.result.fixed.map(({ rule }) => rule)).toContain("PACKAGE_NO_DELETE");
  expect(reasons(fixed)).toEqual([]);
  expect([...fixed.after.keys()].sort()).toEqual(["a.proto", "b/one.proto", "b/two.proto"]);
  expect(fixed.after.get("b/one.proto")).toContain('import "b/two.proto";');
});

test("an extension comes back under what it extends", async () => {
  const two = `${head.replace("proto3", "proto2")}message M {\n  extensions 100 to max;\n}\n`;
  const fixed = await fix(`${two}\nextend M {\n  optional string more = 100;\n}\n`, two);
  expect(whole(fixed)).toBe(`${two}
extend M {
  optional string more = 100 [
${marks}
}
`);
});

test("a name, a number or a type that something else has by now is told of", async () => {
  const named = await fix(
    `${head}message M {\n  string a = 1;\n}\n`,
    `${head}message M {\n  string a = 2;\n}\n`,
  );
  expect(reasons(named)).toEqual(['FIELD_NO_DELETE: its name is taken by field 2 "a" of a.v1.M now']);
  const kind = await fix(`${head}message M {}\n`, `${head}enum M {\n  M_A = 0;\n}\n`);
  expect(reasons(kind)).toEqual(["MESSAGE_NO_DELETE: its name is taken by enum a.v1.M now"]);
  const moved = await fix(
    { "a.proto": `${head}message M {}\nmessage N {}\n` },
    { "a.proto": `${head}message N {}\n`, "b.proto": `${head}message M {}\n` },
  );
  expect(reasons(moved)).toEqual([
    "MESSAGE_NO_DELETE: message a.v1.M stands in b.proto now, and to move it back would take it from there",
  ]);
});

test("a number that another field took goes back, and the taker to a free one", async () => {
  const after = `${head}message M {\n  string id = 1;\n  bytes picture = 2;\n}\n`;
  const fixed = await fix(`${head}message M {\n  string id = 1;\n  int32 count = 2;\n}\n`, after);
  const text = whole(fixed);
  expect(text).toContain("  int32 count = 2 [\n");
  expect(text).toContain("  bytes picture = 3;\n");
});

test("a JSON name comes back with the field's name, and by itself where somebody accepts the other name", async () => {
  const file = (name: string) => `${head}message M {\n  string ${name} = 1; // kept\n}\n`;
  const both = await fix(file("first_name"), file("given_name"));
  expect(whole(both)).toBe(file("first_name"));
  const elder = await loadSources(await writeSources({ "a.proto": file("first_name") }));
  const renamed = new Map([["a.proto", file("given_name")]]);
  const options = { today, categories: ["FILE"] };
  const { result, after } = await fixSources(
    elder,
    renamed,
    () => options,
    ({ rule }) => rule === "FIELD_SAME_JSON_NAME",
  );
  expect(result.unfixed).toEqual([]);
  expect(after.get("a.proto")).toBe(file("given_name").replace("= 1;", '= 1 [json_name = "firstName"];'));
});

test("two fields that changed numbers get their own back", async () => {
  const text = (a: number, b: number) => `${head}message M {\n  string one = ${a};\n  bytes two = ${b};\n}\n`;
  expect(whole(await fix(text(1, 2), text(2, 1)))).toBe(text(1, 2));
});

test("aliases come back beside what is there, with the option that they need", async () => {
  const text = (values: string) => `${head}enum E {\n${values}}\n`;
  const before = text("  option allow_alias = true;\n  Z = 0;\n  A = 1;\n  B = 1;\n  C = 1;\n");
  const fixed = await fix(before, text("  Z = 0;\n  A = 1;\n"));
  expect(whole(fixed)).toBe(before.replace("true;\n", "true;\n\n"));
});

test("what is EXPERIMENTAL may change; only the number that it leaves is reserved", async () => {
  const text = (fields: string) =>
    `${head}message M {\n  option (proto4.message_lifecycle) = EXPERIMENTAL;\n${fields}}\n`;
  const fixed = await fix(text("  string a = 1;\n  int32 b = 2;\n"), text("  int64 b = 2;\n"));
  expect(fixed.after.get("a.proto")).toBe(text('  reserved 1;\n  reserved "a";\n  int64 b = 2;\n'));
  expect([...new Set(reasons(fixed).map((reason) => reason.split(": ")[1]))]).toEqual([
    "nothing is promised of what is EXPERIMENTAL, which may change",
  ]);
});

test("a sunset that was brought forward goes back, within what the terms say besides", async () => {
  const text = (sunset: string) => `${head}message M {
  string a = 1 [
    deprecated = true, // for years
    (proto4.field_lifecycle) = DEPRECATED,
    (proto4.field_terms) = {
      reason: "unused" // really
      sunset: "${sunset}"
    }
  ];
}
`;
  expect(whole(await fix(text("2028-01-01"), text("2027-06-01")))).toBe(text("2028-01-01"));
});

test("without proto4's options at hand deprecated = true is all that is said", async () => {
  const plain = head.replace('import "proto4/options.proto";\n\n', "");
  const elder = await loadSources(
    await writeSources({ "a.proto": `${plain}message M {\n  string a = 1;\n}\n` }),
  );
  const files = elder.files.filter(({ package: name }) => name !== "proto4");
  const fixed = await fixSources({ files }, new Map([["a.proto", `${plain}message M {}\n`]]), () => ({
    today,
    categories: ["FILE"],
  }));
  expect(fixed.after.get("a.proto")).toContain("deprecated = true");
});

test.each(["\r\n", "\n"])("line ends and a byte order mark stay as they are: %j", async (end) => {
  const written = (text: string) => `\uFEFF${text.replaceAll("\n", end)}`;
  const fixed = await fix(
    `${head}message M {\n  string a = 1;\n  Z z = 2;\n}\n\nmessage Z {}\n`,
    written(`${head}message M {\n}\n`),
  );
  const text = whole(fixed);
  expect(text.startsWith("\uFEFFsyntax")).toBe(true);
  expect(text.replaceAll(end, "").includes(end === "\n" ? "\r" : "\n")).toBe(false);
  expect(text).toContain("message Z {");
});
