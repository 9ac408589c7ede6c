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
  const all = packs.map(({ columns }) => columns);
  const { hashes, packOf, symbolOf, longest } = collectLive(packs);
  const { slots, crowded } = fillSlots(hashes, (entry) => nameOf(all[packOf[entry]!]!, symbolOf[entry]!));
  const mask = slots.length - 1;
  return (name, end) => {
    const entry = find(name, end);
    return entry === undefined ? undefined : { pack: packOf[entry]!, symbol: symbolOf[entry]! };
  };

  function find(name: string, end: number): number | undefined {
    // Who resolves a name asks for each part of it, and it may be of any length.
    if (end > longest) return undefined;
    const hash = hashName(name, end);
    for (let probe = 0; probe < maxProbes; probe++) {
      const entry = slots[(hash + probe) & mask]! - 1;
      if (entry < 0) return undefined;
      if (hashes[entry] === hash && isNamed(all[packOf[entry]!]!, symbolOf[entry]!, name, end)) return entry;
    }
    return crowded.get(name.slice(0, end));
  }
}

/** Symbols of files that were replaced or left are no more. */
function collectLive(packs: readonly IndexedPack[]) {
  const total = packs.reduce((sum, { columns }) => sum + columns.count, 0);
  const hashes = new Uint32Array(total);
  const packOf = new Uint16Array(total);
  const symbolOf = new Uint32Array(total);
  let [count, longest] = [0, 0];
  for (const [pack, { columns, live }] of packs.entries())
    for (let symbol = 0; symbol < columns.count; symbol++) {
      if (live[columns.files[symbol]!] === 0) continue;
      hashes[count] = columns.hashes[symbol]!;
      longest = Math.max(longest, lengthOf(columns, symbol));
      packOf[count] = pack;
      symbolOf[count++] = symbol;
    }
  return { hashes: hashes.subarray(0, count), packOf, symbolOf, longest };
}

/** Slots hold the number of an entry + 1, or 0 where they are free; at most half of them are taken. */
function fillSlots(hashes: Uint32Array, nameAt: (entry: number) => string) {
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * hashes.length + 2)));
  const crowded = new Map<string, number>();
  const mask = slots.length - 1;
  for (let entry = 0; entry < hashes.length; entry++) {
    let probe = 0;
    while (probe < maxProbes && slots[(hashes[entry]! + probe) & mask] !== 0) probe++;
    if (probe < maxProbes) slots[(hashes[entry]! + probe) & mask] = entry + 1;
    else crowded.set(nameAt(entry), entry);
  }
  return { slots, crowded };
}

function isNamed(columns: SymbolColumns, symbol: number, name: string, end: number): boolean {
  if (lengthOf(columns, symbol) !== end) return false;
  const { names } = columns;
  const start = columns.nameEnds[symbol]! - end;
  for (let i = 0; i < end; i++) if (names[start + i] !== name.charCodeAt(i)) return false;
  return true;
}

function nameOf(columns: SymbolColumns, symbol: number): string {
  const end = columns.nameEnds[symbol]!;
  return Buffer.from(columns.names.subarray(end - lengthOf(columns, symbol), end)).toString("latin1");
}

function lengthOf({ nameEnds }: SymbolColumns, symbol: number): number {
  return symbol === 0 ? nameEnds[0]! : nameEnds[symbol]! - nameEnds[symbol - 1]!;
}

/**
 * Names can be made up that all want the same slot. What finds none nearby goes to a `Map`, whose hashes nobody
 * can foresee; so they cost those who open the pack little.
 */
const maxProbes = 64;
