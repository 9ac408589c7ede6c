import { oneLine } from "../../diagnostics/index.js";
import type { Changelog, ElementChanges, Entry, PackageChanges } from "./changelog.js";
import { headline } from "./headline.js";
import { phraseText } from "./phrase-text.js";

/** A changelog for a terminal. */
export function changelogText(changelog: Changelog): string {
  const { packages, standing } = changelog;
  const remarks = standing.length === 0 ? [] : ["", `besides, ${tellStanding(standing.length)}`];
  const lines = [headline(changelog), ...packages.flatMap((each) => ["", ...packageLines(each)]), ...remarks];
  return lines.map((line) => `${line}\n`).join("");
}

/** `2 findings are about how elements stand now: proto4 check tells them` */
export function tellStanding(count: number): string {
  return `${count === 1 ? "1 finding is" : `${count} findings are`} about how elements stand now: proto4 check tells them`;
}

function packageLines({ name, step, next, elements }: PackageChanges): readonly string[] {
  const then = next === undefined ? "" : `, or a package ${next} beside it`;
  return [`${packageName(name)}: ${step}${then}`, ...elements.flatMap(elementLines)];
}

export function packageName(name: string): string {
  return name === "" ? "(no package)" : name;
}

function elementLines({ kind, name, entries }: ElementChanges): readonly string[] {
  return [`  ${kind} ${oneLine(name)}`, ...entries.flatMap(entryLines)];
}

function entryLines({ step, what, findings }: Entry): readonly string[] {
  return [
    `    ${step.padEnd(5)}  ${phraseText(what)}`,
    ...findings.map(({ severity, rule, id }) => `             ${severity} ${rule} ${id}`),
  ];
}
