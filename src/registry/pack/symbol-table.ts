import { hashName } from "./symbol-hash.js";
import type { SymbolColumns } from "./symbol-index.js";

/** The symbols of one pack. */
interface IndexedPack {
  readonly columns: SymbolColumns;
  /** Of each file of the pack, 1 where the version still has it, else 0. */
  readonly live: Uint8Array;
}

/** Where a symbol was found: number of the pack, and of the symbol in it. */
interface TableEntry {
  readonly pack: number;
  readonly symbol: number;
}

/** Finds a symbol by the first `end` characters of a name. */
type SymbolTable = (name: string, end: number) => TableEntry | undefined;

/**
 * An open-addressing hash table over the names where they lie in the indexes: no string is made of any. It is
 * built when packs are opened, in a few milliseconds for 60,000 names, since a stored one would have to be checked.
 */
export function buildSymbolTable(packs: readonly IndexedPack[]): SymbolTable {
  // The symbols of all packs are numbered through.
  let total = 0;
  const ends = packs.map(({ columns }) => {
    total += columns.count;
    return total;
  });
  const longest = packs.reduce((most, { columns }) => Math.max(most, columns.longestName), 0);
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * total + 2)));
  const crowded = new Map<string, number>();
  for (const [pack, { columns }] of packs.entries())
    addPack({ slots, crowded }, packs[pack]!, ends[pack]! - columns.count);
  const mask = slots.length - 1;
  return find;

  function find(name: string, end: number): TableEntry | undefined {
    // Who resolves a name asks for each part of it, and it may be of any length.
    if (end > longest) return undefined;
    const hash = hashName(name, end);
    for (let probe = 0; probe < maxProbes; probe++) {
      const taken = slots[(hash + probe) & mask]!;
      if (taken === 0) return undefined;
      const entry = entryOf(taken - 1);
      const { columns } = packs[entry.pack]!;
      if (columns.hashes[entry.symbol] === hash && isNamed(columns, entry.symbol, name, end)) return entry;
    }
    const number = crowded.get(name.slice(0, end));
    return number === undefined ? undefined : entryOf(number);
  }

  function entryOf(number: number): TableEntry {
    let pack = 0;
    while (number >= ends[pack]!) pack++;
    return { pack, symbol: number - (ends[pack - 1] ?? 0) };
  }
}

interface Slots {
  /** Number of a symbol + 1, or 0 in those that are free; at most half of them are taken. */
  readonly slots: Uint32Array;
  /** Symbols that found no slot, by their names. */
  readonly crowded: Map<string, number>;
}

/** Symbols of files that were replaced or left are no more. @param first number of the first of the pack */
function addPack({ slots, crowded }: Slots, { columns, live }: IndexedPack, first: number): void {
  const { count, files, hashes } = columns;
  const mask = slots.length - 1;
  for (let symbol = 0; symbol < count; symbol++) {
    if (live[files[symbol]!] === 0) continue;
    const hash = hashes[symbol]!;
    let probe = 0;
    while (probe < maxProbes && slots[(hash + probe) & mask] !== 0) probe++;
    if (probe < maxProbes) slots[(hash + probe) & mask] = first + symbol + 1;
    else crowded.set(nameOf(columns, symbol), first + symbol);
  }
}

function isNamed({ nameEnds, names }: SymbolColumns, symbol: number, name: string, end: number): boolean {
  const start = nameEnds[symbol]! - end;
  if (start !== startOf(nameEnds, symbol)) return false;
  for (let i = 0; i < end; i++) if (names[start + i] !== name.charCodeAt(i)) return false;
  return true;
}

function nameOf({ nameEnds, names }: SymbolColumns, symbol: number): string {
  return Buffer.from(names.subarray(startOf(nameEnds, symbol), nameEnds[symbol])).toString("latin1");
}

function startOf(nameEnds: Uint32Array, symbol: number): number {
  return symbol === 0 ? 0 : nameEnds[symbol - 1]!;
}

/**
 * Names can be made up that all want the same slot. What finds none nearby goes to a `Map`, whose hashes nobody
 * can foresee; so they cost those who open the pack little.
 */
const maxProbes = 64;
