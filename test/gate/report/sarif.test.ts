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
