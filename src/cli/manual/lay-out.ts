/**
 * Breaks the lines of a text that are longer than a terminal is wide. What is indented is laid out already, or a command
 * to copy.
 */
export function breakLines(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => (line.length <= width || line.startsWith(" ") ? [line] : linesOf(line, width)))
    .join("\n");
}

/**
 * A term and what it means, beside it or, where that leaves no room, below it.
 * @param termWidth of the longest term
 */
export function layOutItem(term: string, termWidth: number, meaning: string, width: number): string {
  const room = width - termWidth - 4;
  if (meaning === "") return `  ${term}`;
  if (room < LEAST_ROOM) return [`  ${term}`, ...indented(meaning, 6, width)].join("\n");
  const [first = "", ...others] = indented(meaning, termWidth + 4, width);
  return [`  ${term.padEnd(termWidth)}  ${first.trimStart()}`, ...others].join("\n");
}

/** Broken to what an indent leaves of the width. */
export function indented(text: string, indent: number, width: number): readonly string[] {
  return linesOf(text, Math.max(LEAST_ROOM, width - indent)).map((line) => " ".repeat(indent) + line);
}

/** A word that is longer than a line stays whole. */
function linesOf(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

const LEAST_ROOM = 24;
