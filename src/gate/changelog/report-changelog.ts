import type { Changelog } from "./changelog.js";
import { changelogJson } from "./json.js";
import { changelogMarkdown } from "./markdown.js";
import { changelogText } from "./text.js";

export const changelogFormats = ["text", "markdown", "json"] as const;
export type ChangelogFormat = (typeof changelogFormats)[number];

/** Changelogs, newest first. */
export function reportChangelog(releases: readonly Changelog[], format: ChangelogFormat): string {
  if (format === "json") return changelogJson(releases);
  return releases.map(format === "markdown" ? changelogMarkdown : changelogText).join("\n");
}
