/** Markdown as a terminal shows it: links with their addresses, nothing bold or slanted. Names keep their backticks. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\((https?:[^)]*)\)/g, "$1 ($2)")
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .replace(/(?<=^|\s)\*(\w[^*]*)\*(?=\W|$)/g, "$1");
}

/** Paragraphs and lists in lines of a width; what has no room by itself is longer. */
export function wrapText(text: string, indent: string, width: number): readonly string[] {
  return text.split("\n\n").flatMap((block, index) => {
    const items = block.split(/\n(?=- |\d+\. )/).flatMap((item) => wrapItem(item, indent, width));
    return index === 0 ? items : ["", ...items];
  });
}

function wrapItem(item: string, indent: string, width: number): readonly string[] {
  const [mark = ""] = /^(- |\d+\. )/.exec(item) ?? [];
  const hanging = indent + " ".repeat(mark.length);
  const lines: string[] = [];
  let line = indent + mark;
  let isEmpty = true;
  for (const word of item.slice(mark.length).split(/\s+/)) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      [line, isEmpty] = [hanging, true];
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
