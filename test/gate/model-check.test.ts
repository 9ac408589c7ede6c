import { beforeAll, expect, test } from "vitest";
import { check, type Finding } from "../../src/gate/index.js";
import { compileSides } from "./check-cases.js";
import { type Model, type Version, versions, walk } from "./model.js";

/** A version is published on one of these, or several on one. */
const days = ["2026-01-01", "2026-04-01", "2026-08-01", "2027-02-01"];

/** By day and pair of versions, the rules that stop the change. */
type Verdicts = ReadonlyMap<string, readonly (readonly string[])[]>;

let verdicts: Verdicts;

beforeAll(async () => {
  const pairs = versions.flatMap((from) => versions.map((to) => [from.source, to.source] as const));
  const [before, after] = await compileSides(pairs);
  verdicts = new Map(
    days.map((today) => {
      const findings = check(before, after, { today, categories: ["WIRE"] });
      return [today, stopped(findings, pairs.length)];
    }),
  );
}, 120_000);

function stopped(findings: readonly Finding[], count: number): readonly (readonly string[])[] {
  const found = Array.from({ length: count }, (): string[] => []);
  for (const { severity, rule, at, before } of findings)
    if (severity === "error") found[Number(/^c(\d+)\//.exec((at ?? before)?.path ?? "")?.[1])]?.push(rule);
  return found;
}

/** The gate as a model sees it: may one version follow another on a day? */
function modelWithout(off?: string): Model {
  return {
    days,
    mayFollow: (from: Version, to: Version, day: string) => {
      const index = versions.indexOf(from) * versions.length + versions.indexOf(to);
      return (verdicts.get(day)?.[index] ?? []).every((rule) => rule === off);
    },
  };
}

const DEPTH = 6;

test("no sequence of six changes breaks a promise, or takes one back, without a finding on the way", () => {
  const { broken, seen } = walk(modelWithout(), DEPTH);
  expect(broken).toEqual([]);
  // Not vacuous: what the design allows came about.
  expect(seen).toEqual(
    new Set([
      "EXPERIMENTAL",
      "STABLE",
      "FROZEN",
      "DEPRECATED",
      "left lawfully",
      "left EXPERIMENTAL",
      "returned",
    ]),
  );
});

test.each([
  "LIFECYCLE_MOVE",
  "LIFECYCLE_SUNSET",
  "LIFECYCLE_REMOVAL",
  "LIFECYCLE_FROZEN",
  "FIELD_WIRE_COMPATIBLE_TYPE",
  "RESERVED_MESSAGE_NO_DELETE",
])("without %s there is a hole, and the search finds it", (rule) => {
  expect(walk(modelWithout(rule), DEPTH).broken).not.toEqual([]);
});
