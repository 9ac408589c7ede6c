import { oneLine } from "../../../diagnostics/index.js";

/**
 * A text as Markdown that shows it as it is, as a part of one line: nothing in it formats, links, calls somebody's name
 * or ends a cell of a table.
 * @see https://github.github.com/gfm/#backslash-escapes
 */
export function escapeMarkdown(text: string): string {
  return unlinked(oneLine(text).replace(/[\\`*[\]<>|~&$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\$&"));
}

/** A text in a summary, where HTML stands. */
export function escapeHtml(text: string): string {
  return unlinked(oneLine(text).replace(/[&<>"]/g, (sign) => entities[sign] ?? sign));
}

/** A part of a line in letters of one width. What is in there calls nobody. */
export function code(text: string): string {
  const shown = oneLine(text).replaceAll("|", "\\|");
  const fence = "`".repeat(longestRun(shown) + 1);
  const space = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Lines in a block of their own. */
export function codeBlock(lines: readonly string[], language = ""): string {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}${language}`, ...lines, fence].join("\n");
}

/**
 * GitHub looks for names of people and numbers of issues in what is shown, where no backslash is left: a sign without
 * width parts them from what marks them. Addresses are looked for in what is written: there, they begin with another sign.
 */
function unlinked(text: string): string {
  return text
    .replace(/@(?=[A-Za-z0-9])|#(?=\d)|\bGH-(?=\d)/gi, "$&&#8288;")
    .replace(/(https?|ftp|mailto)(?=:)|www(?=\.)/gi, (word) => `&#${word.charCodeAt(0)};${word.slice(1)}`);
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
