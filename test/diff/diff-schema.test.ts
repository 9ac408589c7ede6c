import { expect, test } from "vitest";
import { type Change, diffSchema } from "../../src/diff/index.js";
import type { Image } from "../../src/image/index.js";
import { buildSchema } from "../../src/schema/index.js";
import { randomImages } from "../differential/random-images.js";

/** Many packages with random edits, so that every kind of change is among them. */
const [before, after] = await randomImages();
const changes = diff(before, after);

test("a schema does not differ from itself", () => {
  expect(diff(before, before)).toEqual([]);
  expect(diff(after, after)).toEqual([]);
});

test("most kinds of change came about", () => {
  expect(new Set(changes.map(({ kind }) => kind)).size).toBeGreaterThan(22);
});

test("the way back removes what the way there added, and the other way round", () => {
  const back = diff(after, before);
  expect(subjects(back, /-removed$/)).toEqual(subjects(changes, /-added$/));
  expect(subjects(back, /-added$/)).toEqual(subjects(changes, /-removed$/));
  expect(aspects(back, ({ to, from }) => `${to} → ${from}`)).toEqual(
    aspects(changes, ({ from, to }) => `${from} → ${to}`),
  );
});

test("the order of files makes no difference", () => {
  const turned = diff(reversed(before), reversed(after));
  expect(turned.map(print).sort()).toEqual(changes.map(print).sort());
});

function diff(from: Image, to: Image): readonly Change[] {
  return diffSchema(buildSchema(from.files), buildSchema(to.files));
}

function reversed({ files }: Image): Image {
  return { files: files.toReversed() };
}

/** What was added or removed. Numbers that lose a name, and what a new thing holds, are told on one side only. */
function subjects(list: readonly Change[], kinds: RegExp): readonly string[] {
  return list
    .filter(
      ({ kind }) =>
        kinds.test(kind) && !/^(file|package|reserved|enum-value|enum-reserved|oneof|extension)-/.test(kind),
    )
    .filter((change) => !/^(field|method)-added/.test(change.kind) || ("parent" in change && change.parent))
    .filter((change) => !isExtension(change))
    .map(
      (change) =>
        `${change.kind.replace(kinds, "")} ${"before" in change ? change.before.fullName : change.after.fullName}`,
    )
    .sort();
}

function isExtension(change: Change): boolean {
  const subject = "after" in change ? change.after : change.before;
  return subject.kind === "field" && subject.extendee !== undefined;
}

type Aspect = Extract<Change, { readonly from: string; readonly to: string }>;

function aspects(list: readonly Change[], printOne: (change: Aspect) => string): readonly string[] {
  return list
    .filter((change): change is Aspect => "from" in change && change.kind.endsWith("-changed"))
    .map((change) => `${change.kind} ${printOne(change)}`)
    .sort();
}

function print(change: Change): string {
  const names = [
    "before" in change ? change.before.fullName : "",
    "after" in change ? change.after.fullName : "",
  ];
  return [change.kind, ...names, ...("from" in change ? [change.from, change.to] : [])].join(" ");
}
