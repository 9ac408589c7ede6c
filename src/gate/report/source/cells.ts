/** A sign as people see one, which may be several code points, and the columns it takes on a terminal. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

/** What a line of text shows, sign by sign. A tab is one too, as wide as it is to the next stop. */
export function toCells(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  for (const text of toSigns(line)) {
    const width = text === "\t" ? tabStop - (column % tabStop) : signWidth(text);
    cells.push({ text, width });
    column += width;
  }
  return cells;
}

// The segmenter takes a time that grows with the square of what it is given, so it is given no more than it must see:
// of two printable ASCII signs, the first is always one by itself.
function* toSigns(line: string): Generator<string> {
  for (const [part] of line.matchAll(stretches)) {
    if (isPlain(part)) yield part;
    else for (const { segment } of graphemes.segment(part)) yield segment;
  }
}

const stretches = /[ -~](?![^ -~])|[ -~]?[^ -~]{1,500}/gu;

/** The columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return isPlain(text) ? text.length : sum(toCells(text));
}

/** Whether each sign of a text is one code unit, and takes one column. */
export function isPlain(text: string): boolean {
  return printable.test(text);
}

export function sum(cells: readonly Cell[]): number {
  return cells.reduce((total, { width }) => total + width, 0);
}

/** buf counts columns as a terminal with tab stops of four shows them; so the caret stands where buf's column says. */
const tabStop = 4;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

const printable = /^[ -~]*$/;

/**
 * Emoji take two columns, marks that combine with a letter none, and letters what the East Asian Width says of the
 * first.
 * @see https://www.unicode.org/reports/tr11/
 */
function signWidth(sign: string): number {
  if (printable.test(sign)) return sign.length;
  if (emoji.test(sign) || wide.test(sign)) return 2;
  return unseen.test(sign) ? 0 : 1;
}

const emoji =
  /^(\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f|\p{Regional_Indicator}{2}|[#*0-9]\ufe0f)/u;
const unseen = /^[\p{Mn}\p{Me}\p{Cc}\p{Cf}\u1160-\u11ff]/u;

/** Letters of East Asian Width W and F, by blocks. JavaScript's regular expressions know scripts, but not this property. */
const wide =
  /^[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u3247\u3250-\u4dbf\u4e00-\ua4c6\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2fb}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]/u;
