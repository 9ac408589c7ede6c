import { endianness } from "node:os";
import { damaged } from "./damaged.js";
import { hashName } from "./symbol-hash.js";
import { type SymbolPlace, symbolKinds } from "./symbols.js";

/** The symbols of a pack as they lie in its index: a record each would take most of the time of opening. */
export interface SymbolRows {
  readonly count: number;
  /** `rowWidth` numbers of each symbol, side by side, so that finding one touches little memory. */
  readonly rows: Uint32Array;
  /** All names, in ASCII, one after the other. */
  readonly names: Uint8Array;
  readonly longestName: number;
}

/** What is where in a row. */
export const rowWidth = 6;
/** `hashName` of the whole name. */
export const hashAt = 0;
/** Where the name ends in `names`; it begins where the one before ends. */
export const nameEndAt = 1;
/** Number of the file in the pack. */
export const fileAt = 2;
/** Place in `symbolKinds`. */
export const kindAt = 3;
/** Of the descriptor, in that of its file. */
export const offsetAt = 4;
export const lengthAt = 5;

/**
 * The symbols of a pack's files as bytes: their number, then rows, all numbers of 32 bits and little-endian, then
 * the names.
 * @param files the symbols of each file, in the order of the pack
 */
export function encodeSymbols(files: readonly (readonly SymbolPlace[])[]): Buffer {
  const symbols = files.flatMap((each, file) => each.map((symbol) => ({ ...symbol, file })));
  let end = 0;
  const rows = symbols.flatMap(({ name, file, kind, offset, length }) => {
    end += name.length;
    return [hashName(name, name.length), end, file, symbolKinds.indexOf(kind), offset, length];
  });
  return Buffer.concat([
    toBytes(Uint32Array.of(symbols.length)),
    toBytes(Uint32Array.from(rows)),
    Buffer.from(symbols.map(({ name }) => name).join(""), "latin1"),
  ]);
}

/**
 * @param descriptors lengths of the descriptors of the pack's files
 * @throws Proto4Error "store-invalid" when a place lies outside of its file, or anything else is not as encoded
 */
export function decodeSymbols(index: Uint8Array, descriptors: readonly number[], digest: string): SymbolRows {
  const count = index.length < 4 ? Number.NaN : fromBytes(index, 0, 1)[0]!;
  const namesStart = 4 + 4 * rowWidth * count;
  if (!(namesStart <= index.length)) throw damaged(digest, "its symbol index is shorter than it says");
  const rows = fromBytes(index, 4, rowWidth * count);
  const names = index.subarray(namesStart);
  const longestName = measureNames(rows, names.length, descriptors);
  if (longestName === undefined) throw damaged(digest, "its symbol index leads out of its files");
  return { count, rows, names, longestName };
}

/**
 * One loop for all checks.
 * @returns the longest name's length, or `undefined` where a row leads out of a file or of the names
 */
function measureNames(
  rows: Uint32Array,
  namesLength: number,
  descriptors: readonly number[],
): number | undefined {
  let [start, longest] = [0, 0];
  for (let row = 0; row < rows.length; row += rowWidth) {
    // There is no length of a file that is not there, and nothing is less than that.
    const isPlaced = rows[row + offsetAt]! + rows[row + lengthAt]! <= descriptors[rows[row + fileAt]!]!;
    const end = rows[row + nameEndAt]!;
    if (!isPlaced || rows[row + kindAt]! >= symbolKinds.length || end < start) return undefined;
    longest = Math.max(longest, end - start);
    start = end;
  }
  return start === namesLength ? longest : undefined;
}

function toBytes(numbers: Uint32Array): Uint8Array {
  return inLittleEndian(Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength));
}

/** A copy, since numbers may lie anywhere in the bytes. */
function fromBytes(bytes: Uint8Array, start: number, count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  const copy = Buffer.from(numbers.buffer);
  copy.set(bytes.subarray(start, start + copy.length));
  inLittleEndian(copy);
  return numbers;
}

function inLittleEndian(bytes: Buffer): Buffer {
  return endianness() === "LE" ? bytes : bytes.swap32();
}
