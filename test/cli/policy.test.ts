import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findBuf } from "../../src/image/find-buf.js";
import { makeFolder, proto4, run } from "./proto4.js";

const header = 'syntax = "proto3";\npackage shop.PACKAGE;\nimport "proto4/options.proto";\n';
const stable = header.replace("PACKAGE", "v1");
const experimental = header.replace("PACKAGE", "v1alpha1");
const declared = "[(proto4.field_lifecycle) = EXPERIMENTAL]";
const past = '[(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms).sunset = "2020-01-31"]';

/** Pairs of images: name → the file before and after. */
const pairs = {
  stable: [`${stable}message M { int32 a = 1; }`, `${stable}message M { string a = 1; }`],
  experimental: [`${experimental}message M { int32 a = 1; }`, `${experimental}message M { string a = 1; }`],
  unreserved: [`${stable}message M { string a = 1 ${declared}; }`, `${stable}message M {}`],
  lawful: [
    `${stable}message M { string a = 1 ${past}; }`,
    `${stable}message M { reserved 1; reserved "a"; }`,
  ],
} as const;

let images: string;
/** A file of what is found in the pair `stable`. */
let known: string;

beforeAll(async () => {
  const sources = Object.entries(pairs).flatMap(([name, [before, after]]) => [
    [`${name}/before/m.proto`, before],
    [`${name}/after/m.proto`, after],
  ]);
  images = await makeFolder(Object.fromEntries(sources));
  const options = fileURLToPath(new URL("../../proto/proto4", import.meta.url));
  for (const name of Object.keys(pairs))
    for (const side of ["before", "after"]) {
      const folder = join(images, name, side);
      await cp(options, join(folder, "proto4"), { recursive: true });
      const { code, stderr } = await run(findBuf(), ["build", "-o", `../${side}.binpb`], folder);
      if (code !== 0) throw new Error(stderr);
    }
  const [before, after] = ["before", "after"].map((side) => join(images, "stable", `${side}.binpb`));
  await proto4(images, "baseline", after!, "--against", before!, "--output", "known.yaml");
  known = await readFile(join(images, "known.yaml"), "utf8");
}, 60_000);

afterAll(() => rm(images, { recursive: true, force: true }));

const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
const waived = `version: v1
waivers: [{ rule: FIELD_SAME_TYPE, symbol: shop.v1.M.a, reason: ours, expires: ${nextMonth} }]
`;

interface Setting {
  readonly pair?: keyof typeof pairs;
  /** What buf.yaml's `breaking` says. */
  readonly buf?: string;
  /** What proto4.yaml says besides its version. */
  readonly policy?: string;
  /** Under which name the folder has a file of what is found in the pair `stable`. */
  readonly knownAs?: string;
  /** Under which name it has a file that waives the same. */
  readonly waivedAs?: string;
  readonly args?: readonly string[];
}

/** The exit code, and `severity RULE` of each finding, of a check in a folder with these configurations. */
async function check({
  pair = "stable",
  buf,
  policy,
  knownAs,
  waivedAs,
  args = [],
}: Setting): Promise<string> {
  const folder = await makeFolder({
    "other.yaml": "version: v1\nseverity: {FIELD_SAME_TYPE: info}\n",
    ...(buf === undefined ? {} : { "buf.yaml": `version: v2\nbreaking: ${buf}\n` }),
    "nothing.yaml": "version: v1\nfindings: []\n",
    ...(knownAs === undefined ? {} : { [knownAs]: known }),
    ...(waivedAs === undefined ? {} : { [waivedAs]: waived }),
    ...(policy === undefined ? {} : { "proto4.yaml": `version: v1\n${policy}\n` }),
  });
  const [before, after] = ["before", "after"].map((side) => join(images, pair, `${side}.binpb`));
  const { code, stdout, stderr } = await proto4(folder, "check", after!, "--against", before!, ...args);
  await rm(folder, { recursive: true, force: true });
  if (code === 1) return `1 ${stderr}`;
  const found = stdout.matchAll(/(?:(error|warning|info) )?\b([A-Z]+(?:_[A-Z]+)+)\b {2}/g);
  const buflike = stdout.matchAll(/^(?=\{).*"type":"([A-Z_]+)"/gm);
  return [
    code,
    ...[...found].map(([, severity, rule]) => `${severity} ${rule}`),
    ...[...buflike].map(([, rule]) => rule),
  ].join(" ");
}

const [error, info] = ["100 error FIELD_SAME_TYPE", "0 info FIELD_SAME_TYPE"];
const category = ["--category", "PACKAGE"];

/** By the row of the table in docs/policy.md: settings, each with what comes of it, from first heard to last. */
const rows: Readonly<Record<string, readonly (readonly [Setting, string])[]>> = {
  "which policy": [
    [{ policy: "severity: {FIELD_SAME_TYPE: off}", args: ["--policy", "other.yaml"] }, info],
    [{ policy: "severity: {FIELD_SAME_TYPE: off}" }, "0"],
    [{}, error],
  ],
  "which rules are asked": [
    [{ buf: "{use: [WIRE]}", policy: "use: [WIRE_JSON]", args: category }, error],
    [{ buf: "{use: [WIRE]}", policy: "use: [WIRE_JSON]" }, "100 error FIELD_WIRE_JSON_COMPATIBLE_TYPE"],
    [{ buf: "{use: [WIRE]}", policy: "fail_on: error" }, "100 error FIELD_WIRE_COMPATIBLE_TYPE"],
    [{ policy: "fail_on: error" }, error],
  ],
  "which rules are not": [
    [{ buf: "{except: [FIELD_NO_DELETE]}", policy: "except: [FIELD_SAME_TYPE]" }, "0"],
    [{ buf: "{except: [FIELD_SAME_TYPE]}", policy: "except: [FIELD_NO_DELETE]" }, error],
    [{ buf: "{except: [FIELD_SAME_TYPE]}", policy: "except: []" }, error],
    [{ buf: "{except: [FIELD_SAME_TYPE]}", policy: "use: [FILE]" }, "0"],
    [{ policy: "except: [FIELD_SAME_TYPE]", args: category }, "0"],
    [{}, error],
  ],
  "whether buf's rules are asked at all": [
    [{ buf: "{disable_builtin: true}", args: category }, error],
    [{ buf: "{disable_builtin: true}", policy: "use: [FILE]" }, error],
    [{ buf: "{disable_builtin: true}", policy: "except: [LIFECYCLE_MOVE]" }, "0"],
    [{}, error],
  ],
  "where nothing is found": [
    [{ buf: "{ignore: [m.proto]}", policy: "use: [FILE]\nseverity: {FIELD_SAME_TYPE: error}" }, "0"],
    [{ buf: "{ignore_only: {FILE: [m.proto]}}", policy: "use: [FIELD_SAME_TYPE]" }, "0"],
    [{ buf: "{ignore_only: {WIRE: [m.proto]}}", policy: "use: [FIELD_SAME_TYPE]" }, error],
    [{ pair: "experimental", buf: "{ignore_unstable_packages: true}", args: category }, "0"],
  ],
  "how severe a finding is": [
    [
      { pair: "experimental", policy: "severity: {FIELD_SAME_TYPE: warning, EXPERIMENTAL: off}" },
      "0 warning FIELD_SAME_TYPE",
    ],
    [
      { pair: "unreserved", policy: "use: [WIRE]\nseverity: {LIFECYCLE_REMOVAL: info, EXPERIMENTAL: off}" },
      "0 info LIFECYCLE_REMOVAL",
    ],
    [
      { pair: "unreserved", policy: "use: [WIRE]\nseverity: {EXPERIMENTAL: off}" },
      "100 error LIFECYCLE_REMOVAL",
    ],
    [{ pair: "experimental", policy: "severity: {EXPERIMENTAL: warning}" }, "0 warning FIELD_SAME_TYPE"],
    [{ pair: "experimental" }, info],
  ],
  "how severe a removal by the rules is": [
    [{ pair: "lawful", policy: "severity: {FIELD_NO_DELETE: off}" }, "0"],
    [{ pair: "lawful", policy: "severity: {FIELD_NO_DELETE: error}" }, "0 info FIELD_NO_DELETE"],
  ],
  "which findings are known": [
    [{ knownAs: "a.yaml", policy: "baseline: nothing.yaml", args: ["--baseline", "a.yaml"] }, "0"],
    [{ knownAs: "proto4.baseline.yaml", policy: "baseline: nothing.yaml" }, error],
    [{ knownAs: "a.yaml", policy: "baseline: a.yaml" }, "0"],
    [{ knownAs: "proto4.baseline.yaml" }, "0"],
    [{ knownAs: "a.yaml" }, error],
  ],
  "which findings are waived": [
    [{ waivedAs: "a.yaml", policy: "waivers: a.yaml" }, "0"],
    [{ waivedAs: "proto4.waivers.yaml", policy: "waivers: none.yaml" }, error],
    [{ waivedAs: "proto4.waivers.yaml", policy: "fail_on: error" }, "0"],
    [{ waivedAs: "proto4.waivers.yaml" }, "0"],
    [{ waivedAs: "a.yaml" }, error],
  ],
  "what fails": [
    [{ policy: "fail_on: error", pair: "experimental", args: ["--fail-on", "info"] }, `100 ${info.slice(2)}`],
    [{ policy: "fail_on: info", pair: "experimental" }, `100 ${info.slice(2)}`],
    [{ policy: "fail_on: never" }, `0 ${error.slice(4)}`],
    [{ pair: "experimental" }, info],
  ],
  "under `--like-buf`": [
    [
      {
        buf: "{use: [WIRE]}",
        policy: "fail_on: never\nuse: [FILE]\nseverity: {FIELD_WIRE_COMPATIBLE_TYPE: off}",
        args: ["--like-buf", "--format", "json"],
      },
      "100 FIELD_WIRE_COMPATIBLE_TYPE",
    ],
    [{ policy: "no: policy", args: ["--like-buf", "--format", "json"] }, "100 FIELD_SAME_TYPE"],
  ],
};

test("every row about who is heard first has its tests here", async () => {
  const page = await readFile(new URL("../../docs/policy.md", import.meta.url), "utf8");
  const table = page.split("## Who is heard first")[1]!.match(/^\| (?!what is decided)[^|]+ \|/gm);
  expect(table?.map((row) => row.slice(2, -2))).toEqual(Object.keys(rows));
});

describe.each(Object.entries(rows))("%s", (_, settings) => {
  test.concurrent.each(settings)("%o: %s", async (setting, expected) => {
    expect(await check(setting)).toBe(expected);
  });
});

test("a mistake in proto4.yaml is exit code 1, with its place", async () => {
  expect(await check({ policy: "severity: {FIELD_SAME_TYP: off}" })).toMatch(
    /^1 proto4\.yaml:2:12: there is no rule or state "FIELD_SAME_TYP"; did you mean FIELD_SAME_TYPE\?\n$/,
  );
});

test("a --policy that is not there is told so, and none is taken under --like-buf", async () => {
  expect(await check({ args: ["--policy", "nowhere.yaml"] })).toMatch(/^1 nowhere\.yaml: there is no such f/);
  expect(await check({ args: ["--policy", "other.yaml", "--like-buf"] })).toMatch(/^1 .*cannot be used with/);
});

test("an option that is tracked and that no file declares is warned about, with the name that may be meant", async () => {
  const folder = await makeFolder({
    "proto4.yaml": "version: v1\noptions: [proto4.field_term, other.option]\n",
  });
  const [before, after] = ["before", "after"].map((side) => join(images, "experimental", `${side}.binpb`));
  const { stderr } = await proto4(folder, "check", after!, "--against", before!);
  await rm(folder, { recursive: true, force: true });
  expect(stderr.split("\n").filter((line) => line.startsWith("warning"))).toEqual([
    "warning: the option proto4.field_term is tracked, but no file declares it; did you mean proto4.field_terms?",
    "warning: the option other.option is tracked, but no file declares it",
  ]);
});
