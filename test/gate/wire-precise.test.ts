import fc from "fast-check";
import { expect, test } from "vitest";
import { checkCases } from "./check-cases.js";
import { anyPair, type Pair } from "./wire-precise/any-pair.js";
import { type EditName, editNames } from "./wire-precise/edits.js";
import { hasFreedNumber } from "./wire-precise/freed.js";
import { findingsOf, isAboutReuse, said, seen } from "./wire-precise/judge-pair.js";
import type { FieldModel, Side } from "./wire-precise/model.js";

const today = "2026-11-22";
const categories = ["WIRE_PRECISE"];
const ways = ["newerReaders", "elderReaders"] as const;

/** What the gate says, and what comes out of protobuf-es, are the same on both ways. */
function agree(pair: Pick<Pair, "before" | "after">): void {
  const findings = findingsOf(pair);
  const told = findings.map(({ rule, message, breaks }) => `${rule} ${message} [${breaks.join()}]`);
  const [claimed, certain, lost] = [
    said(findings),
    said(findings.filter((f) => !isAboutReuse(f))),
    seen(pair),
  ];
  const context = JSON.stringify({ told, lost });
  for (const way of ways) {
    if (lost[way] !== undefined) expect(claimed[way], `${way} lose a value: ${context}`).toBe(true);
    if (certain[way]) expect(lost[way], `${way} lose nothing: ${context}`).toBeDefined();
  }
}

test("after one edit, a finding is made exactly where a value differs, for whom it differs", () => {
  fc.assert(fc.property(anyPair(1), agree), { numRuns: 1000 });
}, 120_000);

test("and after several", () => {
  fc.assert(fc.property(anyPair(4), agree), { numRuns: 400 });
}, 120_000);

test("and where entries of a map become messages whose key is a list", () => {
  const side = (cardinality: "map" | "repeated"): Side => ({
    syntax: "proto3",
    messages: {
      M: {
        reserved: [],
        fields: [{ number: 1, name: "f1", type: "message", cardinality, of: "Leaf", key: "int32" }],
      },
      Leaf: {
        reserved: [],
        fields: [
          { number: 1, name: "f1", type: "int32", cardinality: "repeated", packed: false },
          { number: 2, name: "f2", type: "message", cardinality: "explicit", of: "Leaf" },
        ],
      },
    },
    enums: {},
  });
  agree({ before: side("map"), after: side("repeated") });
  agree({ before: side("repeated"), after: side("map") });
});

test("a number that becomes free is told, and none that does not", () => {
  const property = fc.property(anyPair(3), (pair) => {
    const told = findingsOf(pair).filter(({ rule }) => rule.includes("RESERVED"));
    expect(told.length > 0).toBe(hasFreedNumber(pair));
  });
  fc.assert(property, { numRuns: 600 });
}, 60_000);

/** Ways to write the same; `syntax` is one but for a map's text, whose validation only the syntax decides. */
const harmless: readonly EditName[] = [
  "oneof renamed",
  "message renamed",
  "message no longer nested",
  "packed",
];
const rare: readonly EditName[] = ["syntax"];
/** Always leads to other bytes. */
const total: readonly EditName[] = ["delimited"];

test("every kind of edit came about with and without a break, for newer readers and for elder ones", () => {
  const came = new Map(editNames.map((name) => [name, new Set<string>()]));
  const syntaxes = new Set<string>();
  for (const pair of fc.sample(anyPair(1), { numRuns: 2500, seed: 4 })) {
    if (JSON.stringify(pair.before) === JSON.stringify(pair.after)) continue;
    const broken = said(findingsOf(pair).filter((finding) => !isAboutReuse(finding)));
    for (const way of ways) came.get(pair.edits[0]!)!.add(`${way} ${broken[way]}`);
    syntaxes.add([pair.before.syntax, pair.after.syntax].sort().join());
  }
  const either = ways.flatMap((way) => [`${way} false`, `${way} true`]);
  for (const [name, outcomes] of came) {
    if (rare.includes(name)) outcomes.add("newerReaders true").add("elderReaders true");
    const only = harmless.includes(name) ? "false" : total.includes(name) ? "true" : "";
    const expected = either.filter((outcome) => outcome.endsWith(only));
    expect([name, [...outcomes].sort()]).toEqual([name, expected.sort()]);
  }
  const pairs = ["2023,2023", "2023,proto2", "2023,proto3", "proto2,proto2", "proto3,proto3"];
  expect([...syntaxes]).toEqual(expect.arrayContaining(pairs));
}, 60_000);

const proto2 = (body: string) => `syntax = "proto2"; package pkg; ${body}`;
const edition = (body: string) => `edition = "2023"; package pkg; ${body}`;

test("what buf's WIRE refuses for its name alone is no finding", async () => {
  const inner = "string s = 1; ";
  const cases = [
    [`message A { ${inner} } message M { A a = 1; }`, `message B { ${inner} } message M { B a = 1; }`],
    [
      `message M { message A { ${inner} A a = 2; } A a = 1; }`,
      `message A { ${inner} A a = 2; } message M { A a = 1; }`,
    ],
    ["message M { optional int32 a = 1; }", "message M { oneof o { int32 a = 1; } }"],
    [
      "message M { oneof o { int32 a = 1; int32 b = 2; } }",
      "message M { oneof p { int32 a = 1; int32 b = 2; } }",
    ],
    ["enum E { Z = 0; } message M { int32 a = 1; }", "enum E { Z = 0; } message M { E a = 1; }"],
    ["enum E { Z = 0; } message M { E a = 1; }", "enum F { Y = 0; X = 1; } message M { F a = 1; }"],
    [
      `message A { ${inner} } message B { ${inner} } service S { rpc R(A) returns (B); }`,
      `message C { ${inner} } message B { ${inner} } service S { rpc R(C) returns (C); }`,
    ],
  ] as const;
  const precise = await checkCases(cases, { today, categories });
  expect(precise.map((findings) => findings.map(({ rule }) => rule))).toEqual(cases.map(() => []));
  const blunt = await checkCases(cases, { today, categories: ["WIRE"], likeBuf: true });
  expect(blunt.filter((findings) => findings.length === 0)).toEqual([]);
});

test("what resolves to the same features is no finding, whatever the syntax", async () => {
  const proto3 =
    "enum E { Z = 0; } message M { int32 a = 1; optional E b = 2; repeated int32 c = 3; string d = 4; M e = 5; }";
  const body = proto3.replace("optional ", "");
  const implicit = "[features.field_presence = IMPLICIT]";
  const same = edition(body.replace("a = 1", `a = 1 ${implicit}`).replace("d = 4", `d = 4 ${implicit}`));
  const closed = proto2(
    "enum E { Z = 3; } message M { optional E a = 1; optional string b = 2; repeated E c = 3; }",
  );
  const legacy = edition(
    "option features.enum_type = CLOSED; option features.utf8_validation = NONE; option features.repeated_field_encoding = EXPANDED;" +
      closed.slice(closed.indexOf("enum E")).replaceAll("optional ", ""),
  );
  const found = await checkCases(
    [
      [proto3, same],
      [closed, legacy],
    ],
    { today, categories },
  );
  expect(found).toEqual([[], []]);
});

test("what buf's WIRE lets pass is a finding that tells who breaks", async () => {
  const cases = [
    ["message M { int64 a = 1; }", "message M { int32 a = 1; }"],
    ["message M { int32 a = 1; }", "message M { int64 a = 1; }"],
    ["message M { optional int32 a = 1; }", "message M { int32 a = 1; }"],
    [
      proto2("enum E { A = 0; } message M { optional E e = 1; }"),
      proto2("enum E { A = 0; B = 1; } message M { optional E e = 1; }"),
    ],
  ] as const;
  const blunt = await checkCases(cases, { today, categories: ["WIRE"], likeBuf: true });
  expect(blunt).toEqual(cases.map(() => []));
  const precise = await checkCases(cases, { today, categories });
  expect(precise.map(([finding]) => `${finding?.rule} ${finding?.breaks.join()}`)).toEqual([
    "FIELD_PRECISE_TYPE stored-data,newer-readers",
    "FIELD_PRECISE_TYPE elder-readers",
    "FIELD_PRECISE_PRESENCE stored-data,newer-readers",
    "ENUM_PRECISE_VALUES elder-readers",
  ]);
});

test("keys of maps are text like other text", async () => {
  const found = await checkCases(
    [[proto2("message M { map<string, int32> a = 1; }"), "message M { map<string, int32> a = 1; }"]],
    { today, categories },
  );
  expect(found[0]!.map(({ rule, breaks }) => `${rule} ${breaks.join()}`)).toEqual([
    "FIELD_PRECISE_UTF8 stored-data,newer-readers",
  ]);
});

function sideOf(syntax: Side["syntax"], f1: Partial<FieldModel>, entry: readonly FieldModel[]): Side {
  const field = {
    number: 1,
    name: "f1",
    type: "message",
    of: "Entry",
    cardinality: "explicit",
    ...f1,
  } as const;
  return {
    syntax,
    messages: { M: { fields: [field], reserved: [] }, Entry: { fields: entry, reserved: [] } },
    enums: {},
  };
}

const entry: readonly FieldModel[] = [
  { number: 1, name: "key", type: "int32", cardinality: "implicit" },
  { number: 2, name: "value", type: "bool", cardinality: "implicit" },
];
const map = { type: "bool", of: undefined, cardinality: "map", key: "int32" } as const;

test("one message is read as the one entry of a map, if it has nothing else and no presence to lose", () => {
  const after = sideOf("proto3", map, entry);
  const alone = { before: sideOf("proto3", {}, entry), after };
  agree(alone);
  expect(said(findingsOf(alone))).toEqual({ newerReaders: false, elderReaders: true });
  const third = { number: 3, name: "more", type: "bool", cardinality: "implicit" } as const;
  const present = entry.map((field) => ({ ...field, cardinality: "explicit" as const }));
  for (const more of [[...entry, third], present]) {
    const pair = { before: sideOf("proto3", {}, more), after: sideOf("proto3", map, more) };
    agree(pair);
    expect(said(findingsOf(pair))).toEqual({ newerReaders: true, elderReaders: true });
  }
});

test("a number that nobody finds is no loss to a map, if it is always the zero that is read instead", () => {
  const alone = { E: { numbers: [0], reserved: [], closed: true } };
  const before = { ...sideOf("2023", { ...map, type: "enum", of: "E" }, entry), enums: alone };
  const pair = { before, after: { ...sideOf("2023", { ...map, type: "double" }, entry), enums: alone } };
  agree(pair);
  expect(said(findingsOf(pair))).toEqual({ newerReaders: false, elderReaders: true });
  for (const [cardinality, isLost] of [
    ["implicit", false],
    ["required", true],
    ["explicit", true],
  ] as const) {
    const required = {
      ...sideOf("2023", { type: "enum", of: "E", cardinality: "required" }, entry),
      enums: alone,
    };
    const unread = { ...sideOf("2023", { type: "double", of: undefined, cardinality }, entry), enums: alone };
    agree({ before: required, after: unread });
    expect(said(findingsOf({ before: required, after: unread })).newerReaders).toBe(isLost);
  }
});
