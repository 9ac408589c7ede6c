import type { FixEntry } from "../../src/rules/index.js";

/** What a rule's page says of `--fix`, as its last paragraph. */
export function fixParagraph({ fix, unfixable }: FixEntry): string {
  const does = fix === undefined ? `None: ${unfixable}.` : `\`--fix\` ${fix}.`;
  const left = fix === undefined || unfixable === undefined ? "" : ` Left to people: ${unfixable}.`;
  return `${wrapped(`**Fix.** ${does}${left}`)}\n`;
}

function wrapped(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line !== "" && line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}

const WIDTH = 125;
