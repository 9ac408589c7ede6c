import { expect, test } from "vitest";
import { parseYaml } from "../../../src/gate/config/parse-yaml.js";
import { findWaivable } from "../../../src/gate/waivers/find-waivable.js";
import { lastDay } from "../../../src/gate/waivers/last-day.js";
import { markWaived, targetOf } from "../../../src/gate/waivers/mark-waived.js";
import { readWaivers } from "../../../src/gate/waivers/read-waivers.js";
import {
  expiredWaivers,
  unwaiveCommand,
  waiverWarnings,
} from "../../../src/gate/waivers/waiver-complaints.js";
import { checkCases } from "../check-cases.js";
import { file } from "./waiver-cases.js";

const today = "2026-11-26";

/** What is found of a field that left and one that changed its type, twice: backward, and forward. */
const [findings] = await checkCases(
  [["message M { int32 a = 1; string b = 2; }", "message M { string a = 1; }"]],
  { today },
);
const [gone, changed] = findings!;
const waivers = (...entries: readonly string[]) => readWaivers(parseYaml(file(...entries), "w.yaml"));

const ofGone = `finding: "${gone!.id}"`;
const ofChanged = `rule: FIELD_SAME_TYPE, symbol: c0.M.a`;
const until = (day: string, reason = "x") => `reason: ${reason}, expires: ${day}`;

function judge(...entries: readonly string[]) {
  const waived = markWaived(findings!, waivers(...entries), today);
  return {
    waived: waived.findings.map(({ waiver }) => waiver?.reason),
    lines: [...waiverWarnings(waived, " proto", true), ...expiredWaivers(waived, " proto", true)],
  };
}

test("the findings are what this test is about", () => {
  expect(findings!.map(({ rule, symbol }) => `${rule} ${symbol}`)).toEqual([
    "FIELD_NO_DELETE c0.M.b",
    "FIELD_SAME_TYPE c0.M.a",
  ]);
});

test("a finding is waived by its id, or by its rule and symbol, and keeps its place", () => {
  expect(
    judge(`${ofGone}, ${until("2027-01-31", "one")}`, `${ofChanged}, ${until("2027-01-31", "two")}`),
  ).toEqual({
    waived: ["one", "two"],
    lines: [],
  });
  const { findings: marked } = markWaived(
    findings!,
    waivers(`${ofGone}, owner: ana, ${until("2027-01-31")}`),
    today,
  );
  expect(marked[0]).toEqual({
    ...gone,
    waiver: { finding: gone!.id, reason: "x", owner: "ana", expires: "2027-01-31" },
  });
  expect(marked[1]).toEqual(changed);
});

test("another rule, symbol or finding is not waived", () => {
  const others = [
    "FIELD_SAME_TYPE, symbol: c0.M.b",
    "FIELD_SAME_TYPE, symbol: c0.M",
    "FIELD_NO_DELETE, symbol: c0.M.a",
  ];
  const { waived, lines } = judge(...others.map((other) => `rule: ${other}, ${until("2027-01-31")}`));
  expect(waived).toEqual([undefined, undefined]);
  expect(lines).toHaveLength(3);
});

test("a waiver counts on its last day, and is an error on the next", () => {
  expect(judge(`${ofGone}, ${until(today)}`)).toEqual({ waived: ["x", undefined], lines: [] });
  expect(judge(`${ofGone}, owner: ana, ${until("2026-11-25")}`)).toEqual({
    waived: [undefined, undefined],
    lines: [
      expect.stringMatching(
        /^w\.yaml:3:\d+: error: this waiver ended on 2026-11-25, and what it accepted is still there \(its owner is ana\): mend that, then say: proto4 unwaive [0-9a-f]{12} proto$/,
      ),
    ],
  });
});

test("a waiver that has ended is an error also where nothing fits it, and where nobody looked", () => {
  const waived = markWaived([], waivers(`${ofChanged}, ${until("2020-01-01")}`), today);
  expect(waiverWarnings(waived, "", false)).toEqual([]);
  expect(expiredWaivers(waived, "", false)).toEqual([
    "w.yaml:3:66: error: this waiver ended on 2020-01-01: mend what it accepted, then say: " +
      "proto4 unwaive --rule FIELD_SAME_TYPE --symbol c0.M.a",
  ]);
  expect(expiredWaivers(waived, "", true)).toEqual([
    "w.yaml:3:66: error: this waiver ended on 2020-01-01, and what it accepted is found no more: say: " +
      "proto4 unwaive --rule FIELD_SAME_TYPE --symbol c0.M.a",
  ]);
});

test("one that fits nothing is a warning where all was looked at", () => {
  const waived = markWaived([changed!], waivers(`${ofGone}, ${until("2027-01-31")}`), today);
  expect(waiverWarnings(waived, " proto", true)).toEqual([
    `w.yaml:3:5: warning: no finding fits this waiver: say: proto4 unwaive ${gone!.id} proto`,
  ]);
  expect(waiverWarnings(waived, " proto", false)).toEqual([]);
});

test("what is waived twice is a warning at the second, and the first counts; the narrower counts before", () => {
  const twice = judge(`${ofGone}, ${until("2027-01-31", "one")}`, `${ofGone}, ${until("2027-01-31", "two")}`);
  expect(twice).toEqual({
    waived: ["one", undefined],
    lines: [`w.yaml:4:5: warning: ${gone!.id} is waived further up: leave one of them out`],
  });
  const byRule = `rule: FIELD_NO_DELETE, symbol: c0.M.b`;
  const both = judge(
    `${byRule}, ${until("2027-01-31", "wide")}`,
    `${ofGone}, ${until("2027-01-31", "narrow")}`,
  );
  expect(both).toEqual({ waived: ["narrow", undefined], lines: [] });
});

test("one that has ended hides none that counts", () => {
  const { waived } = judge(
    `${ofGone}, ${until("2020-01-01", "one")}`,
    `${ofGone}, ${until("2027-01-31", "two")}`,
  );
  expect(waived).toEqual(["two", undefined]);
});

test("one waiver covers a finding against each baseline, and not what is found the other way round", () => {
  const [backward, again] = ["v2", "v1"].map((name) => ({
    ...gone!,
    baseline: { name, direction: "backward" as const },
  }));
  const forward = { ...gone!, id: "000000000000", baseline: { name: "v2", direction: "forward" as const } };
  const { findings: marked } = markWaived(
    [backward!, again!, forward],
    waivers(`${ofGone}, ${until("2027-01-31")}`),
    today,
  );
  expect(marked.map(({ waiver }) => waiver !== undefined)).toEqual([true, true, false]);
});

test("what is to be waived is found, or those that may be meant are named", () => {
  expect(findWaivable(findings!, { finding: changed!.id })).toBe(changed);
  expect(findWaivable(findings!, { rule: "FIELD_NO_DELETE", symbol: "c0.M.b" })).toBe(gone);
  const misspelt = `${changed!.id.slice(0, 11)}${changed!.id.endsWith("0") ? "1" : "0"}`;
  expect(() => findWaivable(findings!, { finding: misspelt })).toThrow(
    `no finding has the id ${misspelt}; it may be meant: ${changed!.id} (FIELD_SAME_TYPE c0.M.a), ${gone!.id} (`,
  );
  expect(() => findWaivable(findings!, { rule: "FIELD_SAME_TYPE", symbol: "c0.M.aa" })).toThrow(
    `FIELD_SAME_TYPE says nothing of c0.M.aa; it may be meant: ${changed!.id} (FIELD_SAME_TYPE c0.M.a)`,
  );
  expect(() => findWaivable(findings!, { rule: "FIELD_SAME_TYP", symbol: "c0.M.a" })).toThrow(
    'there is no rule "FIELD_SAME_TYP"; did you mean FIELD_SAME_TYPE?',
  );
  expect(() => findWaivable([], { finding: misspelt })).toThrow(
    "nothing is found, so there is nothing to waive",
  );
});

test("of several that a rule and symbol mean, one that nobody has accepted is found", () => {
  const waiver = { finding: gone!.id, reason: "x", owner: undefined, expires: today };
  const other = { ...gone!, id: "000000000000" };
  expect(findWaivable([{ ...gone!, waiver }, other], { rule: gone!.rule, symbol: gone!.symbol })).toBe(other);
});

test("a last day is a day, or a time from today on", () => {
  expect(lastDay("2027-01-31", today, 180)).toBe("2027-01-31");
  expect(lastDay("90d", today, 180)).toBe("2027-02-24");
  expect(lastDay("2w", today, 180)).toBe("2026-12-10");
  expect(lastDay("3m", today, 180)).toBe("2027-02-24");
  expect(lastDay(today, today, 180)).toBe(today);
  expect(lastDay("180d", today, 180)).toBe("2027-05-25");
});

test.each([
  ["2026-11-25", /^2026-11-25 has passed, .* today is 2026-11-26$/],
  ["2027-05-26", /^2027-05-26 is further ahead than a waiver may last: say 2027-05-25 at the latest/],
  ["181d", /^2027-05-26 is further ahead/],
  ["9999w", /^\d{4}-\d\d-\d\d is further ahead/],
  ["2027-02-30", /^--expires takes a day such as 2027-01-31, or a time such as 90d, not "2027-02-30"$/],
  ["-1d", /^--expires takes/],
  ["90 days", /^--expires takes/],
  ["", /^--expires takes/],
])("%j is no last day", (text, sentence) => {
  expect(() => lastDay(text, today, 180)).toThrow(sentence);
});

test("the command that is advised is one that a shell reads as it is meant", () => {
  expect(unwaiveCommand({ rule: "FILE_NO_DELETE", symbol: "it's a/b c.proto" }, "")).toBe(
    "proto4 unwaive --rule FILE_NO_DELETE --symbol 'it'\\''s a/b c.proto'",
  );
  expect(targetOf({ rule: "FILE_NO_DELETE", symbol: "a.proto" })).toBe("FILE_NO_DELETE a.proto");
});
