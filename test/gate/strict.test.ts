import { expect, test } from "vitest";
import { check } from "../../src/gate/index.js";
import type { Image } from "../../src/image/index.js";
import { imageOf } from "../schema/real-images.js";
import { brief, checkCases, type Side } from "./check-cases.js";

const today = "2026-11-22";

interface Claim {
  readonly before: Side;
  readonly after: Side;
  /** Under buf's category WIRE, and under FILE. */
  readonly wire: readonly string[];
  readonly file: readonly string[];
}

const proto2 = (body: string) => `syntax = "proto2"; package pkg; import "proto4/options.proto"; ${body}`;
const edition = (year: number, body: string) =>
  `edition = "${year}"; package pkg; import "proto4/options.proto"; ${body}`;
const both = (before: Side, after: Side, found: readonly string[]): Claim => ({
  ...{ before, after, wire: found, file: found },
});
const field = (type: string) => `message M { ${type} a = 1; }`;
const retyped = (from: string, to: string, ...wire: readonly string[]): Claim => ({
  before: field(from),
  after: field(to),
  wire,
  file: ["error FIELD_SAME_TYPE M.a"],
});

const E = "enum E { Z = 0; A = 1; }";

const enums: Readonly<Record<string, Claim>> = {
  "a number that joins a closed enum is told": both(proto2("enum E { Z = 0; }"), proto2(E), [
    "warning ENUM_VALUE_NO_ADD_TO_CLOSED A",
  ]),
  "an open enum may grow": both("enum E { Z = 0; }", E, []),
  "a closed enum of an edition is closed": both(
    edition(2023, "enum E { option features.enum_type = CLOSED; Z = 0; }"),
    edition(2023, "enum E { option features.enum_type = CLOSED; Z = 0; A = 1; }"),
    ["warning ENUM_VALUE_NO_ADD_TO_CLOSED A"],
  ),
  "another name for a known number is no new value": both(
    proto2("enum E { Z = 0; }"),
    proto2("enum E { option allow_alias = true; Z = 0; ZERO = 0; }"),
    [],
  ),
  "a new closed enum has no elder readers": both(proto2("message M {}"), proto2(`message M {} ${E}`), []),
  "a closed enum in the making may grow, as info": both(
    proto2("enum E { option (proto4.enum_lifecycle) = EXPERIMENTAL; Z = 0; }"),
    proto2("enum E { option (proto4.enum_lifecycle) = EXPERIMENTAL; Z = 0; A = 1; }"),
    ["info ENUM_VALUE_NO_ADD_TO_CLOSED A"],
  ),
};

const visibility: Readonly<Record<string, Claim>> = {
  "what becomes local is told": both(
    edition(2024, "message M {} enum F { Y = 0; }"),
    edition(2024, "local message M {} local enum F { Y = 0; }"),
    ["error SYMBOL_SAME_VISIBILITY M", "error SYMBOL_SAME_VISIBILITY F"],
  ),
  "what is exported now hurts nobody": both(
    edition(2024, "local message M { message N {} }"),
    edition(2024, "export message M { export message N {} }"),
    [],
  ),
  "a nested type without a keyword is local": both(
    edition(2024, "message M { export message N {} }"),
    edition(2024, "message M { message N {} }"),
    ["error SYMBOL_SAME_VISIBILITY M.N"],
  ),
  "a keyword that says what holds anyhow changes nothing": both(
    edition(2024, "message M { message N {} }"),
    edition(2024, "export message M { local message N {} }"),
    [],
  ),
  "the file's feature counts where no keyword stands": both(
    edition(2024, "message M {} export message X {}"),
    edition(2024, "option features.default_symbol_visibility = LOCAL_ALL; message M {} export message X {}"),
    ["error SYMBOL_SAME_VISIBILITY M"],
  ),
  "the feature may keep nested types in sight when a file moves to edition 2024": both(
    edition(2023, "message M { message N {} }"),
    edition(2024, "option features.default_symbol_visibility = EXPORT_ALL; message M { message N {} }"),
    [],
  ),
  "nested types of elder editions get out of sight in edition 2024, but for the entries of maps": both(
    edition(2023, "message M { message N {} map<string, string> a = 1; }"),
    edition(2024, "message M { message N {} map<string, string> a = 1; }"),
    ["error SYMBOL_SAME_VISIBILITY M.N"],
  ),
};

const a = "message A {} message B {}";
const importing = (how: string, body = "message M {}") => `import ${how}"b.proto";\n${body}`;
const two = (file: string, other = a): Side => ({ "a.proto": file, "b.proto": other });
const lost = ["error IMPORT_PUBLIC_NO_DELETE a.proto"];

const imports: Readonly<Record<string, Claim>> = {
  "a public import that leaves is told": both(two(importing("public ")), two("message M {}"), lost),
  "one that turns private is told": both(
    two(importing("public ")),
    two(importing("", "message M { A a = 1; }")),
    lost,
  ),
  "a private import is nobody else's": both(
    two(importing("", "message M { reserved 1; }")),
    two("message M { reserved 1; }"),
    [],
  ),
  "what comes in by another public import is not lost": both(
    { ...(two(importing("public ")) as object), "c.proto": importing("public ", "message C {}") },
    {
      ...(two('import public "c.proto";\nmessage M {}') as object),
      "c.proto": importing("public ", "message C {}"),
    },
    [],
  ),
  "what goes on through several files is told where the chain breaks": both(
    { ...(two('import public "c.proto";\nmessage M {}') as object), "c.proto": importing("public ", "") },
    { ...(two('import public "c.proto";\nmessage M {}') as object), "c.proto": "" },
    ["error IMPORT_PUBLIC_NO_DELETE c.proto"],
  ),
  "what moved into the file itself is not lost": {
    before: two(importing("public ", ""), "message A {} enum K { K0 = 0; }"),
    after: two("message A {} enum K { K0 = 0; }", ""),
    wire: [],
    file: ["error MESSAGE_NO_DELETE A", "error ENUM_NO_DELETE K"],
  },
  "an empty file passes nothing on": both(two(importing("public "), ""), two("message M {}", ""), []),
};

const presence: Readonly<Record<string, Claim>> = {
  "to gain presence is told once": {
    ...{ before: field("int32"), after: field("optional int32") },
    wire: ["warning FIELD_SAME_PRESENCE M.a"],
    file: ["error FIELD_SAME_CARDINALITY M.a"],
  },
  "to lose presence is told once": {
    ...{ before: field("optional int32"), after: field("int32") },
    wire: ["warning FIELD_SAME_PRESENCE M.a"],
    file: ["error FIELD_SAME_CARDINALITY M.a"],
  },
  "what buf says of a required field is not said again": {
    before: proto2("message M { optional int32 a = 1; }"),
    after: proto2("message M { required int32 a = 1; }"),
    wire: ["error FIELD_WIRE_COMPATIBLE_CARDINALITY M.a", "error MESSAGE_SAME_REQUIRED_FIELDS M.a"],
    file: ["error FIELD_SAME_CARDINALITY M.a", "error MESSAGE_SAME_REQUIRED_FIELDS M.a"],
  },
  "the same presence by another spelling is none of it": {
    before: 'syntax = "proto3"; package pkg; message M { optional int32 a = 1; }',
    after: 'edition = "2023"; package pkg; message M { int32 a = 1; }',
    wire: [],
    file: ["error FILE_SAME_SYNTAX a.proto"],
  },
  "presence that comes with a oneof is the oneof's": {
    before: "message M { int32 a = 1; }",
    after: "message M { oneof o { int32 a = 1; } }",
    wire: ["error FIELD_SAME_ONEOF M.a"],
    file: ["error FIELD_SAME_CARDINALITY M.a", "error FIELD_SAME_ONEOF M.a"],
  },
  "a list has no presence to lose": {
    ...{ before: field("int32"), after: field("repeated int32") },
    wire: ["error FIELD_WIRE_COMPATIBLE_CARDINALITY M.a"],
    file: ["error FIELD_SAME_CARDINALITY M.a"],
  },
};

const narrowing: Readonly<Record<string, Claim>> = {
  "int64 to int32 cuts": retyped("int64", "int32", "error FIELD_NO_NARROWING M.a"),
  "uint64 to uint32 cuts": retyped("uint64", "uint32", "error FIELD_NO_NARROWING M.a"),
  "sint64 to sint32 cuts": retyped("sint64", "sint32", "error FIELD_NO_NARROWING M.a"),
  "int64 to bool cuts": retyped("int64", "bool", "error FIELD_NO_NARROWING M.a"),
  "int32 to uint32 misreads": retyped("int32", "uint32", "error FIELD_NO_NARROWING M.a"),
  "fixed32 to sfixed32 misreads": retyped("fixed32", "sfixed32", "error FIELD_NO_NARROWING M.a"),
  "sfixed64 to fixed64 misreads": retyped("sfixed64", "fixed64", "error FIELD_NO_NARROWING M.a"),
  "int32 to uint64 misreads": retyped("int32", "uint64", "error FIELD_NO_NARROWING M.a"),
  "int32 to int64 hurts elder readers only": retyped("int32", "int64", "info FIELD_NO_NARROWING M.a"),
  "uint32 to int64 hurts elder readers only": retyped("uint32", "int64", "info FIELD_NO_NARROWING M.a"),
  "bool to int32 hurts elder readers only": retyped("bool", "int32", "info FIELD_NO_NARROWING M.a"),
  "string to bytes hurts elder readers only": retyped("string", "bytes", "info FIELD_NO_NARROWING M.a"),
  "what reads other bytes is buf's to say": retyped(
    "int64",
    "sint32",
    "error FIELD_WIRE_COMPATIBLE_TYPE M.a",
  ),
  "double to float reads other bytes": retyped("double", "float", "error FIELD_WIRE_COMPATIBLE_TYPE M.a"),
};

const packing: Readonly<Record<string, Claim>> = {
  "packed to expanded is told": both(
    field("repeated int32"),
    "message M { repeated int32 a = 1 [packed = false]; }",
    ["info FIELD_SAME_PACKED M.a"],
  ),
  "expanded to packed is told, also of an extension": both(
    proto2("message M { extensions 1 to 9; } extend M { repeated int32 a = 1; }"),
    proto2("message M { extensions 1 to 9; } extend M { repeated int32 a = 1 [packed = true]; }"),
    ["info FIELD_SAME_PACKED a"],
  ),
  "packed by another spelling stays packed": both(
    field("repeated int32"),
    "message M { repeated int32 a = 1 [packed = true]; }",
    [],
  ),
  "text cannot be packed": {
    ...{ before: field("repeated int32"), after: field("repeated string") },
    wire: ["error FIELD_WIRE_COMPATIBLE_TYPE M.a"],
    file: ["error FIELD_SAME_TYPE M.a"],
  },
};

/** Only WIRE lets names change; FILE says so itself, and in the same finding which of both it is. */
const reuse = (before: string, after: string, isReuse: boolean): Claim => ({
  before: `message M { string id = 1; ${before} }`,
  after: `message M { string id = 1; ${after} }`,
  wire: [`${isReuse ? "error" : "info"} FIELD_NUMBER_REUSED`],
  file: ["error FIELD_SAME_NAME"],
});

const names: Readonly<Record<string, Claim>> = {
  "a like name is a rename": reuse("string user_name = 2;", "string username = 2;", false),
  "a name of which the other is a part is a rename": reuse(
    "string name = 2;",
    "string full_name = 2;",
    false,
  ),
  "another name of the same type in the same place is a rename": reuse(
    "string note = 2;",
    "string remark = 2;",
    false,
  ),
  "another name elsewhere in the message is a re-use": reuse(
    "string note = 2; string a = 3; string b = 4;",
    "string a = 3; string b = 4; string phone = 2;",
    true,
  ),
  "another type and another name is a re-use": reuse("string note = 2;", "double weight = 2;", true),
  "a list in place of one is a re-use": reuse("string note = 2;", "repeated string parts = 2;", true),
  "a like name of another type is a rename all the same": reuse(
    "string user = 2;",
    "bytes user_key = 2;",
    false,
  ),
  "a like type and another name is a re-use": reuse("int32 note = 2;", "int64 amount = 2;", true),
  "the same comment speaks for a rename": reuse(
    "\n// In cents.\nint32 note = 2;",
    "\n// In cents.\nint64 amount = 2;",
    false,
  ),
  "another comment speaks for a re-use": reuse(
    "\n// To write to.\nstring mail = 2;",
    "\n// To call.\nstring phone = 2;",
    true,
  ),
  "words that all fields share speak for nothing": reuse(
    "string user_id = 2; string a = 3;",
    "string a = 3; string order_id = 2;",
    true,
  ),
  "an elder name that lives on shows a re-use": {
    ...reuse("string note = 2;", "string notes = 2; string note = 3;", true),
  },
  "the author's word shows a rename": reuse(
    "string note = 2; string a = 3;",
    'string a = 3; double weight = 2 [(proto4.field_terms).was = "note"];',
    false,
  ),
};

test.each([
  ["closed enums", enums],
  ["visibility", visibility],
  ["public imports", imports],
  ["presence", presence],
  ["narrowing", narrowing],
  ["packing", packing],
])("the claims about %s hold, under WIRE and under FILE", async (_, claims) => {
  const entries = Object.entries(claims);
  const cases = entries.map(([, { before, after }]) => [before, after] as const);
  for (const [category, key] of [
    ["WIRE", "wire"],
    ["FILE", "file"],
  ] as const) {
    const found = await checkCases(cases, { today, categories: [category] });
    expect(entries.map(([claim], i) => [claim, category, found[i]!.map(brief).sort()])).toEqual(
      entries.map(([claim, expected]) => [claim, category, [...expected[key]].sort()]),
    );
  }
});

test("a rename and a re-use are told apart under WIRE, and in FILE's own finding", async () => {
  const entries = Object.entries(names);
  const cases = entries.map(([, { before, after }]) => [before, after] as const);
  const [wire, file] = [
    await checkCases(cases, { today, categories: ["WIRE"] }),
    await checkCases(cases, { today, categories: ["FILE"] }),
  ];
  const told = entries.map(([claim], i) => {
    const mine = wire[i]!.filter(({ rule }) => rule === "FIELD_NUMBER_REUSED");
    return [claim, mine.map(({ severity, rule }) => `${severity} ${rule}`)];
  });
  expect(told).toEqual(entries.map(([claim, expected]) => [claim, expected.wire]));
  entries.forEach(([claim, { wire }], i) => {
    expect(
      file[i]!.map(({ rule }) => rule),
      claim,
    ).not.toContain("FIELD_NUMBER_REUSED");
    const [theirs] = file[i]!.filter(({ rule }) => rule === "FIELD_SAME_NAME");
    expect([claim, theirs!.message.includes("taken by another field")]).toEqual([
      claim,
      wire[0]!.startsWith("error"),
    ]);
  });
});

test("who cuts is told: newer readers, elder ones, or both", async () => {
  const found = await checkCases(
    [
      [field("int64"), field("int32")],
      [field("int32"), field("int64")],
      [field("int32"), field("uint32")],
    ],
    { today, categories: ["WIRE"] },
  );
  expect(found.map(([finding]) => finding!.breaks)).toEqual([
    ["stored-data", "newer-readers", "json"],
    ["elder-readers"],
    ["stored-data", "elder-readers", "newer-readers", "json"],
  ]);
});

test("JSON's own rule says what JSON tells apart, and only that", async () => {
  const found = await checkCases(
    [
      [field("int64"), field("int32")],
      [field("int32"), field("uint32")],
      [field("int32"), field("optional int32")],
    ],
    { today, categories: ["WIRE_JSON"] },
  );
  expect(found.map((findings) => findings.map(brief))).toEqual([
    ["error FIELD_WIRE_JSON_COMPATIBLE_TYPE M.a"],
    ["error FIELD_NO_NARROWING M.a"],
    ["warning FIELD_SAME_PRESENCE M.a"],
  ]);
});

test("a new field does not take a number that another one had in an elder version", async () => {
  const source = (body: string) =>
    imageOf({ "a.proto": `syntax = "proto3"; package a; message M { ${body} }` });
  const [eldest, before, after, back] = await Promise.all([
    source("string id = 1; string note = 2;"),
    source("string id = 1;"),
    source("string id = 1; string phone = 2;"),
    source("string id = 1; string note = 2;"),
  ]);
  const history = [{ name: "v1.0", date: undefined, image: eldest }];
  const [found] = check(before, after, { today, history });
  expect(found).toMatchObject({ rule: "FIELD_NUMBER_REUSED", severity: "error", symbol: "a.M.phone" });
  expect(found!.message).toContain('"note" had it in v1.0');
  expect(check(before, back, { today, history })).toEqual([]);
  expect(check(before, after, { today })).toEqual([]);
});

test("a number of an elder version is taken by an extension, and by a namesake that reads other bytes", async () => {
  const source = (body: string) =>
    imageOf({ "a.proto": `syntax = "proto2"; package a; message M { extensions 100 to 200; ${body}` });
  const [eldest, before, after, back] = await Promise.all([
    source("optional string a = 1; } extend M { optional string e = 100; }"),
    source("}"),
    source("optional int32 a = 1; } extend M { optional int32 z = 100; }"),
    source("optional bytes a = 1; } extend M { optional string e = 100; }"),
  ]);
  const history = [{ name: "v1.0", date: undefined, image: eldest }];
  const reused = (now: Image) =>
    check(before, now, { today, history }).map(({ rule, symbol }) => `${rule} ${symbol}`);
  expect(reused(after)).toEqual(["FIELD_NUMBER_REUSED a.M.a", "FIELD_NUMBER_REUSED a.z"]);
  expect(reused(back)).toEqual([]);
});

test("buf's rules are judged as before under --like-buf: none of these is asked", async () => {
  const cases = [enums, visibility, imports, presence, narrowing, packing, names]
    .flatMap((claims) => Object.values(claims))
    .map(({ before, after }) => [before, after] as const);
  const found = await checkCases(cases, { today, likeBuf: true, categories: ["WIRE"] });
  expect(found.flat().length).toBeGreaterThan(0);
  const own = new Set(["ENUM_VALUE_NO_ADD_TO_CLOSED", "SYMBOL_SAME_VISIBILITY", "IMPORT_PUBLIC_NO_DELETE"]);
  const strict = found
    .flat()
    .filter(({ rule }) => own.has(rule) || /_(PRESENCE|NARROWING|PACKED|REUSED)$/.test(rule));
  expect(strict).toEqual([]);
});
