import type { Owner } from "./bearer.js";
import type { ElementChanges, PackageChanges } from "./changelog.js";
import type { BorneEntry } from "./entries.js";
import { grouped } from "./grouped.js";
import { greatestStep, type SemverStep } from "./semver-step.js";
import { kindOrder } from "./tell-change.js";

/** Entries by package and element, in an order that depends on nothing but names, numbers and kinds. */
export function groupEntries(entries: readonly BorneEntry[], isMapped: boolean): readonly PackageChanges[] {
  const packages = grouped(entries, ({ bearer }) => bearer.owner.package);
  return [...packages]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([name, inside]) => {
      const elements = groupElements(inside);
      const step = greatestStep(elements.map((each) => each.step));
      return { name, step, next: isMapped ? undefined : nextPackage(name, step), elements };
    });
}

function groupElements(entries: readonly BorneEntry[]): readonly ElementChanges[] {
  const owners = grouped(entries, ({ bearer: { owner } }) => `${rankOf(owner)} ${owner.name} ${owner.kind}`);
  return [...owners]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([, own]) => {
      const sorted = own.toSorted(byMember).map(({ entry }) => entry);
      return { ...own[0].bearer.owner, step: greatestStep(sorted.map(({ step }) => step)), entries: sorted };
    });
}

/** The package, then its files, then what they declare. */
function rankOf({ kind }: Owner): number {
  return kind === "package" ? 0 : kind === "file" ? 1 : 2;
}

function byMember(a: BorneEntry, b: BorneEntry): number {
  const [[kindA, numberA, nameA], [kindB, numberB, nameB]] = [a.bearer.order, b.bearer.order];
  const [first, second] = [a.entry.changes[0]!, b.entry.changes[0]!];
  return (
    kindA - kindB ||
    numberA - numberB ||
    compare(nameA, nameB) ||
    kindOrder(first) - kindOrder(second) ||
    compare(JSON.stringify(a.entry.what), JSON.stringify(b.entry.what))
  );
}

/** `shop.v2` after `shop.v1`: there both can be served at once. A package without a stable version has no such place. */
function nextPackage(name: string, step: SemverStep): string | undefined {
  const [, stem, version] = /^(.*\.v|v)([1-9]\d{0,8})$/.exec(name) ?? [];
  return step !== "major" || version === undefined ? undefined : `${stem}${Number(version) + 1}`;
}

/** By code unit: a locale would make the order another one on another machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
