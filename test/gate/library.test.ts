import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type BreakingConfig,
  check,
  checkSides,
  defaultPolicy,
  type Finding,
  loadImage,
  loadPolicy,
  loadSide,
  report,
} from "../../src/index.js";
import { makeFolder } from "../cli/proto4.js";

const today = "2026-11-22";
const proto = (type: string) => `syntax = "proto3";\npackage shop.v1;\nmessage M { ${type} a = 1; }\n`;

let folder: string;

beforeAll(async () => {
  const config = { "buf.yaml": "version: v2\nbreaking: {ignore: [b]}\n" };
  folder = await makeFolder({
    ...under("before", {
      "a/a.proto": proto("string"),
      "b/b.proto": proto("string").replace("v1", "v2"),
      ...config,
    }),
    ...under("after", {
      "a/a.proto": proto("bytes"),
      "b/b.proto": proto("bytes").replace("v1", "v2"),
      ...config,
    }),
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("the rules to ask are a plain value, with buf.yaml's meaning", async () => {
  const [before, after] = await Promise.all(["before", "after"].map((name) => loadImage(join(folder, name))));
  const found = (breaking?: BreakingConfig) => check(before!, after!, { today, breaking }).map(brief);
  expect(found()).toEqual(["a/a.proto FIELD_SAME_TYPE", "b/b.proto FIELD_SAME_TYPE"]);
  // What proto4 always asks is silent where buf's rule says the same.
  expect(found({ use: ["WIRE"] })).toEqual(["a/a.proto FIELD_NO_NARROWING", "b/b.proto FIELD_NO_NARROWING"]);
  expect(found({ use: ["WIRE_JSON"], ignore: ["b"] })).toEqual(["a/a.proto FIELD_WIRE_JSON_COMPATIBLE_TYPE"]);
  expect(found({ except: ["FIELD_SAME_TYPE", "STRICT"] })).toEqual([]);
  expect(found({ ignoreOnly: { PACKAGE: ["a/a.proto"] } })).toEqual(["b/b.proto FIELD_SAME_TYPE"]);
  expect(() => found({ use: ["WIRE_JASON"] })).toThrow(/did you mean WIRE_JSON/);
  expect(() => found({ version: "v1", use: ["CSR"] })).toThrow(/no category or rule "CSR" in v1/);
});

test("sides come with their configuration, and findings with the paths that were given", async () => {
  const options = { cwd: folder };
  const [before, after] = await Promise.all([loadSide("before", options), loadSide("after", options)]);
  const findings = checkSides(before, after, { today });
  expect(findings.map(brief)).toEqual(["after/a/a.proto FIELD_SAME_TYPE"]);
  expect(findings[0]).toMatchObject({
    before: { path: "before/a/a.proto" },
    severity: "error",
    symbol: "shop.v1.M.a",
  });
  expect(report(findings, "github-actions")).toMatch(/^::error file=after\/a\/a\.proto,line=3,/);
  expect(report([], "junit")).toBe("<testsuites>\n</testsuites>\n");
});

test("a policy is a plain value or a file, and before what lies beside the input", async () => {
  const here = await makeFolder({
    "before/a.proto": proto("string"),
    "after/a.proto": proto("bytes"),
    "after/proto4.yaml": "version: v1\nuse: [WIRE_JSON]\nseverity: {STABLE: info}\nfail_on: info\n",
  });
  const file = await loadPolicy("after/proto4.yaml", { cwd: here });
  const images = await Promise.all(["before", "after"].map((name) => loadImage(join(here, name))));
  const [before, after] = await Promise.all(["before", "after"].map((name) => loadSide(name, { cwd: here })));
  const { policy, use } = file;
  const severities = [
    check(images[0]!, images[1]!, { today, policy, breaking: { use } }),
    checkSides(before!, after!, { today }),
    checkSides(before!, after!, { today, policy: defaultPolicy }),
  ].map((findings) => findings.map(({ severity, rule }) => `${severity} ${rule}`));
  const rule = "FIELD_WIRE_JSON_COMPATIBLE_TYPE";
  expect(severities).toEqual([[`info ${rule}`], [`info ${rule}`], [`error ${rule}`]]);
  expect(after!.workspace.policy()).toEqual(file);
  await rm(here, { recursive: true, force: true });
});

function brief({ at, rule }: Finding): string {
  return `${at?.path} ${rule}`;
}

function under(name: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text]));
}
