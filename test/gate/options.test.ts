import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { type CheckOptions, check, type Finding } from "../../src/gate/index.js";
import type { Image } from "../../src/image/index.js";
import { defaultPolicy } from "../../src/rules/index.js";
import { imageOf } from "../schema/real-images.js";

const kinds = ["File", "Message", "Field", "Oneof", "Enum", "EnumValue", "Service", "Method"];

/** An option of text for each kind of element, and one that holds all there is. */
const definitions = `syntax = "proto2"; package own; import "google/protobuf/descriptor.proto";
${kinds.map((kind) => `extend google.protobuf.${kind}Options { optional string of_${kind} = 50000; }`).join("\n")}
message All {
  optional int64 whole = 1; optional sint32 zig = 2; optional fixed32 fixed = 3; optional double real = 4;
  optional bool yes = 5; optional bytes raw = 6; optional Mood mood = 7; repeated Mood moods = 8 [packed = true];
  map<string, int32> ages = 9; optional sint64 zag = 13; optional uint64 great = 14; optional sfixed64 far = 15; optional float small = 16; optional int32 neg = 17; optional All inner = 10; repeated string texts = 11; optional group Old = 12 { optional float f = 1; }
  extensions 100 to 200;
}
enum Mood { CALM = 0; GLAD = 1; }
extend All { optional string more = 100; }
extend google.protobuf.MessageOptions { optional All all = 50001; repeated Mood moods = 50002; repeated string words = 50003; }`;

const own = [...kinds.map((kind) => `own.of_${kind}`), "own.all", "own.moods", "own.words"];

const whole = (body: string) =>
  `syntax = "proto3"; package a; import "own.proto"; import "proto4/options.proto"; ${body}`;

function imageWith(body: string, defined: string = definitions): Promise<Image> {
  return imageOf({ "own.proto": defined, "a.proto": whole(body) });
}

async function found(
  before: string,
  after: string,
  trackedOptions: readonly string[] = own,
  more: Partial<CheckOptions> = {},
): Promise<readonly Finding[]> {
  const images = await Promise.all([imageWith(before), imageWith(after)]);
  return check(...images, { today: "2026-11-22", policy: { ...defaultPolicy, trackedOptions }, ...more });
}

function tell({ severity, rule, message }: Finding): string {
  return `${severity} ${rule} ${message}`;
}

const everywhere = (value: string) =>
  `
option (own.of_File) = "${value}";
message M { option (own.of_Message) = "${value}";
  int32 f = 1 [(own.of_Field) = "${value}"];
  oneof o { option (own.of_Oneof) = "${value}"; int32 g = 2; } }
enum E { option (own.of_Enum) = "${value}"; Z = 0 [(own.of_EnumValue) = "${value}"]; }
service S { option (own.of_Service) = "${value}";
  rpc D(M) returns (M) { option (own.of_Method) = "${value}"; } }
extend google.protobuf.MessageOptions { int32 x = 50009 [(own.of_Field) = "${value}"]; }`.replace(
    "\noption",
    ' import "google/protobuf/descriptor.proto"; option',
  );

test("a tracked option is told of any kind of element, an untracked one of none", async () => {
  const findings = await found(everywhere("one"), everywhere("two"));
  expect(findings.map(({ rule }) => rule)).toEqual(findings.map(() => "OPTION_SAME"));
  expect(findings.map(({ symbol }) => symbol).sort()).toEqual(
    ["a.proto", "a.M", "a.M.f", "a.M.o", "a.E", "a.Z", "a.S", "a.S.D", "a.x"].sort(),
  );
  expect(findings.every(({ message }) => message.endsWith('from "one" to "two"'))).toBe(true);
  expect(await found(everywhere("one"), everywhere("two"), [])).toEqual([]);
  expect(await found(everywhere("one"), everywhere("one"))).toEqual([]);
  const fields = await found(everywhere("one"), everywhere("two"), ["own.of_Field"]);
  expect(fields.map(({ symbol }) => symbol)).toEqual(["a.M.f", "a.x"]);
  expect(await found(everywhere("one"), everywhere("two"), own, { likeBuf: true })).toEqual([]);
});

const all =
  `{ whole: -5 zig: -1 fixed: 7 real: -inf yes: true raw: "\\\\x00a\\"" mood: GLAD moods: [CALM, GLAD]
  ages: { key: "b" value: 2 } ages: { key: "a" value: 1 } inner: { yes: false } texts: ["x"] old: { f: 0.1 }
  zag: -9000000000 great: 18446744073709551615 far: -2 small: 0.1 neg: -7
  [own.more]: "extended" }`.replaceAll("\\\\", "\\");

test("values are shown as a source may write them, with all that is inside", async () => {
  const findings = await found(`message M { option (own.all) = ${all}; }`, "message M {}");
  expect(findings.map(tell)).toEqual([
    "error OPTION_SAME message a.M changed its option (own.all) from " +
      '{ whole: -5 zig: -1 fixed: 7 real: -inf yes: true raw: "\\x00a\\x22" mood: GLAD moods: [CALM, GLAD] ' +
      'ages: [{ key: "a" value: 1 }, { key: "b" value: 2 }] inner: { yes: false } texts: ["x"] old: { f: 0.1 } ' +
      'zag: -9000000000 great: 18446744073709551615 far: -2 small: 0.1 neg: -7 [own.more]: "extended" } to none',
  ]);
});

test("what is shown compiles to the same value", async () => {
  const [finding] = await found(`message M { option (own.all) = ${all}; }`, "message M {}");
  const shown = finding!.suggestion[0]!.replace(/^keep it: {2}/, "");
  const again = await found(`message M { option (own.all) = ${all}; }`, `message M { option ${shown}; }`);
  expect(again).toEqual([]);
});

test("values that mean the same are the same, however they are written", async () => {
  const findings = await found(
    'message M { option (own.all).yes = true; option (own.all).texts = "x"; option (own.moods) = GLAD; }',
    'message M { option (own.moods) = GLAD; option (own.all) = { texts: ["x"], yes: true }; }',
  );
  expect(findings).toEqual([]);
});

test("the order and the number of values count where there are several", async () => {
  const words = (...list: readonly string[]) =>
    `message M { ${list.map((word) => `option (own.words) = "${word}";`).join(" ")} }`;
  const told = async (before: string, after: string) =>
    (await found(before, after)).map(({ message }) => message);
  expect(await told(words("a", "b"), words("b", "a"))).toEqual([
    'message a.M changed its option (own.words) from ["a", "b"] to ["b", "a"]',
  ]);
  expect(await told(words(), words("a"))).toEqual([
    'message a.M changed its option (own.words) from none to ["a"]',
  ]);
  expect(await told(words("a"), words("a"))).toEqual([]);
});

test("a definition may be renamed inside, or renumbered, without a change of what it says", async () => {
  const body = 'message M { option (own.all) = { mood: GLAD }; option (own.words) = "a"; }';
  const renamed = definitions.replace("GLAD = 1", "MERRY = 1").replace("words = 50003", "words = 50004");
  const [before, after] = await Promise.all([
    imageWith(body),
    imageWith(body.replace("GLAD", "MERRY"), renamed),
  ]);
  const policy = { ...defaultPolicy, trackedOptions: own };
  const rules = check(before, after, { today: "2026-11-22", policy }).map(({ rule }) => rule);
  expect(rules).not.toContain("OPTION_SAME");
  expect(rules).toContain("ENUM_VALUE_SAME_NAME");
});

test("the lifecycle before decides: a note while EXPERIMENTAL, and a second offence while FROZEN", async () => {
  const field = (state: string, value: string) =>
    `message M { int32 f = 1 [(proto4.field_lifecycle) = ${state}, (own.of_Field) = "${value}"]; }`;
  const told = async (state: string, next = state) =>
    (await found(field(state, "one"), field(next, "two"))).map(({ severity, rule }) => `${severity} ${rule}`);
  expect(await told("EXPERIMENTAL", "STABLE")).toEqual(["info OPTION_SAME"]);
  expect(await told("STABLE")).toEqual(["error OPTION_SAME"]);
  expect(await told("FROZEN")).toEqual(["error LIFECYCLE_FROZEN", "error OPTION_SAME"]);
  expect(await told("DEPRECATED")).toEqual(["error LIFECYCLE_FROZEN", "error OPTION_SAME"]);
});

test("a lifecycle that is tracked as an option has moves of its own", async () => {
  const field = (state: string) => `message M { int32 f = 1 [(proto4.field_lifecycle) = ${state}]; }`;
  const rules = (await found(field("FROZEN"), field("DEPRECATED"), ["proto4.field_lifecycle"])).map(
    ({ rule }) => rule,
  );
  expect(rules).toContain("OPTION_SAME");
  expect(rules).not.toContain("LIFECYCLE_FROZEN");
});

test("google's options are followed by their names, and their readers named", async () => {
  const google = Object.fromEntries(
    await Promise.all(
      ["annotations", "http", "field_behavior"].map(async (name) => [
        `google/api/${name}.proto`,
        await readFile(`node_modules/google-gax/build/protos/google/api/${name}.proto`),
      ]),
    ),
  );
  const source = (behavior: string, verb: string) => `syntax = "proto3"; package a;
    import "google/api/annotations.proto"; import "google/api/field_behavior.proto";
    message M { string name = 1 [${behavior}]; }
    service S { rpc Get(M) returns (M) { option (google.api.http) = { ${verb}: "/v1/{name=m/*}" additional_bindings { get: "/v1/m" } }; } }`;
  const required = "(google.api.field_behavior) = REQUIRED";
  const [before, after] = await Promise.all([
    imageOf({ ...google, "a.proto": source(required, "get") }),
    imageOf({ ...google, "a.proto": source(`${required}, (google.api.field_behavior) = IMMUTABLE`, "post") }),
  ]);
  const trackedOptions = ["google.api.http", "google.api.field_behavior"];
  const findings = check(before, after, {
    today: "2026-11-22",
    policy: { ...defaultPolicy, trackedOptions },
  });
  expect(findings.map(({ message, breaks }) => [message, breaks])).toEqual([
    [
      'field 1 "name" of a.M changed its option (google.api.field_behavior) from [REQUIRED] to [REQUIRED, IMMUTABLE]',
      ["rpc", "source"],
    ],
    [
      'method a.S.Get changed its option (google.api.http) from { get: "/v1/{name=m/*}" additional_bindings: [{ get: "/v1/m" }] }' +
        ' to { post: "/v1/{name=m/*}" additional_bindings: [{ get: "/v1/m" }] }',
      ["rpc", "json"],
    ],
  ]);
});

test("options are not decoded unless one is tracked; then one that does not decode is an error", async () => {
  const before = await imageWith('message M { option (own.all) = { texts: ["some words"] }; }');
  const after = { files: before.files.map((file) => ({ ...file, bytes: broken(file.bytes) })) };
  const options = { today: "2026-11-22" };
  expect(check(before, after, options)).toEqual([]);
  const policy = { ...defaultPolicy, trackedOptions: ["own.all"] };
  expect(() => check(before, after, { ...options, policy })).toThrow(/the options of a\.M do not decode/);
});

/** The text inside the option claims to be longer than what holds it. */
function broken(bytes: Uint8Array): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf("some words");
  if (at > 0) copy[at - 1] = 0x7f;
  return copy;
}
