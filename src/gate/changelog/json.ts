import type { ErrorLocation } from "../../diagnostics/index.js";
import type { Change } from "../../diff/index.js";
import { elementOf } from "./bearer.js";
import type { Changelog, ElementChanges, Entry, PackageChanges } from "./changelog.js";
import { phraseText } from "./phrase-text.js";

/** Changelogs for programs, in one document. @see ../../../docs/changelog.md */
export function changelogJson(releases: readonly Changelog[]): string {
  return `${JSON.stringify({ version: 1, releases: releases.map(toRelease) }, null, 2)}\n`;
}

function toRelease({ before, after, step, packages, standing }: Changelog) {
  return {
    before,
    after: after ?? null,
    step,
    packages: packages.map(toPackage),
    standing: standing.map(toFinding),
  };
}

function toPackage({ name, step, next, elements }: PackageChanges) {
  return { name, step, next, elements: elements.map(toElement) };
}

function toElement({ kind, name, step, entries }: ElementChanges) {
  return { kind, name, step, entries: entries.map(toEntry) };
}

function toEntry({ step, what, symbol, before, after, changes, findings }: Entry) {
  return {
    step,
    what: phraseText(what),
    symbol,
    before: toPlace(before),
    after: toPlace(after),
    changes: changes.map(toChange),
    findings: findings.map(toFinding),
  };
}

function toPlace(place: ErrorLocation | undefined) {
  return place && { path: place.path, line: place.startLine, column: place.startColumn };
}

function toChange(change: Change) {
  const symbol = change.kind === "package-removed" ? change.before.package : elementOf(change).fullName;
  return { kind: change.kind, symbol, ...("from" in change ? { from: change.from, to: change.to } : {}) };
}

function toFinding({ id, rule, severity, symbol, message }: Changelog["standing"][number]) {
  return { id, rule, severity, symbol, message };
}
