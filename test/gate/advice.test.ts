import { expect, test } from "vitest";
import type { Finding } from "../../src/gate/index.js";
import { checkCases, type Side } from "./check-cases.js";

const today = "2026-11-22";
const options = 'import "proto4/options.proto";';
const proto2 = `syntax = "proto2"; package pkg; ${options}`;
const proto3 = `syntax = "proto3"; package pkg; ${options}`;
const editions = `edition = "2023"; package pkg; ${options}`;

/** What the findings of `rule` say to write at their first step. */
function advised(findings: readonly Finding[], rule: string): readonly string[] {
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ suggestion }) => sourceOf(suggestion[0]!));
}

function sourceOf(step: string): string {
  return step.slice(step.indexOf(":  ") + 2).trim();
}

/**
 * Deletes all members of message M, writes in their place what FIELD_NO_DELETE says, word for word, and asks all
 * categories again.
 * @returns what was written, and what is found then
 */
async function restore(head: string, members: string, rest = "") {
  const whole = (body: string) => `${head} message M { ${body} ${rest} }`;
  const [findings] = await checkCases([[whole(members), whole("")]], { today });
  const sources = advised(findings!, "FIELD_NO_DELETE");
  return { sources, again: await foundOf([whole(members), whole(sources.join(" "))]) };
}

/** What all categories find, but that a deprecation has neither sunset nor reason. */
async function foundOf(sides: readonly [Side, Side]): Promise<readonly string[]> {
  const [findings] = await checkCases([sides], { today, categories });
  return findings!
    .filter(({ rule }) => rule !== "LIFECYCLE_ADVICE" && rule !== "LIFECYCLE_REASON")
    .map(({ rule, message }) => `${rule} ${message}`);
}

const categories = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR", "STRICT", "WIRE_PRECISE"] as const;
const mark = "deprecated = true, (proto4.field_lifecycle) = DEPRECATED";

test("editions say by features what proto2 says by labels", async () => {
  const { sources, again } = await restore(
    editions,
    `string r = 1 [features.field_presence = LEGACY_REQUIRED]; int32 i = 2 [features.field_presence = IMPLICIT];
     repeated int32 e = 3 [features.repeated_field_encoding = EXPANDED]; M d = 4 [features.message_encoding = DELIMITED];
     string u = 5 [features.utf8_validation = NONE]; string plain = 6; repeated M list = 7;`,
  );
  expect(again).toEqual([]);
  expect(sources).toEqual([
    `string r = 1 [features.field_presence = LEGACY_REQUIRED, ${mark}];`,
    `int32 i = 2 [features.field_presence = IMPLICIT, ${mark}];`,
    `repeated int32 e = 3 [features.repeated_field_encoding = EXPANDED, ${mark}];`,
    `M d = 4 [features.message_encoding = DELIMITED, ${mark}];`,
    `string u = 5 [features.utf8_validation = NONE, ${mark}];`,
    `string plain = 6 [${mark}];`,
    `repeated M list = 7 [${mark}];`,
  ]);
});

test("a field sets no feature that its message or file sets for it", async () => {
  const { sources, again } = await restore(
    `${editions} option features.field_presence = IMPLICIT; option features.message_encoding = DELIMITED;`,
    "string i = 1; M d = 2; string e = 3 [features.field_presence = EXPLICIT];",
  );
  expect(again).toEqual([]);
  expect(sources).toEqual([
    `string i = 1 [${mark}];`,
    `M d = 2 [${mark}];`,
    `string e = 3 [features.field_presence = EXPLICIT, ${mark}];`,
  ]);
});

test("features of C++ and Java are kept as well", async () => {
  const { sources, again } = await restore(
    `${editions} import "google/protobuf/cpp_features.proto"; import "google/protobuf/java_features.proto";`,
    "string c = 1 [features.(pb.cpp).string_type = CORD]; string j = 2 [features.(pb.java).utf8_validation = VERIFY];",
  );
  expect(again).toEqual([]);
  expect(sources[0]).toContain("features.(pb.cpp).string_type = CORD");
  expect(sources[1]).toContain("features.(pb.java).utf8_validation = VERIFY");
});

test("a new required field of editions is made optional by its feature", async () => {
  const r = "string r = 1 [features.field_presence = LEGACY_REQUIRED];";
  const implicit = `${editions} option features.field_presence = IMPLICIT;`;
  const asked = { today, categories: ["WIRE_PRECISE"] } as const;
  const cases = [editions, implicit].map((head): [Side, Side] => [
    `${head} message M {}`,
    `${head} message M { ${r} }`,
  ]);
  const found = await checkCases(cases, asked);
  const sources = found.map((findings) => advised(findings, "FIELD_PRECISE_REQUIRED")[0]!);
  expect(sources).toEqual(["string r = 1;", "string r = 1 [features.field_presence = EXPLICIT];"]);
  const cleared = await checkCases(
    [editions, implicit].map((head, index) => [
      `${head} message M {}`,
      `${head} message M { ${sources[index]} }`,
    ]),
    asked,
  );
  expect(cleared).toEqual([[], []]);
});

test("defaults of every type are kept, whatever their text", async () => {
  const { sources, again } = await restore(
    `${proto2} enum E { Z = 0; A = 1; }`,
    String.raw`optional int32 i = 1 [default = -5]; optional string s = 2 [default = "a\"b\\c\n\x01é'"];
     optional bytes y = 3 [default = "\x00\"\\\xff'"]; optional E e = 4 [default = A]; optional bool b = 5 [default = true];
     optional double f = 6 [default = inf]; optional float n = 7 [default = -inf]; optional float x = 8 [default = nan];
     optional double big = 9 [default = 1e+60]; optional uint64 u = 10 [default = 18446744073709551615];
     optional string none = 11 [default = ""];`,
  );
  expect(again).toEqual([]);
  expect(sources.length).toBe(11);
  expect(sources.every((source) => source.includes("[default = "))).toBe(true);
});

test("options that a field sets are kept: packed, ctype, jstype, json_name and deprecated", async () => {
  const two = await restore(
    proto2,
    `repeated int32 p = 1 [packed = true]; optional string c = 2 [ctype = CORD]; required int64 j = 3 [jstype = JS_STRING];
     optional string n = 4 [json_name = "\\"other\\""]; repeated int32 plain = 5;`,
  );
  expect(two.again).toEqual([]);
  expect(two.sources[4]).toBe(`repeated int32 plain = 5 [${mark}];`);
  const three = await restore(proto3, "repeated int32 p = 1 [packed = false]; optional int32 o = 2;");
  expect(three.again).toEqual([]);
  expect(three.sources).toEqual([
    `repeated int32 p = 1 [packed = false, ${mark}];`,
    `optional int32 o = 2 [${mark}];`,
  ]);
});

test("what is kept stays deprecated, and a method stays idempotent", async () => {
  const text = (type: string, name: string) =>
    `${proto3} message X {} message M { ${type} a = 1 [deprecated = true]; }
     service S { rpc Get(${name}) returns (M) { option idempotency_level = IDEMPOTENT; option deprecated = true; } }`;
  const [findings] = await checkCases([[text("string", "M"), text("int32", "X")]], { today });
  expect(advised(findings!, "FIELD_SAME_TYPE")).toEqual(["string a = 1 [deprecated = true];"]);
  expect(advised(findings!, "RPC_SAME_REQUEST_TYPE")).toEqual([
    "rpc Get(M) returns (M) { option idempotency_level = IDEMPOTENT; option deprecated = true; }",
  ]);
});

test("a name is written so that it means the type where it stands", async () => {
  const google = `${proto3.replace("pkg;", "pkg.google.v1;")} import "google/protobuf/timestamp.proto";`;
  const inPackage = await restore(google, "google.protobuf.Timestamp t = 1;".replace("google", ".google"));
  expect(inPackage.again).toEqual([]);
  expect(inPackage.sources).toEqual([`.google.protobuf.Timestamp t = 1 [${mark}];`]);

  const timestamp = `${proto3} import "google/protobuf/timestamp.proto";`;
  const inMessage = await restore(timestamp, ".google.protobuf.Timestamp t = 1;", "message google {}");
  expect(inMessage.again).toEqual([]);
  expect(inMessage.sources).toEqual([`.google.protobuf.Timestamp t = 1 [${mark}];`]);

  const plain = await restore(
    timestamp,
    "google.protobuf.Timestamp t = 1; google.protobuf.Timestamp google = 2;",
  );
  expect(plain.again).toEqual([]);
  expect(plain.sources[0]).toBe(`google.protobuf.Timestamp t = 1 [${mark}];`);

  const unpackaged = await restore(
    timestamp.replace("package pkg;", ""),
    ".google.protobuf.Timestamp t = 1; M self = 2;",
    "enum google { Z = 0; }",
  );
  expect(unpackaged.again).toEqual([]);
  expect(unpackaged.sources).toEqual([
    `.google.protobuf.Timestamp t = 1 [${mark}];`,
    `M self = 2 [${mark}];`,
  ]);
});

test("a nested type has its shortest name, unless another one is nearer", async () => {
  const { sources, again } = await restore(
    `${proto3} message T { message U {} } message V {}`,
    "T near = 1; .pkg.T far = 2; map<string, .pkg.T> all = 3; T.U deep = 4; .pkg.T.U deeper = 5; V v = 6;".replaceAll(
      ".pkg.",
      ".c0.",
    ),
    "message T { message U {} }",
  );
  expect(again).toEqual([]);
  expect(sources).toEqual([
    `T near = 1 [${mark}];`,
    `c0.T far = 2 [${mark}];`,
    `map<string, c0.T> all = 3 [${mark}];`,
    `T.U deep = 4 [${mark}];`,
    `c0.T.U deeper = 5 [${mark}];`,
    `V v = 6 [${mark}];`,
  ]);
});

test("where an import's folder shows a nearer package of that name, the name has a leading dot", async () => {
  const files = (body: string): Side => ({
    "google/x.proto": 'syntax = "proto3"; package pkg.google; message X {}',
    "a.proto": `${proto3} import "c0/google/x.proto"; import "google/protobuf/timestamp.proto"; message M { ${body} }`,
  });
  const before = files("google.X x = 1; .google.protobuf.Timestamp t = 2;");
  const [findings] = await checkCases([[before, files("")]], { today });
  const sources = advised(findings!, "FIELD_NO_DELETE");
  expect(sources).toEqual([`google.X x = 1 [${mark}];`, `.google.protobuf.Timestamp t = 2 [${mark}];`]);
  expect(await foundOf([before, files(sources.join(" "))])).toEqual([]);
});

test("what is kept is written for the file as it is now", async () => {
  const text = (head: string, fields: string) =>
    `${head} message M { ${fields} M m = 3; oneof o { string s = 4; } }`;
  const implicit = `${editions} option features.field_presence = IMPLICIT;`;
  const expanded = `${editions} option features.repeated_field_encoding = EXPANDED;`;
  const fields = "string a = 1; repeated int32 p = 2;";
  const before = text(editions, fields);
  const found = await checkCases(
    [
      [before, text(implicit, fields)],
      [before, text(implicit, "repeated string a = 1; repeated int32 p = 2;")],
      [before, text(expanded, "string a = 1; repeated int64 p = 2;")],
    ],
    { today },
  );
  const explicit = "string a = 1 [features.field_presence = EXPLICIT];";
  expect(advised(found[0]!, "FIELD_SAME_CARDINALITY")).toEqual([explicit]);
  expect(advised(found[1]!, "FIELD_SAME_CARDINALITY")).toEqual([explicit]);
  const packed = "repeated int32 p = 2 [features.repeated_field_encoding = PACKED];";
  expect(advised(found[2]!, "FIELD_SAME_TYPE")).toEqual([packed]);
  expect(await foundOf([before, text(implicit, `${explicit} repeated int32 p = 2;`)])).toEqual([]);
  expect(await foundOf([before, text(expanded, `string a = 1; ${packed}`)])).toEqual([]);
});

test("what left a file that moved to editions comes back as an edition says it", async () => {
  const rest = "M m = 9;";
  const before = `${proto2} message M { required string r = 1; optional bytes b = 2 [default = "x"]; optional ${rest} }`;
  const text = (fields: string) =>
    `${editions} option features.utf8_validation = NONE; message M { ${fields} ${rest} }`;
  const asked = { today, categories: ["WIRE_PRECISE"] } as const;
  const [findings] = await checkCases([[before, text('bytes b = 2 [default = "x"];')]], asked);
  const [kept] = advised(findings!, "FIELD_PRECISE_REQUIRED");
  expect(kept).toBe("string r = 1 [features.field_presence = LEGACY_REQUIRED];");
  const [again] = await checkCases([[before, text(`${kept} bytes b = 2 [default = "x"];`)]], asked);
  expect(again).toEqual([]);
});

test("a type is kept by a name that a new nested type does not take", async () => {
  const text = (fields: string) => `${proto3} message T {} message M { ${fields} }`;
  const [findings] = await checkCases([[text("T a = 1;"), text("T a = 1; message T {}")]], { today });
  const [kept] = advised(findings!, "FIELD_SAME_TYPE");
  expect(kept).toBe("c0.T a = 1;");
  expect(await foundOf([text("T a = 1;"), text(`${kept} message T {}`)])).toEqual([]);
});

test("a group is told of in words, with the options to add", async () => {
  const text = (group: string) => `${proto2} message M { ${group} oneof o { string s = 3; } }`;
  const group = "optional group G = 2 { optional int32 a = 1; }";
  const [gone, retyped] = await checkCases(
    [
      [text(group), text("")],
      [text(group), text("optional G g = 2; message G { optional int32 a = 1; }")],
    ],
    { today },
  );
  expect(advised(gone!, "FIELD_NO_DELETE")).toEqual([`add to its options: ${mark}`]);
  expect(advised(retyped!, "FIELD_SAME_TYPE")).toEqual(["optional group G = 2, with its body"]);
  const marked = text(group.replace("= 2 {", `= 2 [${mark}] {`));
  expect(await foundOf([text(group), marked])).toEqual([]);
});

test("a file without the options is told to import them, and compiles with what it is told", async () => {
  const head = 'syntax = "proto3"; package pkg;';
  const body = "message K {} message M { string a = 1; K k = 2; }";
  const [findings] = await checkCases([[`${head} ${body}`, `${head} message K {} message M { K k = 2; }`]], {
    today,
  });
  const [mark, imported, reserve] = findings!
    .find(({ rule }) => rule === "FIELD_NO_DELETE")!
    .suggestion.map(sourceOf);
  expect(imported).toBe(options);
  expect(reserve).toBe('reserved 1; reserved "a";');
  const told = `${head} ${imported} message K {} message M { ${mark} K k = 2; }`;
  expect(await foundOf([`${head} ${body}`, told])).toEqual([]);
  const [gone] = await checkCases([[told, told.replace(mark!, "")]], { today });
  expect(gone!.length).toBeGreaterThan(0);
  expect(gone!.flatMap(({ suggestion }) => suggestion).join()).not.toContain("import its options");
});

test("of aliases, those that left come back, each once", async () => {
  const text = (values: string) => `${proto3} enum E { Z = 0; ${values} }`;
  const three = "option allow_alias = true; A = 1; B = 1; C = 1;";
  const asked = { today, categories: ["WIRE_JSON"] } as const;
  const rule = "ENUM_VALUE_SAME_NAME";
  const cases: [string, string][] = [
    [text(three), text("option allow_alias = true; A = 1; B = 1;")],
    [text(three), text("A = 1;")],
    [text("A = 1;"), text("N = 1;")],
    [text("A = 1; B = 2;"), text("A = 2; B = 1;")],
  ];
  const found = (await checkCases(cases, asked)).map((findings) => advised(findings, rule));
  expect(found).toEqual([
    ["C = 1;", "C = 1;"],
    ["option allow_alias = true; B = 1; C = 1;"],
    ["option allow_alias = true; A = 1;"],
    ["B = 2;", "A = 1;"],
  ]);
  const written = found.map((sources) => [...new Set(sources)].join(" "));
  const kept = ["option allow_alias = true; A = 1; B = 1;", "A = 1;", "N = 1;", ""];
  const again = await checkCases(
    cases.map(([before], index) => [before, text(`${kept[index]} ${written[index]}`)]),
    asked,
  );
  expect(again).toEqual([[], [], [], []]);
});

test("what is FROZEN keeps the names that it lost", async () => {
  const text = (values: string) =>
    `${proto3} enum E { option (proto4.enum_lifecycle) = FROZEN; Z = 0; ${values} }`;
  const before = text("option allow_alias = true; A = 1; B = 1; C = 1;");
  const cases: [string, string][] = [
    [before, text("A = 1;")],
    [text("A = 1;"), text("N = 1;")],
  ];
  const found = await checkCases(cases, { today });
  const sources = found.map((findings) =>
    findings.filter(
      ({ rule, message }) => rule === "LIFECYCLE_FROZEN" && message.includes("changed its name"),
    ),
  );
  const written = sources.map((findings) => advised(findings, "LIFECYCLE_FROZEN"));
  expect(written).toEqual([["option allow_alias = true; B = 1; C = 1;"], ["A = 1;"]]);
  const again = await checkCases(
    [
      [before, text(`A = 1; ${written[0]![0]}`)],
      [text("A = 1;"), text(written[1]![0]!)],
    ],
    { today },
  );
  expect(again).toEqual([[], []]);
});
