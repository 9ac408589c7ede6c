import { beforeAll, describe, expect, test } from "vitest";
import { type Finding, type ReportContext, report } from "../../../src/gate/index.js";
import { loadEveryKind } from "./every-kind.js";
import { makeFinding } from "./finding.js";
import { junitComplaints } from "./junit-complaints.js";
import { findingComplaints, gitlabComplaints, sarifComplaints } from "./validate.js";

let findings: readonly Finding[];
let context: ReportContext;

beforeAll(async () => {
  ({ findings, context } = await loadEveryKind());
});

/** What has neither a file nor a place, as a package that is gone, and signs that formats have a meaning for. */
const strange: readonly Finding[] = [
  makeFinding({ at: undefined, symbol: "shop.v1" }),
  makeFinding({ at: { path: 'a & b/"<c>"%\u202e.proto' }, message: "<b>\"&'\t\n]]>\u0000 {0} [x](1)" }),
  makeFinding({
    way: {
      fixes: [
        {
          kind: "reserve",
          path: "a.proto",
          symbol: "a.M",
          numbers: [{ start: 1, end: 2 }],
          names: ["b"],
        },
        { kind: "insert", path: "a.proto", symbol: "a.M", statement: "string a = 1;\n", after: ["a.M.b"] },
        { kind: "replace", path: "a.proto", symbol: "a.M.c", part: "type", text: "repeated string" },
        { kind: "option", path: "a.proto", symbol: "a.M.c", name: "deprecated", value: "true" },
        { kind: "option", path: "a.proto", symbol: "a.M.c", name: "deprecated", value: undefined },
      ],
    },
    waiver: { reason: "known", owner: undefined, expires: "2027-01-31" },
  }),
];

const cases = () => [findings, strange, []];

describe("SARIF", () => {
  const complaints = sarifComplaints();

  test("fits the schema of SARIF 2.1.0, whatever is found", () => {
    for (const found of cases()) {
      expect(complaints(JSON.parse(report(found, "sarif", context)))).toEqual([]);
      expect(complaints(JSON.parse(report(found, "sarif")))).toEqual([]);
    }
  });

  test("the schema refuses what SARIF does not have", () => {
    const wrong = JSON.parse(report(findings, "sarif").replaceAll('"level": "note"', '"level": "info"'));
    expect(complaints(wrong)).not.toEqual([]);
  });
});

describe("JSON", () => {
  const complaints = findingComplaints();
  const lines = (found: readonly Finding[]) =>
    report(found, "json")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));

  test("each line fits the schema that the package has", () => {
    for (const line of cases().flatMap(lines)) expect(complaints(line), JSON.stringify(line)).toEqual([]);
  });

  test("the schema refuses what a line lacks, and what it does not know", () => {
    const [line] = lines(findings);
    expect(complaints({ ...line, finding: undefined })).not.toEqual([]);
    expect(complaints({ ...line, color: "red" })).not.toEqual([]);
    expect(complaints({ ...line, fixes: [{ kind: "reserve", path: "a", symbol: "b" }] })).not.toEqual([]);
  });
});

describe("GitLab's code quality", () => {
  const complaints = gitlabComplaints();

  test("fits what GitLab asks of a report, whatever is found", () => {
    for (const found of cases())
      expect(complaints(JSON.parse(report(found, "gitlab-code-quality")))).toEqual([]);
  });

  test("what GitLab asks is refused where it is missing", () => {
    const [issue] = JSON.parse(report(findings, "gitlab-code-quality"));
    expect(complaints([issue])).toEqual([]);
    expect(complaints([{ ...issue, location: {} }])).not.toEqual([]);
    expect(complaints([{ ...issue, severity: "error" }])).not.toEqual([]);
  });

  test("no two issues have the same fingerprint", () => {
    const issues: readonly { fingerprint: string }[] = JSON.parse(report(findings, "gitlab-code-quality"));
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  });
});

describe("JUnit", () => {
  test("fits what Jenkins takes for JUnit's format, whatever is found", () => {
    for (const found of cases()) expect(junitComplaints(report(found, "junit"))).toEqual([]);
  });

  test.each([
    ["<testsuites><testcase/></testsuites>", "<testcase> in testsuites"],
    ['<testsuites><testsuite name="a" tests="1" failures="0"></testsuite></testsuites>', "without errors"],
    ["<testsuites>a & b</testsuites>", "stray &"],
    ["<testsuites>", "not closed"],
    ['<testsuites><testsuite name="a < b"></testsuite></testsuites>', "no XML"],
  ])("%s is refused", (xml, complaint) => {
    expect(junitComplaints(xml).join("\n")).toContain(complaint);
  });
});
