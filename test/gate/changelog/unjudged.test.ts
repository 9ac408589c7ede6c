import { expect, test } from "vitest";
import {
  buildReleases,
  check,
  type PolicyFile,
  reportChangelog,
  type Side,
} from "../../../src/gate/index.js";
import type { Image } from "../../../src/image/index.js";
import { defaultPolicy } from "../../../src/rules/index.js";
import { loadSources } from "../../rules/fixture.js";
import { writeSources } from "../../setup/sources.js";
import { shop, sideOf, toSide } from "./sides.js";

const today = "2026-11-22";

/** What is told of two bodies of one file, a line an entry. */
async function told(before: string, after: string): Promise<readonly string[]> {
  return entries(await sideOf(shop(before)), await sideOf(shop(after)));
}

function entries(before: Side, after: Side): readonly string[] {
  const [release] = buildReleases([{ name: "v1", date: undefined, side: before }], after, { today });
  const text = reportChangelog([release!], "text");
  return (text.match(/^ {4}\w.*/gm) ?? []).map((line) => line.trim());
}

test("numbers and names are told that are reserved for the first time, but no other cuts of the same", async () => {
  expect(
    await told(
      "message M { reserved 2 to 9; } enum E { A = 0; } message Same { reserved 2 to 9; }",
      'message M { reserved 2 to 4, 5 to 11, 20 to max; reserved "b", "a"; } enum E { A = 0; reserved -5 to -1, 7 to max; reserved "B"; } message Same { reserved 5 to 9, 2 to 4; }',
    ),
  ).toEqual([
    'patch  the enum reserves -5 to -1, 7 to max, "B" now',
    'patch  the message reserves 10 to 11, 20 to max, "a", "b" now',
  ]);
});

test("numbers are told that are opened to extensions, and those that are closed", async () => {
  const side = (range: string) =>
    sideOf({ "a.proto": `syntax = "proto2"; package shop.v1; message M { extensions ${range}; }` });
  expect(entries(await side("100 to 200"), await side("150 to max"))).toEqual([
    "major  the message no longer takes extensions 100 to 200",
    "minor  the message takes extensions 201 to max now",
  ]);
});

test("every term that steers the translation is told, set, changed and dropped", async () => {
  const side = (terms: readonly string[]) =>
    `message M { ${terms.map((term, at) => `int64 f${at} = ${at + 1} [(proto4.field_terms) = { ${term} }];`).join(" ")} }`;
  const terms = (value: string) =>
    ["was", "bridge_default", "introduced_in", "unit", "hook"].map((term) => `${term}: "${value}"`);
  const none = ["", "", "", "", ""];
  expect(await told(side(none), side(terms("s")))).toEqual([
    'minor  field 1 "f0" continues "s"',
    'minor  field 2 "f1" has the bridge default s',
    'patch  field 3 "f2" was introduced in "s"',
    'minor  field 4 "f3" counts s',
    'minor  field 5 "f4" is converted by hook "s"',
  ]);
  expect(await told(side(terms("s")), side(terms("ms")))).toEqual([
    'minor  field 1 "f0" continues "ms", not "s"',
    'minor  field 2 "f1" has the bridge default ms, not s',
    'patch  field 3 "f2" was introduced in "ms", not s',
    'minor  field 4 "f3" counts ms, not s',
    'minor  field 5 "f4" is converted by hook "ms", not "s"',
  ]);
  expect(await told(side(terms("s")), side(none))).toEqual([
    'minor  field 1 "f0" no longer continues "s"',
    'minor  field 2 "f1" has no bridge default any more, which was s',
    'patch  field 3 "f2" no longer says that "s" introduced it',
    'minor  field 4 "f3" no longer says that it counts s',
    'minor  field 5 "f4" is no longer converted by hook "s"',
  ]);
});

test("the package that a file continues is told", async () => {
  const upgrades = (name: string) => `option (proto4.upgrades) = "${name}"; message M {}`;
  expect(await told("message M {}", upgrades("shop.v0"))).toEqual([
    'minor  the file continues package "shop.v0"',
  ]);
  expect(await told(upgrades("shop.v0"), upgrades("shop.beta"))).toEqual([
    'minor  the file continues package "shop.beta", not "shop.v0"',
  ]);
});

/** Two options for whatever there is, and an element of each kind that has them. */
const optioned = (set: string, other: string) => ({
  "shop/v1/options.proto": `syntax = "proto3"; package shop.v1; import "google/protobuf/descriptor.proto";
    ${["File", "Message", "Field", "Oneof", "Enum", "EnumValue", "Service", "Method"]
      .map(
        (kind) =>
          `extend google.protobuf.${kind}Options { optional string ${kind.toLowerCase()}_a = 50001; repeated int32 ${kind.toLowerCase()}_b = 50002; }`,
      )
      .join("\n")}`,
  "shop/v1/shop.proto": `syntax = "proto3"; package shop.v1; import "shop/v1/options.proto";
    ${statements("file", set, other)}
    message M { ${statements("message", set, other)} int32 a = 1 ${listed("field", set, other)};
      oneof o { ${statements("oneof", set, other)} int32 b = 2; } }
    enum E { ${statements("enum", set, other)} NONE = 0 ${listed("enumvalue", set, other)}; }
    service S { ${statements("service", set, other)} rpc Get(M) returns (M) { ${statements("method", set, other)} } }`,
});

function settings(kind: string, set: string, other: string): readonly string[] {
  const values = [
    ["a", set],
    ["b", other],
  ] as const;
  return values.flatMap(([name, value]) => (value === "" ? [] : [`(shop.v1.${kind}_${name}) = ${value}`]));
}

function statements(kind: string, set: string, other: string): string {
  return settings(kind, set, other)
    .map((each) => `option ${each};`)
    .join(" ");
}

function listed(kind: string, set: string, other: string): string {
  const all = settings(kind, set, other);
  return all.length === 0 ? "" : `[${all.join(", ")}]`;
}

const bearers = [
  ["the file", "file"],
  ["the enum", "enum"],
  ['value 0 "NONE"', "enumvalue"],
  ["the message", "message"],
  ['field 1 "a"', "field"],
  ['oneof "o"', "oneof"],
  ["the service", "service"],
  ['method "Get"', "method"],
] as const;

test("custom options that nobody tracks are told of every kind of element, each of its own", async () => {
  const [none, one, two] = await Promise.all([
    sideOf(optioned("", "")),
    sideOf(optioned('"x"', "")),
    sideOf(optioned('"y"', "7")),
  ]);
  const each = (tell: (kind: string) => readonly string[]) =>
    bearers.flatMap(([subject, kind]) => tell(kind).map((what) => `patch  ${subject} ${what}`));
  expect(entries(none, one)).toEqual(each((kind) => [`sets option (shop.v1.${kind}_a) to "x"`]));
  expect(entries(one, two)).toEqual(
    each((kind) => [
      `changes option (shop.v1.${kind}_a) from "x" to "y"`,
      `sets option (shop.v1.${kind}_b) to [7]`,
    ]),
  );
  expect(entries(one, none)).toEqual(each((kind) => [`drops option (shop.v1.${kind}_a), which was "x"`]));
  expect(entries(two, two)).toEqual([]);
});

test("an option that the policy tracks is told once, as what the rules judge", async () => {
  const policy: PolicyFile = {
    policy: { ...defaultPolicy, trackedOptions: ["shop.v1.field_a"] },
    ...{ failOn: undefined, use: undefined, except: undefined, waivers: undefined, baseline: undefined },
    waiverLifetime: 90,
  };
  const after = await loadSources(await writeSources(optioned('"x"', "")));
  const lines = entries(await sideOf(optioned("", "")), toSide(after, policy));
  expect(lines).toContain('major  field 1 "a" changed option (shop.v1.field_a) from none to "x"');
  expect(lines.filter((line) => line.includes("field_a"))).toHaveLength(1);
  expect(lines).toHaveLength(bearers.length);
});

test("options of protobuf itself are told that nothing else tells of", async () => {
  const state = (options: string) => `message M { int32 a = 1 [${options}]; }`;
  const deprecated = '(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = { sunset: "2027-06-30" }';
  expect(await told(state("debug_redact = false"), state("debug_redact = true"))).toEqual([
    'patch  field 1 "a" changes option debug_redact from false to true',
  ]);
  expect(await told(state(deprecated), state(`deprecated = true, ${deprecated}`))).toEqual([
    'patch  field 1 "a" sets option deprecated to true',
  ]);
  expect(await told(state("json_name = 'a'"), state("deprecated = true"))).toEqual([
    'minor  field 1 "a" was deprecated',
  ]);
});

test("a check says nothing of what only the changelog asks for, not even of what is FROZEN", async () => {
  const frozen = (terms: string, more: string) =>
    `message M { option (proto4.message_lifecycle) = FROZEN; int32 a = 1 [(proto4.field_terms) = { ${terms} }]; ${more} }`;
  const image = async (body: string): Promise<Image> => loadSources(await writeSources(shop(body)));
  const after = frozen('was: "b" unit: "s"', 'reserved 7; reserved "x";');
  const [from, to] = [await image(frozen("", "")), await image(after)];
  expect(check(from, to, { today })).toEqual([]);
  expect(await told(frozen("", ""), after)).toEqual([
    'patch  the message reserves 7, "x" now',
    'minor  field 1 "a" continues "b"',
    'minor  field 1 "a" counts s',
  ]);
});

test("a message and its field that change the same term are both told, unless they say the same", async () => {
  const side = (message: string, field: string) =>
    `message M { option (proto4.message_terms).reason = "${message}"; int32 f = 1 [(proto4.field_terms).reason = "${field}"]; }`;
  expect(await told(side("a", "a"), side("b", "c"))).toEqual([
    "patch  the message says why: b",
    'patch  field 1 "f" says why: c',
  ]);
  expect(await told(side("a", "a"), side("b", "b"))).toEqual(["patch  the message says why: b"]);
});
