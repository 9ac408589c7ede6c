import { isPlain, toCells } from "./cells.js";

/** A column in UTF-16 code units, counted from 1, for one that counts as a terminal shows it. */
export function utf16Column(line: string, column: number): number {
  if (isPlain(line)) return column;
  const { columns, units } = startsOf(line);
  const last = columns.length - 1;
  const index = firstFrom(columns, column);
  // What a compiler points at may lie behind the last sign.
  return index > last ? units[last]! + column - columns[last]! : units[index]!;
}

/** Where the signs of a line begin, counted from 1, and where their end is. */
interface Starts {
  readonly columns: readonly number[];
  readonly units: readonly number[];
}

// A generated source may be one line, with thousands of findings before and after that follow each other.
const recent = new Map<string, Starts>();
const RECENT = 4;

function startsOf(line: string): Starts {
  const known = recent.get(line);
  if (known !== undefined) return known;
  const starts = { columns: [1], units: [1] };
  for (const { text, width } of toCells(line)) {
    starts.columns.push(starts.columns.at(-1)! + width);
    starts.units.push(starts.units.at(-1)! + text.length);
  }
  if (recent.size === RECENT) recent.clear();
  recent.set(line, starts);
  return starts;
}

/** The index of the first that is `column` or behind it. */
function firstFrom(columns: readonly number[], column: number): number {
  let [low, high] = [0, columns.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (columns[middle]! < column) low = middle + 1;
    else high = middle;
  }
  return low;
}
