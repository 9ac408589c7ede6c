import { oneLine } from "../diagnostics/index.js";

/**
 * What names and people have written is text in one line, whatever it looks like. Pages look for people, issues and
 * addresses in what is shown, where no backslash is left: these are parted, or spelled, so that none is found.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text.replace(/\s+/g, " "))
    .replace(/[\\`*_[\]<>|~&!]/g, "\\$&")
    .replace(/@(?=[A-Za-z0-9])|#(?=\d)/g, "$&&#8203;")
    .replace(/(https?|www)(?=[:.])/gi, (word) => `&#${word.charCodeAt(0)};${word.slice(1)}`);
}

/** Text in a code span, which ends at no backtick of its own. In cells of tables, too, a bar is to be seen as one. */
export function markdownCode(text: string): string {
  const line = oneLine(text.replace(/\s+/g, " ")).replaceAll("|", "\\|");
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = line === "" || /^[` ]|[` ]$/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}
