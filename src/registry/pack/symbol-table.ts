import { hashName } from "./symbol-hash.js";
import { fileAt, hashAt, nameEndAt, rowWidth, type SymbolRows } from "./symbol-index.js";

/** The symbols of one pack. */
interface IndexedPack {
  readonly symbols: SymbolRows;
  /** Of each file of the pack, 1 where the version still has it, else 0. */
  readonly live: Uint8Array;
}

/**
 * Finds a symbol by the first `end` characters of a name.
 * @returns its number, which goes on from pack to pack; -1 where there is none
 */
type SymbolTable = (name: string, end: number) => number;

/**
 * An open-addressing hash table over the names where they lie in the indexes: no string is made of any. It is
 * built when packs are opened, in a few milliseconds for 60,000 names, since a stored one would have to be checked.
 * @param firsts number of the first symbol of each pack
 */
export function buildSymbolTable(packs: readonly IndexedPack[], firsts: readonly number[]): SymbolTable {
  const total = packs.reduce((sum, { symbols }) => sum + symbols.count, 0);
  const longest = packs.reduce((most, { symbols }) => Math.max(most, symbols.longestName), 0);
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * total + 2)));
  const crowded = new Map<string, number>();
  for (const [i, pack] of packs.entries()) addPack({ slots, crowded }, pack, firsts[i]!);
  const mask = slots.length - 1;

  return (name, end) => {
    // Who resolves a name asks for each part of it, and it may be of any length.
    if (end > longest) return -1;
    const hash = hashName(name, end);
    for (let probe = 0; probe < maxProbes; probe++) {
      const number = slots[(hash + probe) & mask]! - 1;
      if (number < 0) return -1;
      const pack = packOf(number, firsts);
      const row = (number - firsts[pack]!) * rowWidth;
      const { symbols } = packs[pack]!;
      if (symbols.rows[row + hashAt] === hash && isNamed(symbols, row, name, end)) return number;
    }
    return crowded.get(name.slice(0, end)) ?? -1;
  };
}

/** Chains are short, and most have one pack with almost all. @returns number of the pack that has a symbol */
export function packOf(number: number, firsts: readonly number[]): number {
  let pack = 0;
  while (number >= (firsts[pack + 1] ?? Number.POSITIVE_INFINITY)) pack++;
  return pack;
}

interface Slots {
  /** Number of a symbol + 1, or 0 in those that are free; at most half of them are taken. */
  readonly slots: Uint32Array;
  /** Symbols that found no slot, by their names. */
  readonly crowded: Map<string, number>;
}

/** Symbols of files that were replaced or left are no more. @param first number of the first of the pack */
function addPack({ slots, crowded }: Slots, { symbols, live }: IndexedPack, first: number): void {
  const { count, rows } = symbols;
  const mask = slots.length - 1;
  for (let symbol = 0; symbol < count; symbol++) {
    const row = symbol * rowWidth;
    if (live[rows[row + fileAt]!] === 0) continue;
    const hash = rows[row + hashAt]!;
    let probe = 0;
    while (probe < maxProbes && slots[(hash + probe) & mask] !== 0) probe++;
    if (probe < maxProbes) slots[(hash + probe) & mask] = first + symbol + 1;
    else crowded.set(nameOf(symbols, row), first + symbol);
  }
}

function isNamed({ rows, names }: SymbolRows, row: number, name: string, end: number): boolean {
  const start = startOf(rows, row);
  if (rows[row + nameEndAt]! - start !== end) return false;
  for (let i = 0; i < end; i++) if (names[start + i] !== name.charCodeAt(i)) return false;
  return true;
}

function nameOf({ rows, names }: SymbolRows, row: number): string {
  return Buffer.from(names.subarray(startOf(rows, row), rows[row + nameEndAt])).toString("latin1");
}

function startOf(rows: Uint32Array, row: number): number {
  return row === 0 ? 0 : rows[row - rowWidth + nameEndAt]!;
}

/**
 * Names can be made up that all want the same slot. What finds none nearby goes to a `Map`, whose hashes nobody
 * can foresee; so they cost those who open the pack little.
 */
const maxProbes = 64;
