import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { type Finding, type ReportContext, report } from "../../../src/gate/index.js";
import { makeFinding, place, sourcesOf } from "./finding.js";
import { sarifComplaints } from "./validate.js";

const complaints = sarifComplaints();

function runOf(findings: readonly Finding[], context: ReportContext = {}) {
  const log = JSON.parse(report(findings, "sarif", context));
  expect(complaints(log)).toEqual([]);
  return log.runs[0];
}

function resultOf(finding: Finding, context: ReportContext = {}) {
  return runOf([finding], context).results[0];
}

test("severities are SARIF's levels", () => {
  const levels = (["error", "warning", "info"] as const).map(
    (severity) => resultOf(makeFinding({ severity })).level,
  );
  expect(levels).toEqual(["error", "warning", "note"]);
});

test("the finding's id is its fingerprint, and places are none of it", () => {
  const [a, b] = [place(1, 1, 2, 2), place(7, 3, 8, 4)].map((at) => resultOf(makeFinding({ at })));
  expect(a.partialFingerprints).toEqual({ "proto4FindingId/v1": "0123456789ab" });
  expect(b.partialFingerprints).toEqual(a.partialFingerprints);
});

test("a run has the rules of its results once, each with its purpose and what to ask for more", () => {
  const rules = ["FIELD_SAME_TYPE", "LIFECYCLE_REMOVAL", "FIELD_SAME_TYPE"];
  const run = runOf(rules.map((rule) => makeFinding({ rule })));
  const listed: readonly { id: string; helpUri?: string }[] = run.tool.driver.rules;
  expect(run.results.map((result: { ruleIndex: number }) => listed[result.ruleIndex]?.id)).toEqual(rules);
  expect(listed).toHaveLength(2);
  expect(listed[0]).toMatchObject({
    id: "FIELD_SAME_TYPE",
    shortDescription: { text: "Checks that fields keep their types." },
    help: { text: expect.stringContaining("proto4 explain FIELD_SAME_TYPE") },
    helpUri: "https://buf.build/docs/breaking/rules/#field_same_type",
  });
  expect(listed[1]).not.toHaveProperty("helpUri");
});

test("what is waived is suppressed, with the reason; all others say that they are not", () => {
  const waiver = { reason: "nobody reads it", owner: "jo", expires: "2027-01-31" };
  const run = runOf([makeFinding({ waiver }), makeFinding()]);
  expect(run.results.map((result: { suppressions: unknown }) => result.suppressions)).toEqual([
    [
      {
        kind: "external",
        status: "accepted",
        justification: "nobody reads it",
        properties: { owner: "jo", expires: "2027-01-31" },
      },
    ],
    [],
  ]);
});

test("both places are told, the one after as the finding's own", () => {
  const finding = makeFinding({ before: { ...place(3, 1, 3, 9), path: "elder/a.proto" } });
  const { locations, relatedLocations } = resultOf(finding);
  const uriOf = (location: { physicalLocation: { artifactLocation: { uri: string } } }) =>
    location.physicalLocation.artifactLocation.uri;
  expect(locations.map(uriOf)).toEqual(["shop/order.proto"]);
  expect(relatedLocations.map(uriOf)).toEqual(["shop/order.proto", "elder/a.proto"]);
  expect(relatedLocations.map(({ id }: { id: number }) => id)).toEqual([1, 2]);
});

test.each([
  ["what is gone is where it was", { at: undefined, before: { path: "elder/a.proto" } }, "elder/a.proto"],
  ["what had no file, in what is judged", { at: undefined }, "proto"],
])("%s: code scanning takes no result without a place", (_, said, uri) => {
  const { physicalLocation } = resultOf(makeFinding(said), { input: "proto" }).locations[0];
  expect(physicalLocation).toMatchObject({ artifactLocation: { uri }, region: { startLine: 1 } });
});

test("columns count in UTF-16, as far as the source is at hand", () => {
  const finding = makeFinding({ at: place(1, 10, 1, 16) });
  const region = (context: ReportContext) => resultOf(finding, context).locations[0].physicalLocation.region;
  expect(region({})).toMatchObject({ startColumn: 10, endColumn: 16 });
  expect(region({ sources: sourcesOf(["\t漢字 int64 a = 1;"]) })).toMatchObject({
    startColumn: 5,
    endColumn: 11,
  });
  expect(runOf([finding]).columnKind).toBe("utf16CodeUnits");
});

test.each([
  ["a b/größe&co?#%.proto", "a%20b/gr%C3%B6%C3%9Fe%26co%3F%23%25.proto", "%SRCROOT%"],
  ["../elsewhere/a.proto", "../elsewhere/a.proto", undefined],
  ["/elsewhere/a b.proto", "file:///elsewhere/a%20b.proto", undefined],
])("the file %s has the address %s", (path, uri, uriBaseId) => {
  const { artifactLocation } = resultOf(makeFinding({ at: { path } })).locations[0].physicalLocation;
  expect(artifactLocation).toEqual({ uri, ...(uriBaseId && { uriBaseId }) });
});

test("a file's address begins at the root of the repository", () => {
  const context = { fromRoot: (path: string) => `api/${path}` };
  const { artifactLocation } = resultOf(makeFinding(), context).locations[0].physicalLocation;
  expect(artifactLocation).toEqual({ uri: "api/shop/order.proto", uriBaseId: "%SRCROOT%" });
});

test("edits are a fix: what it exchanges is what the edits exchange", () => {
  const text = "\ufeffsyntax = 'proto3';\r\nmessage M {\r\n  string 漢 = 1;\r\n}\r\n";
  const start = text.indexOf("string");
  const edits = [{ start, end: start + 8, text: "reserved" }];
  const { fixes } = resultOf(makeFinding(), {
    edits: () => [{ path: "shop/order.proto", text, edits }],
    fromRoot: (path) => `api/${path}`,
  });
  const [{ artifactLocation, replacements }] = fixes[0].artifactChanges;
  expect(artifactLocation).toEqual({ uri: "api/shop/order.proto", uriBaseId: "%SRCROOT%" });
  expect(replacements).toEqual([
    {
      deletedRegion: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 11 },
      insertedContent: { text: "reserved" },
    },
  ]);
  expect(resultOf(makeFinding(), { edits: () => [] })).not.toHaveProperty("fixes");
});

test("what is found against several versions is one result that names them", () => {
  const found = ["v2", "v1"].map((name) => makeFinding({ baseline: { name, direction: "backward" } }));
  const run = runOf(found);
  expect(run.results).toHaveLength(1);
  expect(run.results[0].message.text).toMatch(/ \(against v2, v1\)$/);
  expect(run.results[0].properties.baselines).toEqual(["v2", "v1"]);
});

test("what is judged apart has a category of its own, so that neither replaces the other", () => {
  const idOf = (input?: string) => runOf([], { input }).automationDetails.id;
  expect([idOf(), idOf("."), idOf("proto")]).toEqual(["proto4/", "proto4/", "proto4/proto/"]);
});

test("nothing found is a whole log, which closes what was found before", () => {
  expect(runOf([]).results).toEqual([]);
});

test("the way out stands below the verdict, and what looks like a link is none", () => {
  const finding = makeFinding({ message: "see [here](1) [1]", suggestion: ["reserved 2;", "reserved 3;"] });
  expect(resultOf(finding).message.text).toBe("see \\[here](1) [1]\ndo this:\n  reserved 2;\n  reserved 3;");
});

const many = (count: number, said: (index: number) => Partial<Finding>) =>
  Array.from({ length: count }, (_, index) => makeFinding(said(index)));

test("no more results are told than code scanning takes, the gravest first, and how many are left out", () => {
  const waiver = { reason: "nobody reads it", owner: "jo", expires: "2027-01-31" };
  const severityOf = (index: number) => (index < 26_000 ? "info" : "error");
  const found = many(26_010, (index) => ({
    severity: severityOf(index),
    ...(index === 26_009 ? { waiver } : {}),
  }));
  const log = JSON.parse(report(found, "sarif"));
  const [run] = log.runs;
  expect(complaints({ ...log, runs: [{ ...run, results: run.results.slice(0, 3) }] })).toEqual([]);
  const levelsOf = run.results.map(({ level }: { level: string }) => level);
  expect(levelsOf).toHaveLength(25_000);
  expect(levelsOf.indexOf("note")).toBe(9);
  expect(levelsOf.lastIndexOf("error")).toBe(8);
  const [notification] = run.invocations[0].toolExecutionNotifications;
  expect(notification.message.text).toMatch(/^1010 findings are left out, the least grave: /);
});

test("what code scanning takes, but shows no more of, is told gravest first; what it shows, by its place", () => {
  const found = (count: number) =>
    many(count, (index) => ({ severity: index === count - 1 ? "error" : "info" }));
  expect(runOf(found(5_001)).results[0].level).toBe("error");
  expect(runOf(found(10)).results[9].level).toBe("error");
});

test("a log is never larger than code scanning takes it, compressed", () => {
  const noise = (index: number) =>
    createHash("shake256", { outputLength: 6_000 }).update(String(index)).digest("base64");
  const found = many(2_000, (index) => ({
    message: noise(index),
    severity: index === 1_999 ? "error" : "info",
  }));
  const text = report(found, "sarif");
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
  const { results, invocations } = JSON.parse(text).runs[0];
  expect(results).toHaveLength(1_000);
  expect(results[0].level).toBe("error");
  expect(invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^1000 findings are left out/);
});

test("thousands of findings in a line do not take their time for each sign of it", () => {
  const line = Array.from({ length: 4_000 }, (_, index) => `string größe_${index} = ${index + 1};`).join(" ");
  const sources = sourcesOf([line], [line.replaceAll("string", "bytes")]);
  const at = place(1, line.length - 5, 1, line.length - 1);
  const begun = performance.now();
  report(
    many(4_000, () => ({ at, before: at })),
    "sarif",
    { sources },
  );
  expect(performance.now() - begun).toBeLessThan(4_000);
});
