import { code, escapeMarkdown } from "../report/markdown/escape.js";
import type { Changelog, ElementChanges, Entry, PackageChanges } from "./changelog.js";
import { tellSteps, versionName } from "./headline.js";
import type { Part, Phrase } from "./phrase.js";
import { packageName, tellStanding } from "./text.js";

/** A changelog as a release note that somebody may paste. */
export function changelogMarkdown(changelog: Changelog): string {
  const { step, packages, standing } = changelog;
  const sum = step === "none" ? "No changes." : `Calls for a **${step}** version (${tellSteps(changelog)}).`;
  return [
    `## ${title(changelog)}`,
    "",
    sum,
    ...packages.flatMap((each) => ["", ...packageLines(each)]),
    ...(standing.length === 0 ? [] : ["", `Besides, ${tellStanding(standing.length)}.`]),
    "",
  ].join("\n");
}

function title({ before, after }: Changelog): string {
  return after === undefined
    ? `Changes since ${escapeMarkdown(versionName(before))}`
    : escapeMarkdown(versionName(after));
}

function packageLines({ name, step, next, elements }: PackageChanges): readonly string[] {
  const then = next === undefined ? [] : ["", `Or beside it, in a package ${code(next)}.`];
  const heading = `### ${name === "" ? packageName(name) : code(name)}: ${step}`;
  return [heading, ...then, ...elements.flatMap((each) => ["", ...elementLines(each)])];
}

function elementLines({ kind, name, package: scope, entries }: ElementChanges): readonly string[] {
  // The heading above says the package.
  const short = scope !== "" && name.startsWith(`${scope}.`) ? name.slice(scope.length + 1) : name;
  return [`**${kind}** ${code(short)}`, "", ...entries.map(entryLine)];
}

function entryLine({ step, what, findings }: Entry): string {
  const told = findings.map(({ rule, id }) => `${code(rule)} ${id}`).join(", ");
  const grave = step === "major" ? "**major**" : step;
  return `- ${grave}: ${phraseMarkdown(what)}${told === "" ? "" : ` (${told})`}`;
}

function phraseMarkdown(phrase: Phrase): string {
  return phrase.map(partMarkdown).join("");
}

function partMarkdown(part: Part): string {
  if (typeof part === "string") return escapeMarkdown(part);
  return part.kind === "prose" ? escapeMarkdown(part.text) : code(part.text);
}
