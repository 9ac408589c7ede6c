import { expect, test } from "vitest";
import { defaultPolicy } from "../../src/rules/index.js";
import { brief, checkCases, type Side } from "./check-cases.js";

const today = "2026-11-22";

/** claim → [before, after, what is found under buf's category WIRE, proto4's own included] */
const claims: Readonly<Record<string, readonly [before: Side, after: Side, expected: readonly string[]]>> = {
  "deprecated = true alone is nobody's lifecycle": [
    "message M { string a = 1; }",
    "message M { string a = 1 [deprecated = true]; }",
    [],
  ],
  "what nobody declared is left to buf's rules": [
    "message M { string a = 1; string b = 2 [deprecated = true]; }",
    "message M { reserved 1, 2; }",
    [],
  ],
  "a state that changes together with its container is one finding": [
    "message M { option (proto4.message_lifecycle) = FROZEN; string a = 1; string b = 2; message N { string c = 1; } }",
    "message M { option (proto4.message_lifecycle) = STABLE; string a = 1; string b = 2; message N { string c = 1; } }",
    ["error LIFECYCLE_MOVE M"],
  ],
  "relabelling excuses nothing in the same change": [
    "message M { int32 a = 1 [(proto4.field_lifecycle) = STABLE]; }",
    "message M { string a = 1 [(proto4.field_lifecycle) = EXPERIMENTAL]; }",
    ["error FIELD_WIRE_COMPATIBLE_TYPE M.a", "error LIFECYCLE_MOVE M.a"],
  ],
  "calling an unlabelled field EXPERIMENTAL excuses nothing": [
    "message M { int32 a = 1; }",
    "message M { string a = 1 [(proto4.field_lifecycle) = EXPERIMENTAL]; }",
    ["error FIELD_WIRE_COMPATIBLE_TYPE M.a", "error LIFECYCLE_MOVE M.a"],
  ],
  "what was EXPERIMENTAL breaks as info": [
    "message M { int32 a = 1 [(proto4.field_lifecycle) = EXPERIMENTAL]; }",
    "message M { string a = 1 [(proto4.field_lifecycle) = STABLE]; }",
    ["info FIELD_WIRE_COMPATIBLE_TYPE M.a"],
  ],
  "an added element is judged by its parent's state, not by its own": [
    "message M { option (proto4.message_lifecycle) = FROZEN; }",
    "message M { option (proto4.message_lifecycle) = FROZEN; string a = 1 [(proto4.field_lifecycle) = FROZEN]; }",
    ["error LIFECYCLE_FROZEN M.a"],
  ],
  "a frozen file takes nothing in": [
    "option (proto4.file_lifecycle) = FROZEN; message M {}",
    "option (proto4.file_lifecycle) = FROZEN; message M {} enum E { Z = 0; } service S {}",
    ["error LIFECYCLE_FROZEN E", "error LIFECYCLE_FROZEN S"],
  ],
  "frozen elements may be commented, reordered, and moved to another file": [
    {
      "a.proto":
        "message M { string a = 1 [(proto4.field_lifecycle) = FROZEN]; string b = 2; } enum E { option (proto4.enum_lifecycle) = FROZEN; Z = 0; }",
    },
    {
      "a.proto": "enum E { option (proto4.enum_lifecycle) = FROZEN; /* nothing */ Z = 0; }",
      "b.proto":
        'message M { string b = 2; string a = 1 [json_name = "a", deprecated = true, (proto4.field_lifecycle) = FROZEN]; }',
    },
    ["warning LIFECYCLE_TERMS M.a"],
  ],
  "a move to another file does not shake off that file's promise": [
    { "a.proto": "option (proto4.file_lifecycle) = FROZEN; message M { string a = 1; }" },
    { "a.proto": "option (proto4.file_lifecycle) = FROZEN;", "b.proto": "message M { string a = 1; }" },
    ["error LIFECYCLE_MOVE M"],
  ],
  "the value of a frozen map does not change": [
    "message M { map<string, int32> a = 1 [(proto4.field_lifecycle) = FROZEN]; }",
    "message M { map<string, int64> a = 1 [(proto4.field_lifecycle) = FROZEN]; }",
    ["info FIELD_NO_NARROWING M.AEntry.value", "error LIFECYCLE_FROZEN M.AEntry.value"],
  ],
  "an enum's first value is a frozen field's default, even in another file": [
    {
      "a.proto": 'syntax = "proto2"; package pkg; enum E { A = 1; B = 2; }',
      "b.proto":
        'syntax = "proto2"; package pkg; import "a.proto"; import "proto4/options.proto"; message M { optional E e = 1 [(proto4.field_lifecycle) = DEPRECATED]; }',
    },
    {
      "a.proto": 'syntax = "proto2"; package pkg; enum E { B = 2; A = 1; }',
      "b.proto":
        'syntax = "proto2"; package pkg; import "a.proto"; import "proto4/options.proto"; message M { optional E e = 1 [(proto4.field_lifecycle) = DEPRECATED]; }',
    },
    ["error FIELD_SAME_DEFAULT M.e", "error LIFECYCLE_FROZEN M.e"],
  ],
  "a frozen method keeps its streaming": [
    "message M {} service S { rpc D(M) returns (M) { option (proto4.method_lifecycle) = FROZEN; } }",
    "message M {} service S { rpc D(M) returns (stream M) { option (proto4.method_lifecycle) = FROZEN; } }",
    ["error LIFECYCLE_FROZEN S.D", "error RPC_SAME_SERVER_STREAMING S.D"],
  ],
  "a frozen method keeps what it promises of being called again": [
    "message M {} service S { rpc D(M) returns (M) { option (proto4.method_lifecycle) = FROZEN; option idempotency_level = IDEMPOTENT; } }",
    "message M {} service S { rpc D(M) returns (M) { option (proto4.method_lifecycle) = FROZEN; option idempotency_level = NO_SIDE_EFFECTS; } }",
    ["error LIFECYCLE_FROZEN S.D", "error RPC_SAME_IDEMPOTENCY_LEVEL S.D"],
  ],
  "a frozen field cannot leave inside a message that promised nothing": [
    "message K {} message M { string a = 1 [(proto4.field_lifecycle) = FROZEN]; }",
    "message K {}",
    ["error LIFECYCLE_REMOVAL M"],
  ],
  "a removed message takes its parts along in one finding": [
    "message K {} message M { option (proto4.message_lifecycle) = STABLE; message N { string a = 1; } enum E { Z = 0; } }",
    "message K {}",
    ["error LIFECYCLE_REMOVAL M"],
  ],
  "the sunset itself is still promised": [
    'message M { string a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms).sunset = "2026-11-22"]; }',
    'message M { reserved 1; reserved "a"; }',
    ["error LIFECYCLE_REMOVAL M.a"],
  ],
  "the day after it, a field may leave": [
    'message M { string a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms).sunset = "2026-11-21"]; }',
    'message M { reserved 1; reserved "a"; }',
    [],
  ],
  "a DEPRECATED message passes its sunset on to what is in it": [
    'message K {} message M { option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms).sunset = "2026-11-21"; string a = 1; }',
    'message K {} message M { option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms).sunset = "2026-11-21"; reserved 1; reserved "a"; }',
    [],
  ],
  "a sunset in the past is not announced": [
    "message M { string a = 1 [(proto4.field_lifecycle) = STABLE]; }",
    gone('sunset: "2026-11-22"'),
    ["error LIFECYCLE_SUNSET M.a"],
  ],
  "nor one that leaves less time than the notice, of 90 days": [
    "message M { string a = 1 [(proto4.field_lifecycle) = STABLE]; }",
    gone('sunset: "2027-02-19"'),
    ["error LIFECYCLE_SUNSET M.a"],
  ],
  "the first day that leaves it is good": [
    "message M { string a = 1 [(proto4.field_lifecycle) = STABLE]; }",
    gone('sunset: "2027-02-20"'),
    [],
  ],
  "a sunset may not be taken along into FROZEN, forgotten there, and come back nearer": [
    gone('sunset: "2029-01-01"'),
    "message M { string a = 1 [(proto4.field_lifecycle) = FROZEN]; }",
    ["error LIFECYCLE_SUNSET M.a"],
  ],
  "it may stay with what is FROZEN again, and be forgotten once it is over": [
    'message M { string a = 1 [(proto4.field_lifecycle) = FROZEN, (proto4.field_terms).sunset = "2026-11-21"]; }',
    "message M { string a = 1 [(proto4.field_lifecycle) = FROZEN]; }",
    [],
  ],
  "a sunset that was written down before is not in time for what becomes DEPRECATED now": [
    'message M { string a = 1 [(proto4.field_lifecycle) = FROZEN, (proto4.field_terms).sunset = "2026-12-01"]; }',
    gone('sunset: "2026-12-01"'),
    ["error LIFECYCLE_SUNSET M.a"],
  ],
  "a sunset may be put off": [gone('sunset: "2026-12-01"'), gone('sunset: "2027-12-01"'), []],
  "a new field may be DEPRECATED where it names its replacement": [
    "message M { string b = 2; }",
    gone('replaced_by: "b"', "string b = 2;"),
    [],
  ],
  "a new package may bridge with DEPRECATED fields": [
    { "b.proto": 'syntax = "proto3"; package pkg.v1; message M { string a = 1; }' },
    {
      "b.proto": 'syntax = "proto3"; package pkg.v1; message M { string a = 1; }',
      "c.proto":
        'syntax = "proto3"; package pkg.v2; import "proto4/options.proto"; message M { string a = 1 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms).reason = "bridge"]; }',
    },
    [],
  ],
  "a renumbered EXPERIMENTAL field leaves its number reserved": [
    "message M { string a = 1 [(proto4.field_lifecycle) = EXPERIMENTAL]; }",
    "message M { reserved 1; string b = 2 [(proto4.field_lifecycle) = EXPERIMENTAL]; }",
    ["error LIFECYCLE_REMOVAL M.a"],
  ],
  "a reference that stood before is not this change's": [
    "message X { option (proto4.message_lifecycle) = EXPERIMENTAL; } message M { X x = 1; }",
    "message X { option (proto4.message_lifecycle) = EXPERIMENTAL; } message M { X x = 1; string a = 2; }",
    [],
  ],
  "deprecation says why, and tells every other language": [
    "message M { string a = 1; }",
    "message M { string a = 1 [(proto4.field_lifecycle) = DEPRECATED]; }",
    ["warning LIFECYCLE_DEPRECATED_OPTION M.a", "warning LIFECYCLE_REASON M.a"],
  ],
  "a comment that begins as AIP-192 asks is a reason": [
    "message M { string a = 1; }",
    "message M {\n// The name.\n//\n// Deprecated: use b.\nstring a = 1 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED]; }",
    [],
  ],
  "a word alone is none": [
    "message M { string a = 1; }",
    "message M {\n// @deprecated\nstring a = 1 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED]; }",
    ["warning LIFECYCLE_REASON M.a"],
  ],
  "what inherits its end need not explain it": [
    "message M { string a = 1; }",
    'message M { option deprecated = true; option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms).reason = "old"; string a = 1; }',
    [],
  ],
  "a replacement must be there": [
    "message M { string a = 1; }",
    gone('replaced_by: "b"'),
    ["error LIFECYCLE_REPLACEMENT M.a"],
  ],
  "a path leads to a field further inside": [
    "message M { string a = 1; N n = 2; } message N { string b = 1; }",
    `${gone('replaced_by: "n.b"', "N n = 2;")} message N { string b = 1; }`,
    [],
  ],
  "replacements that go in a circle lead nowhere": [
    "message M { string a = 1; string b = 2; }",
    gone(
      'replaced_by: "b"',
      'string b = 2 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms).replaced_by = "a"];',
    ),
    ["error LIFECYCLE_REPLACEMENT M.a", "error LIFECYCLE_REPLACEMENT M.b"],
  ],
  "a replacement takes every value": [
    "message M { string a = 1; int32 b = 2; }",
    gone('replaced_by: "b"', "int32 b = 2;"),
    ["warning LIFECYCLE_REPLACEMENT M.a"],
  ],
  "a replacement is promised itself": [
    "message M { string a = 1; string b = 2 [(proto4.field_lifecycle) = EXPERIMENTAL]; }",
    gone('replaced_by: "b"', "string b = 2 [(proto4.field_lifecycle) = EXPERIMENTAL];"),
    ["warning LIFECYCLE_REPLACEMENT M.a"],
  ],
  "a message in another file of the package replaces one, though nobody imports it": [
    { "a.proto": "message M { string a = 1; }", "b.proto": "message N { string a = 1; }" },
    {
      "a.proto":
        'message M { option deprecated = true; option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms).replaced_by = "pkg.N"; string a = 1; }',
      "b.proto": "message N { string a = 1; }",
    },
    [],
  ],
  "a day that is none is told at its place": [
    "message M { string a = 1; }",
    gone('sunset: "soon"'),
    ["error LIFECYCLE_TERMS M.a"],
  ],
  "a sunset before the state began, and one of what promises nothing, contradict themselves": [
    "message M { string a = 1; } message N {}",
    `${gone('since: "2028-01-01" sunset: "2027-10-01"')} message N { string b = 1 [(proto4.field_lifecycle) = EXPERIMENTAL, (proto4.field_terms).sunset = "2028-01-01"]; }`,
    ["error LIFECYCLE_TERMS M.a", "info LIFECYCLE_TERMS N.b"],
  ],
  "what was DEPRECATED for less than its age does not leave": [
    gone('since: "2026-06-01" sunset: "2026-11-01"'),
    'message M { reserved 1; reserved "a"; }',
    ["error LIFECYCLE_AGE M.a"],
  ],
  "once it is old enough, it does": [
    gone('since: "2026-05-26" sunset: "2026-11-01"'),
    'message M { reserved 1; reserved "a"; }',
    [],
  ],
  "what a beta gave up does not come along to the stable version": [
    {
      "b.proto":
        'syntax = "proto3"; package pkg.v1beta1; import "proto4/options.proto"; message M { string a = 1 [(proto4.field_lifecycle) = DEPRECATED]; }',
    },
    {
      "b.proto":
        'syntax = "proto3"; package pkg.v1beta1; import "proto4/options.proto"; message M { string a = 1 [(proto4.field_lifecycle) = DEPRECATED]; }',
      "c.proto":
        'syntax = "proto3"; package pkg.v1; import "proto4/options.proto"; message M { string a = 1 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms).reason = "bridge"]; }',
    },
    ["error LIFECYCLE_GRADUATION v1.M.a"],
  ],
  "a sunset beside no state is nobody's: planted on what inherits, it frees nothing": [
    "message M { option (proto4.message_lifecycle) = STABLE; string a = 1; string b = 2; }",
    'message M { option deprecated = true; option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms) = { reason: "x" sunset: "2030-01-01" }; string a = 1 [(proto4.field_terms).sunset = "2020-01-01"]; string b = 2; }',
    ["error LIFECYCLE_TERMS M.a"],
  ],
  "and so does not let it leave before what holds it": [
    'message M { option deprecated = true; option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms) = { reason: "x" sunset: "2030-01-01" }; string a = 1 [(proto4.field_terms).sunset = "2020-01-01"]; string b = 2; }',
    'message M { option deprecated = true; option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms) = { reason: "x" sunset: "2030-01-01" }; reserved 1; reserved "a"; string b = 2; }',
    ["error LIFECYCLE_REMOVAL M.a"],
  ],
  "to drop an annotation and inherit a sunset that is over frees nothing": [
    'message M { option deprecated = true; option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms) = { reason: "x" sunset: "2026-01-01" }; string a = 1 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms).reason = "billing"]; }',
    'message M { option deprecated = true; option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms) = { reason: "x" sunset: "2026-01-01" }; string a = 1; }',
    ["error LIFECYCLE_SUNSET M.a"],
  ],
  "since when a state lasts does not become earlier": [
    gone('since: "2026-11-01" sunset: "2026-11-21"'),
    gone('since: "2020-11-01" sunset: "2026-11-21"'),
    ["error LIFECYCLE_AGE M.a"],
  ],
  "nor is it taken away": [
    gone('since: "2026-11-01" sunset: "2026-11-21"'),
    gone('sunset: "2026-11-21"'),
    ["error LIFECYCLE_AGE M.a"],
  ],
  "a number that was reserved is not used again, not even by what is EXPERIMENTAL": [
    'message M { option (proto4.message_lifecycle) = EXPERIMENTAL; reserved 5; reserved "e"; string a = 1; }',
    'message M { option (proto4.message_lifecycle) = EXPERIMENTAL; reserved "e"; string a = 1; int32 x = 5; }',
    ["error RESERVED_MESSAGE_NO_DELETE M"],
  ],
  "a map rests on what its values are": [
    "message X { option (proto4.message_lifecycle) = EXPERIMENTAL; } message M {}",
    "message X { option (proto4.message_lifecycle) = EXPERIMENTAL; } message M { map<string, X> a = 1; map<string, string> b = 2 [(proto4.field_lifecycle) = FROZEN]; }",
    ["error LIFECYCLE_REFERENCE M.a"],
  ],
};

/** The one field of a message, DEPRECATED as it should be, with these terms. */
function gone(terms: string, more = ""): string {
  return `message M { string a = 1 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = { reason: "old" ${terms} }]; ${more} }`;
}

test("the claims about lifecycles hold, each for itself", async () => {
  const entries = Object.entries(claims);
  const found = await checkCases(
    entries.map(([, [before, after]]) => [before, after]),
    // Advice is given in most of these cases, and tested by itself.
    { today, categories: ["WIRE"], policy: { ...defaultPolicy, severity: { LIFECYCLE_ADVICE: "off" } } },
  );
  expect(entries.map(([claim], index) => [claim, found[index]!.map(brief)])).toEqual(
    entries.map(([claim, [, , expected]]) => [claim, expected]),
  );
});

test("of all moves between states, only those of the design pass, and no chain of them takes a promise back", async () => {
  const states = ["undeclared", "EXPERIMENTAL", "STABLE", "FROZEN", "DEPRECATED"];
  const moves = states.flatMap((from) => states.map((to) => [from, to] as const));
  const found = await checkCases(
    moves.map(([from, to]) => [field(from), field(to)]),
    { today },
  );
  const moved = found.map((findings) => findings.filter(({ rule }) => rule === "LIFECYCLE_MOVE"));
  const passed = moves.filter(([from, to], index) => from !== to && moved[index]!.length === 0);
  expect(passed.map(([from, to]) => `${from} → ${to}`)).toEqual([
    "undeclared → STABLE",
    "undeclared → FROZEN",
    "undeclared → DEPRECATED",
    "EXPERIMENTAL → undeclared",
    "EXPERIMENTAL → STABLE",
    "EXPERIMENTAL → DEPRECATED",
    "STABLE → FROZEN",
    "STABLE → DEPRECATED",
    "FROZEN → DEPRECATED",
    "DEPRECATED → FROZEN",
  ]);
  for (const promised of ["STABLE", "FROZEN", "DEPRECATED"]) {
    const reached = new Set([promised]);
    for (const state of reached) for (const [from, to] of passed) if (from === state) reached.add(to);
    expect([...reached].filter((state) => ["undeclared", "EXPERIMENTAL"].includes(state))).toEqual([]);
  }
});

function field(state: string): string {
  return `message M { string a = 1${state === "undeclared" ? "" : ` [(proto4.field_lifecycle) = ${state}]`}; }`;
}

const over = '(proto4.KIND_lifecycle) = DEPRECATED; option (proto4.KIND_terms).sunset = "2026-01-01"';
const option = (kind: string) => `option ${over.replaceAll("KIND", kind)};`;
const brackets = '[(proto4.KIND_lifecycle) = DEPRECATED, (proto4.KIND_terms).sunset = "2026-01-01"]';

test("what leaves by the legal way is info for buf's rules, and no finding of ours", async () => {
  const found = await checkCases(
    [
      [
        `message K { string a = 1 ${brackets.replaceAll("KIND", "field")}; }`,
        'message K { reserved 1; reserved "a"; }',
      ],
      [
        `enum E { Z = 0; A = 1 ${brackets.replaceAll("KIND", "enum_value")}; }`,
        'enum E { Z = 0; reserved 1; reserved "A"; }',
      ],
      [`message K { message M { ${option("message")} } }`, "message K {}"],
      [`message K { enum E { ${option("enum")} Z = 0; } }`, "message K {}"],
      [`message K {} service S { ${option("service")} }`, "message K {}"],
      [
        `message K {} service S { rpc D(K) returns (K) { ${option("method")} } }`,
        "message K {} service S {}",
      ],
      [
        { "a.proto": "message K {}", "b.proto": `message M { ${option("message")} }` },
        { "a.proto": "message K {}" },
      ],
    ],
    { today },
  );
  expect(found.map((findings) => findings.map(brief))).toEqual([
    ["info FIELD_NO_DELETE K.a"],
    ["info ENUM_VALUE_NO_DELETE A"],
    ["info MESSAGE_NO_DELETE K.M"],
    ["info ENUM_NO_DELETE K.E"],
    ["info SERVICE_NO_DELETE S"],
    ["info RPC_NO_DELETE S.D"],
    ["info FILE_NO_DELETE b.proto"],
  ]);
});

test("what leaves its package by the legal way is info, too, and so is the package", async () => {
  const found = await checkCases(
    [
      [`message K {} message M { ${option("message")} }`, "message K {}"],
      [`enum K { KZ = 0; } enum E { ${option("enum")} Z = 0; }`, "enum K { KZ = 0; }"],
      [`message K {} service S { ${option("service")} }`, "message K {}"],
      [`message M { ${option("message")} } enum E { ${option("enum")} Z = 0; }`, {}],
      [`message M { ${option("message")} } enum E { Z = 0; }`, {}],
    ],
    { today, categories: ["PACKAGE"] },
  );
  expect(found.map((findings) => findings.map(brief))).toEqual([
    ["info PACKAGE_MESSAGE_NO_DELETE M"],
    ["info PACKAGE_ENUM_NO_DELETE E"],
    ["info PACKAGE_SERVICE_NO_DELETE S"],
    ["info PACKAGE_NO_DELETE c3"],
    ["error PACKAGE_NO_DELETE c4"],
  ]);
});
