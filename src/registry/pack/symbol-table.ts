import type { SymbolColumns } from "./symbol-index.js";

/** The symbols of one pack. */
export interface IndexedPack {
  readonly index: Uint8Array;
  readonly columns: SymbolColumns;
  /** Where each file of the pack stands in the list of the version; -1 for one that was replaced or left. */
  readonly places: Int32Array;
}

/** Where a symbol was found. */
export interface TableEntry {
  /** Number of the pack, and of the symbol in it. */
  readonly pack: number;
  readonly symbol: number;
}

/**
 * @returns a function that finds a symbol by the first `end` characters of a name
 */
export type SymbolTable = (name: string, end: number) => TableEntry | undefined;

/**
 * An open-addressing hash table over the names where they lie in the indexes: no string is made of any. It is
 * built when packs are opened and not stored, which takes a few milliseconds for 60,000 names, and leaves
 * nothing in it to be believed.
 */
export function buildSymbolTable(packs: readonly IndexedPack[]): SymbolTable {
  const total = packs.reduce((sum, { columns }) => sum + columns.count, 0);
  const mask = 2 ** Math.ceil(Math.log2(2 * total + 2)) - 1;
  // Of each slot: number of the entry + 1, or 0 where it is free.
  const slots = new Uint32Array(mask + 1);
  const [hashes, packOf, symbolOf] = [new Uint32Array(total), new Uint16Array(total), new Uint32Array(total)];
  const crowded = new Map<string, number>();
  let count = 0;
  let longest = 0;
  for (const [pack, indexed] of packs.entries()) addPack(pack, indexed);
  return find;

  function addPack(pack: number, { index, columns, places }: IndexedPack): void {
    for (let symbol = 0; symbol < columns.count; symbol++) {
      if (places[columns.files[symbol]!]! < 0) continue;
      const [start, end] = [columns.nameStarts[symbol]!, columns.nameEnds[symbol]!];
      longest = Math.max(longest, end - start);
      hashes[count] = hashBytes(index, start, end);
      packOf[count] = pack;
      symbolOf[count] = symbol;
      place(count++);
    }
  }

  function place(entry: number): void {
    const hash = hashes[entry]!;
    for (let probe = 0; probe < maxProbes; probe++) {
      const slot = (hash + probe) & mask;
      if (slots[slot] === 0) {
        slots[slot] = entry + 1;
        return;
      }
    }
    const { index, columns } = packs[packOf[entry]!]!;
    const symbol = symbolOf[entry]!;
    const name = Buffer.from(index.subarray(columns.nameStarts[symbol], columns.nameEnds[symbol]));
    crowded.set(name.toString("latin1"), entry);
  }

  function find(name: string, end: number): TableEntry | undefined {
    if (end > longest) return undefined;
    const hash = hashText(name, end);
    for (let probe = 0; probe < maxProbes; probe++) {
      const entry = slots[(hash + probe) & mask]! - 1;
      if (entry < 0) return undefined;
      if (hashes[entry] === hash && isNamed(entry, name, end)) return entryAt(entry);
    }
    const entry = crowded.get(name.slice(0, end));
    return entry === undefined ? undefined : entryAt(entry);
  }

  function isNamed(entry: number, name: string, end: number): boolean {
    const { index, columns } = packs[packOf[entry]!]!;
    const start = columns.nameStarts[symbolOf[entry]!]!;
    if (columns.nameEnds[symbolOf[entry]!]! - start !== end) return false;
    for (let i = 0; i < end; i++) if (index[start + i] !== name.charCodeAt(i)) return false;
    return true;
  }

  function entryAt(entry: number): TableEntry {
    return { pack: packOf[entry]!, symbol: symbolOf[entry]! };
  }
}

function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = basis;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, prime);
  return mix(hash);
}

function hashText(text: string, end: number): number {
  let hash = basis;
  for (let i = 0; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), prime);
  return mix(hash);
}

/** FNV-1a leaves its low bits alike where names end alike. */
function mix(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (once ^ (once >>> 15)) >>> 0;
}

/** @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv */
const basis = 0x811c9dc5 | 0;
const prime = 0x01000193;

/**
 * Names can be made up that all want the same slot. What finds none nearby goes to a `Map`, whose hashes nobody
 * can foresee; so such names cost their makers more than those who open the pack.
 */
const maxProbes = 64;
