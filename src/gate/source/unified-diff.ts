import { type Stretch, stretchesOf } from "./stretches.js";

/**
 * What tells two texts apart, as `git apply` and `patch` take it: hunks with three lines around what differs; nothing
 * for equal texts. Carriage returns and byte order marks belong to the lines.
 * @param before `undefined` for a file that is new
 * @see https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html
 */
export function unifiedDiff(path: string, before: string | undefined, after: string): string {
  if (before === after) return "";
  const [left, right] = [linesOf(before ?? ""), linesOf(after)];
  const hunks = hunksOf(stretchesOf(left, right)).map((hunk) => printHunk(hunk, left, right));
  const [from, to] = [quoted(`a/${path}`), quoted(`b/${path}`)];
  const mode = before === undefined ? "new file mode 100644\n" : "";
  // Behind a name with a blank a tab shows where it ends.
  const tab = path.includes(" ") ? "\t" : "";
  const names =
    hunks.length === 0 ? "" : `--- ${before === undefined ? "/dev/null" : from + tab}\n+++ ${to}${tab}\n`;
  return `diff --git ${from} ${to}\n${mode}${names}${hunks.join("")}`;
}

/** With what ends them; the last may end with nothing. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Stretches that share their surroundings. */
function hunksOf(stretches: readonly Stretch[]): readonly (readonly Stretch[])[] {
  const hunks: Stretch[][] = [];
  for (const stretch of stretches) {
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && stretch.leftStart - last.leftEnd <= 2 * AROUND) hunks.at(-1)!.push(stretch);
    else hunks.push([stretch]);
  }
  return hunks;
}

const AROUND = 3;

function printHunk(hunk: readonly Stretch[], left: readonly string[], right: readonly string[]): string {
  const [first, last] = [hunk[0]!, hunk.at(-1)!];
  const lead = Math.min(AROUND, first.leftStart);
  const trail = Math.min(AROUND, left.length - last.leftEnd);
  const lines: string[] = [];
  let at = first.leftStart - lead;
  for (const { leftStart, leftEnd, rightStart, rightEnd } of hunk) {
    lines.push(...left.slice(at, leftStart).map((line) => ` ${line}`));
    lines.push(...left.slice(leftStart, leftEnd).map((line) => `-${line}`));
    lines.push(...right.slice(rightStart, rightEnd).map((line) => `+${line}`));
    at = leftEnd;
  }
  lines.push(...left.slice(at, at + trail).map((line) => ` ${line}`));
  const from = place(first.leftStart - lead, last.leftEnd + trail);
  const to = place(first.rightStart - lead, last.rightEnd + trail);
  return `@@ -${from} +${to} @@\n${lines.map(ended).join("")}`;
}

/** First line and number of lines; without any, the line before. */
function place(start: number, end: number): string {
  const count = end - start;
  const line = count === 0 ? start : start + 1;
  return count === 1 ? `${line}` : `${line},${count}`;
}

function ended(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`;
}

/** As git quotes names that could be misread. */
function quoted(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such names are what is looked for
  if (!/["\\\x00-\x1f\x7f]/.test(name)) return name;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: such names are what is looked for
  const signs = name.replace(/["\\\x00-\x1f\x7f]/g, (sign) =>
    sign === '"' || sign === "\\" ? `\\${sign}` : `\\${sign.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
  return `"${signs}"`;
}
