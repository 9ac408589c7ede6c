import { expect, test } from "vitest";
import { type Change, type ChangeKind, diffSchema, diffUnjudged } from "../../../src/diff/index.js";
import { buildReleases, type Changelog, reportChangelog } from "../../../src/gate/index.js";
import type { Image } from "../../../src/image/index.js";
import { buildSchema, fingerprints } from "../../../src/schema/index.js";
import { randomImages } from "../../differential/random-images.js";
import { toSide } from "./sides.js";

/** Many packages with random edits, so that most kinds of change are among them. */
const [before, after] = await randomImages();
const there = changelog(before, after);

test("every change of the diff is in one entry, and in no other", () => {
  const schemas = [buildSchema(before.files), buildSchema(after.files)] as const;
  const unjudged = diffUnjudged(...schemas);
  expect(unjudged.length).toBeGreaterThan(10);
  const expected = [...diffSchema(...schemas), ...unjudged].map(print).sort();
  expect(expected.length).toBeGreaterThan(500);
  expect(changesIn(there).map(print).sort()).toEqual(expected);
});

test("of a contract that means something else now, something is told", () => {
  const packages = new Set(after.files.map((file) => file.package));
  const both = [...new Set(before.files.map((file) => file.package))].filter((name) => packages.has(name));
  const [was, is] = [fingerprints(before, both), fingerprints(after, both)];
  const changed = new Set(both.filter((name) => was.get(name) !== is.get(name)).map(caseOf));
  // Another order of values and other cuts of ranges make another fingerprint as well; no case here has these alone.
  expect(changed.size).toBeGreaterThan(50);
  const told = new Set(there.packages.map(({ name }) => caseOf(name)));
  expect([...changed].filter((name) => !told.has(name))).toEqual([]);
});

test("most kinds of change are told first in some entry", () => {
  const told = leads(there).map(({ kind }) => kind);
  expect(new Set(told).size).toBeGreaterThan(20);
});

test("of the same sides nothing is told, and no step called for", () => {
  for (const image of [before, after])
    expect(changelog(image, image)).toMatchObject({ step: "none", packages: [], standing: [] });
});

test("on the way back, what was added is removed, and the other way round", () => {
  const back = changelog(after, before);
  for (const [added, removed] of [
    [there, back],
    [back, there],
  ] as const) {
    const names = leads(added).flatMap(additions).sort();
    expect(names.length).toBeGreaterThan(100);
    expect(leads(removed).flatMap(removals).sort()).toEqual(names);
  }
});

test("each step is that of the greatest inside, and major is what an error makes", () => {
  const { step, packages } = there;
  expect(step).toBe("major");
  const steps = ["none", "patch", "minor", "major"];
  const most = (inside: readonly { readonly step: string }[]) =>
    inside.map((each) => each.step).reduce((a, b) => (steps.indexOf(a) > steps.indexOf(b) ? a : b));
  for (const each of packages) {
    expect(each.step).toBe(most(each.elements));
    for (const element of each.elements) expect(element.step).toBe(most(element.entries));
  }
  for (const { step, findings } of entriesOf(there))
    expect(step === "major").toBe(findings.some(({ severity }) => severity === "error"));
});

test("the order of files makes no difference to any format", () => {
  const turned = changelog(reversed(before), reversed(after));
  for (const format of ["text", "markdown", "json"] as const)
    expect(reportChangelog([turned], format)).toBe(reportChangelog([there], format));
});

/** `c7` of `c7.sub`: the packages of one case name each other's types. */
function caseOf(packageName: string): string {
  return packageName.split(".")[0]!;
}

/** The changes that tell the entries. */
function leads(of: Changelog): readonly Change[] {
  return entriesOf(of).map(({ changes }) => changes[0]!);
}

/** A name that joins the others of a number is no value of its own. */
function additions(change: Change): readonly string[] {
  switch (change.kind) {
    case "enum-value-added": {
      const { after, parent } = change;
      return parent?.values.some(({ number }) => number === after.number) ? [] : [after.fullName];
    }
    case "message-added":
    case "enum-added":
    case "service-added":
    case "method-added":
    case "field-added":
      return [change.after.fullName];
    default:
      return [];
  }
}

/** A number that leaves takes along all of its names. Of files, packages and oneofs, only that they go is a fact. */
function removals(change: Change): readonly string[] {
  switch (change.kind) {
    case "enum-value-removed":
      return change.aliases.map(({ fullName }) => fullName);
    case "message-removed":
    case "enum-removed":
    case "service-removed":
    case "method-removed":
    case "field-removed":
    case "extension-removed":
      return [change.before.fullName];
    default:
      return [];
  }
}

function changelog(from: Image, to: Image): Changelog {
  const baseline = { name: "v1", date: undefined, side: toSide(from) };
  return buildReleases([baseline], toSide(to), { today: "2026-11-22" })[0]!;
}

function entriesOf({ packages }: Changelog) {
  return packages.flatMap(({ elements }) => elements.flatMap(({ entries }) => entries));
}

function changesIn(of: Changelog): readonly Change[] {
  return entriesOf(of).flatMap(({ changes }) => changes);
}

function print(change: Change): string {
  const kind: ChangeKind = change.kind;
  const sides = [
    "before" in change ? change.before : undefined,
    "after" in change ? change.after : undefined,
  ];
  const names = sides.map((side) => side && `${side.fullName} ${"number" in side ? side.number : ""}`);
  return JSON.stringify([kind, names, "from" in change ? [change.from, change.to] : []]);
}

function reversed({ files }: Image): Image {
  return { files: files.toReversed() };
}
