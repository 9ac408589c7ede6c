import { expect, test } from "vitest";
import { buildReleases, reportChangelog } from "../../../src/gate/index.js";
import { shop, sideOf } from "./sides.js";

const today = "2026-11-22";

/** What happened between two bodies of one file, as a terminal has it, without the first lines. */
async function told(before: string, after: string, categories?: readonly string[]): Promise<string> {
  const [release] = await releases(before, after, categories);
  return reportChangelog([release!], "text").split("\n").slice(2, -1).join("\n");
}

async function releases(before: string, after: string, categories?: readonly string[]) {
  const [elder, later] = await Promise.all([sideOf(shop(before)), sideOf(shop(after))]);
  return buildReleases([{ name: "v1", date: "2026-01-15", side: elder }], later, { today, categories });
}

const profile = (options: string) =>
  `message User { bytes profile = 1 ${options}; Profile profile_v2 = 2; } message Profile {}`;

test("a deprecation is told with its last day, its replacement and its reason", async () => {
  const terms = `(proto4.field_terms) = { sunset: "2027-06-30" replaced_by: "profile_v2" reason: "typed" }`;
  const deprecated = `[deprecated = true, (proto4.field_lifecycle) = DEPRECATED, ${terms}]`;
  expect(await told(profile(""), profile(deprecated))).toBe(
    [
      "shop.v1: minor",
      "  message shop.v1.User",
      '    minor  field 1 "profile" was deprecated, promised until 2027-06-30, use "profile_v2": typed',
    ].join("\n"),
  );
});

test("another replacement and another reason are told, where the state is the same", async () => {
  const side = (...terms: readonly string[]) =>
    `message M { ${terms.map((each, at) => `int32 f${at} = ${at + 1} [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = { ${each} }];`).join(" ")} int32 b = 8; int32 c = 9; }`;
  const text = await told(
    side('replaced_by: "b" reason: "slow"', 'replaced_by: "b" reason: "x"', 'reason: "odd"'),
    side('replaced_by: "c" reason: "wrong"', 'reason: "x"', 'replaced_by: "b"'),
  );
  expect(text).toBe(
    [
      "shop.v1: minor",
      "  message shop.v1.M",
      '    minor  field 1 "f0" is replaced by "c", not "b"',
      '    patch  field 1 "f0" says why: wrong',
      '    minor  field 2 "f1" is no longer replaced by "b"',
      '    minor  field 3 "f2" is replaced by "b"',
      '    patch  field 3 "f2" no longer says why: odd',
    ].join("\n"),
  );
});

test("moves between states, last days and first days are told as such", async () => {
  const side = (...options: readonly string[]) =>
    `message M { ${options.map((option, at) => `int32 f${at} = ${at + 1} [${option}];`).join(" ")} }`;
  const state = (name: string) => `(proto4.field_lifecycle) = ${name}`;
  const leaving = (sunset: string) =>
    `deprecated = true, ${state("DEPRECATED")}, (proto4.field_terms) = { sunset: "${sunset}" reason: "old" }`;
  const since = (day: string) => `${state("FROZEN")}, (proto4.field_terms).since = "${day}"`;
  const text = await told(
    side(
      state("EXPERIMENTAL"),
      "deprecated = false",
      leaving("2027-06-30"),
      since("2026-01-01"),
      state("STABLE"),
    ),
    side(state("STABLE"), state("STABLE"), leaving("2027-12-31"), since("2026-02-01"), state("FROZEN")),
  );
  expect(text).toBe(
    [
      "shop.v1: minor",
      "  message shop.v1.M",
      '    minor  field 1 "f0" went from EXPERIMENTAL to STABLE',
      '    patch  field 2 "f1" is declared STABLE now, for which it was taken before',
      '    minor  field 3 "f2" is promised until 2027-12-31, longer than before: that was 2027-06-30',
      '    patch  field 4 "f3" is FROZEN since 2026-02-01, not since 2026-01-01',
      '    minor  field 5 "f4" went from STABLE to FROZEN',
    ].join("\n"),
  );
});

test("what leaves lawfully, or was EXPERIMENTAL, breaks nobody", async () => {
  const leaving =
    'deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = { since: "2026-01-01" sunset: "2026-10-31" reason: "old" }';
  const text = await told(
    `message M { int32 a = 1 [${leaving}]; int32 b = 2 [(proto4.field_lifecycle) = EXPERIMENTAL]; int32 c = 3; }`,
    'message M { int32 c = 3; reserved 1, 2; reserved "a", "b"; }',
  );
  expect(text.match(/^ {4}\w+ .*/gm)).toEqual([
    '    patch  the message reserves 1, 2, "a", "b" now',
    '    minor  field 1 "a" was removed',
    '    minor  field 2 "b" was removed',
  ]);
  expect(text).toContain("info FIELD_NO_DELETE");
});

test("the category decides what breaks", async () => {
  const [before, after] = ["message M { int32 a = 1; }", "message M { int32 b = 1; }"];
  expect(await told(before, after)).toMatch(
    /major {2}field 1 "b" was renamed from "a" to "b", in JSON from "a" to "b"\n +error FIELD_SAME_NAME [0-9a-f]{12}\n +error FIELD_SAME_JSON_NAME/,
  );
  expect(await told(before, after, ["WIRE"])).toMatch(
    /minor {2}field 1 "b" was renamed from "a" to "b", in JSON/,
  );
});

test("what is new is told with what is in it, and what leaves with all that left", async () => {
  const gone = "message Gone { message In { int32 a = 1; } map<string, In> ins = 1; }";
  const added =
    "message New { map<string, int32> a = 1; int32 b = 2; } enum E { E_NONE = 0; E_ONE = 1; } service S { rpc Get(New) returns (New); }";
  const text = await told(`message Stays {} ${gone}`, `message Stays { map<string, int32> m = 1; } ${added}`);
  expect(text.match(/^( {2}| {4})\S.*/gm)).toEqual([
    "  enum shop.v1.E",
    '    minor  the enum was added with the values "E_NONE", "E_ONE"',
    "  message shop.v1.Gone",
    "    major  the message was removed",
    "  message shop.v1.Gone.In",
    "    major  the message was removed",
    "  message shop.v1.New",
    '    minor  the message was added with the fields "a", "b"',
    "  service shop.v1.S",
    '    minor  the service was added with the method "Get"',
    "  message shop.v1.Stays",
    '    minor  field 1 "m" was added (map<string, int32> m = 1)',
  ]);
});

test("a message that moves to another file is told so, and what is new in it by itself", async () => {
  const file = (body: string) => `syntax = "proto3"; package shop.v1; ${body}`;
  const sides = await Promise.all([
    sideOf({ "a.proto": file("message A {} message M { map<string, int32> m = 1; }"), "b.proto": file("") }),
    sideOf({
      "a.proto": file("message A {}"),
      "b.proto": file("message M { map<string, int32> m = 1; map<string, int32> n = 2; int32 o = 3; }"),
    }),
  ]);
  const [release] = buildReleases([{ name: "v1", date: undefined, side: sides[0] }], sides[1], {
    today,
    categories: ["PACKAGE"],
  });
  expect(reportChangelog([release!], "text").match(/^ {4}\S.*/gm)).toEqual([
    '    patch  the message moved out of "a.proto"',
    '    minor  field 2 "n" was added (map<string, int32> n = 2)',
    '    minor  field 3 "o" was added (int32 o = 3)',
  ]);
});

test("a map whose values change is told by its field", async () => {
  const side = (type: string) => `message M { map<string, ${type}> totals = 4; }`;
  expect(await told(side("int32"), side("string"))).toMatch(
    /major {2}the values of field 4 "totals" changed type from int32 to string/,
  );
});

test("a major step names the package that could have it, and an unstable package has none", async () => {
  const [release] = await releases("message M { int32 a = 1; }", "message M {}");
  expect(release).toMatchObject({ step: "major", packages: [{ name: "shop.v1", next: "shop.v2" }] });
  const alpha = (body: string) => ({
    "a.proto": `syntax = "proto3"; package shop.v1alpha1; message M { ${body} }`,
  });
  const [elder, later] = await Promise.all([sideOf(alpha("int32 a = 1;")), sideOf(alpha(""))]);
  const [unstable] = buildReleases([{ name: "v1", date: undefined, side: elder }], later, { today });
  expect(unstable?.packages[0]?.next).toBeUndefined();
});

test("where the package has its next name already, no other is advised", async () => {
  const [elder, later] = await Promise.all([
    sideOf(shop("message M { int32 a = 1; }")),
    sideOf(shop("message M {}")),
  ]);
  const baseline = { name: "v1", date: undefined, side: elder };
  const [release] = buildReleases([baseline], later, { today, isMapped: true });
  expect(release).toMatchObject({ step: "major", packages: [{ next: undefined }] });
});

test("several versions make a changelog of releases, each judged as of its own day", async () => {
  const leaving =
    'deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = { sunset: "2026-06-30" reason: "old" }';
  const sides = await Promise.all(
    [
      "int32 a = 1; int32 b = 2;",
      `int32 a = 1 [${leaving}]; int32 b = 2;`,
      'int32 b = 2; reserved 1; reserved "a";',
    ].map((body) => sideOf(shop(`message M { ${body} }`))),
  );
  const versions = [
    { name: "v1.1", date: "2026-02-01", side: sides[1]! },
    { name: "v1.0", date: "2025-12-01", side: sides[0]! },
  ];
  const told = buildReleases(versions, sides[2]!, { today: "2026-11-22" });
  expect(told.map(({ before, after, step }) => [before.name, after?.name, step])).toEqual([
    ["v1.1", undefined, "minor"],
    ["v1.0", "v1.1", "minor"],
  ]);
  expect(reportChangelog(told, "markdown").match(/^## .*/gm)).toEqual([
    "## Changes since v1.1 (2026-02-01)",
    "## v1.1 (2026-02-01)",
  ]);
});

test("a release note in Markdown is what a person would paste", async () => {
  const [release] = await releases(
    "message Order { string id = 1; string note = 2; } message User {}",
    'message Order { string id = 1; int64 total = 3 [(proto4.field_lifecycle) = EXPERIMENTAL]; reserved 2; reserved "note"; } message User {}',
  );
  const text = reportChangelog([release!], "markdown");
  expect(text.replaceAll(/\b[0-9a-f]{12}\b/g, "ID")).toBe(`## Changes since v1 (2026-01-15)

Calls for a **major** version (1 major, 1 minor, 1 patch).

### \`shop.v1\`: major

Or beside it, in a package \`shop.v2\`.

**message** \`Order\`

- patch: the message reserves \`2, "note"\` now
- **major**: field 2 \`note\` was removed (\`FIELD_NO_DELETE\` ID)
- minor: field 3 \`total\` was added (\`int64 total = 3\`) as EXPERIMENTAL
`);
});

test("JSON has every key that its page names", async () => {
  const [release] = await releases("message M { int32 a = 1; }", "message M { int64 a = 1; }", ["WIRE_JSON"]);
  const place = { path: "shop/v1/shop.proto", line: 1, column: expect.any(Number) };
  const finding = {
    id: expect.stringMatching(/^[0-9a-f]{12}$/),
    rule: "FIELD_WIRE_JSON_COMPATIBLE_TYPE",
    severity: "error",
    symbol: "shop.v1.M.a",
    message: expect.any(String),
  };
  const entry = {
    step: "major",
    what: 'field 1 "a" changed type from int32 to int64',
    symbol: "shop.v1.M.a",
    before: place,
    after: place,
    changes: [{ kind: "field-type-changed", symbol: "shop.v1.M.a", from: "int32", to: "int64" }],
    findings: expect.arrayContaining([finding]),
  };
  const element = { kind: "message", name: "shop.v1.M", step: "major", entries: [entry] };
  const inside = { name: "shop.v1", step: "major", next: "shop.v2", elements: [element] };
  const before = { name: "v1", date: "2026-01-15" };
  expect(JSON.parse(reportChangelog([release!], "json"))).toEqual({
    version: 1,
    releases: [{ before, after: null, step: "major", packages: [inside], standing: [] }],
  });
});

test("what stands wrong now is counted below, and no step is called for by it", async () => {
  const [release] = await releases(
    "message M { int32 a = 1; }",
    'message M { int32 a = 1 [(proto4.field_terms).replaced_by = "nothing"]; }',
  );
  expect(release?.standing).toMatchObject([{ rule: "LIFECYCLE_REPLACEMENT", severity: "error" }]);
  expect(release?.step).toBe("minor");
  expect(reportChangelog([release!], "text")).toMatch(
    /is replaced by "nothing"\n\nbesides, 1 finding is about how elements stand now/,
  );
});

test("what people wrote stays text in every format", async () => {
  const reason =
    "[x](javascript:alert(1)) <img src=x> @all `code` \\u001b[31m|\\n# Title https://evil.example";
  const terms = `(proto4.field_terms) = { sunset: "2027-06-30" reason: "${reason}" }`;
  const [release] = await releases(
    profile(""),
    profile(`[deprecated = true, (proto4.field_lifecycle) = DEPRECATED, ${terms}]`),
  );
  const markdown = reportChangelog([release!], "markdown");
  expect(markdown).toContain(String.raw`\[x\](javascript:alert(1)) \<img src=x\> @&#8288;all \`code\` `);
  expect(markdown).not.toMatch(/https:|^# Title/m);
  for (const format of ["text", "markdown"] as const)
    expect(reportChangelog([release!], format)).not.toContain("\u001b");
  expect(reportChangelog([release!], "text").split("\n")).toHaveLength(6);
});
