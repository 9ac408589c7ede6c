/** A part of a sentence: our own words, a name, other source, or what somebody has written for people. */
export type Part = string | { readonly kind: "name" | "source" | "prose"; readonly text: string };

/** A sentence, or a piece of one, that each format spells in its own way. */
export type Phrase = readonly Part[];

/** What stands in a phrase: a part, several, or a plain value that is source. */
type Slot = string | number | Part | Phrase;

/** A phrase whose literal words are ours: ``phrase`left oneof ${name("choice")}` ``. Plain values are source. */
export function phrase(words: TemplateStringsArray, ...slots: readonly Slot[]): Phrase {
  return words.flatMap((text, index): Phrase => {
    const own = text === "" ? [] : [text];
    const slot = slots[index];
    return slot === undefined ? own : [...own, ...toParts(slot)];
  });
}

export function name(text: string): Part {
  return { kind: "name", text };
}

export function prose(text: string): Part {
  return { kind: "prose", text };
}

/** `a, b and 3 more` */
export function listed(texts: readonly string[], most: number): Phrase {
  const shown = texts.length > most + 1 ? texts.slice(0, most) : texts;
  const left = texts.length - shown.length;
  const told = shown.flatMap((text, index): Phrase => (index === 0 ? [name(text)] : [", ", name(text)]));
  return left === 0 ? told : [...told, ` and ${left} more`];
}

function toParts(slot: Slot): Phrase {
  if (typeof slot === "object") return Array.isArray(slot) ? (slot as Phrase) : [slot as Part];
  return [{ kind: "source", text: String(slot) }];
}
