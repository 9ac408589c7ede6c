import { endianness } from "node:os";
import { damaged } from "./damaged.js";
import { hashName } from "./symbol-hash.js";
import { type SymbolPlace, symbolKinds } from "./symbols.js";

/** Symbols in columns, as they lie in the index: a record each would take most of the time of opening. */
export interface SymbolColumns {
  readonly count: number;
  /** `hashName` of the whole name. */
  readonly hashes: Uint32Array;
  /** Where names end in `names`; each begins where the one before ends. */
  readonly nameEnds: Uint32Array;
  /** Number of the file in the pack. */
  readonly files: Uint32Array;
  /** Of the descriptor, in that of its file. */
  readonly offsets: Uint32Array;
  readonly lengths: Uint32Array;
  /** Places in `symbolKinds`. */
  readonly kinds: Uint8Array;
  /** All names, in ASCII. */
  readonly names: Uint8Array;
  readonly longestName: number;
}

/**
 * The symbols of a pack's files as bytes: their number, then the columns in the order of `SymbolColumns`, all
 * numbers little-endian.
 * @param files the symbols of each file, in the order of the pack
 */
export function encodeSymbols(files: readonly (readonly SymbolPlace[])[]): Buffer {
  const symbols = files.flatMap((each, file) => each.map((symbol) => ({ ...symbol, file })));
  let end = 0;
  const wide = [
    symbols.map(({ name }) => hashName(name, name.length)),
    symbols.map(({ name }) => {
      end += name.length;
      return end;
    }),
    symbols.map(({ file }) => file),
    symbols.map(({ offset }) => offset),
    symbols.map(({ length }) => length),
  ];
  return Buffer.concat([
    ...[[symbols.length], ...wide].map((column) => toBytes(Uint32Array.from(column))),
    Uint8Array.from(symbols, ({ kind }) => symbolKinds.indexOf(kind)),
    Buffer.from(symbols.map(({ name }) => name).join(""), "latin1"),
  ]);
}

/**
 * @param descriptors lengths of the descriptors of the pack's files
 * @throws Proto4Error "store-invalid" when a place lies outside of its file, or anything else is not as encoded
 */
export function decodeSymbols(
  index: Uint8Array,
  descriptors: readonly number[],
  digest: string,
): SymbolColumns {
  const count = index.length < 4 ? Number.NaN : fromBytes(index, 0, 1)[0]!;
  const namesStart = 4 + count * (4 * wideColumns + 1);
  if (!(namesStart <= index.length)) throw damaged(digest, "its symbol index is shorter than it says");
  const [hashes, nameEnds, files, offsets, lengths] = Array.from({ length: wideColumns }, (_, column) =>
    fromBytes(index, 4 + 4 * count * column, count),
  ) as [Uint32Array, Uint32Array, Uint32Array, Uint32Array, Uint32Array];
  const kinds = index.subarray(4 + 4 * count * wideColumns, namesStart);
  const names = index.subarray(namesStart);
  const columns = { count, hashes, nameEnds, files, offsets, lengths, kinds, names };
  const longestName = measureNames(columns, descriptors);
  if (longestName === undefined) throw damaged(digest, "its symbol index leads out of its files");
  return { ...columns, longestName };
}

/** One loop for all checks. @returns the longest name's length, or `undefined` where anything leads out of a file */
function measureNames(
  columns: Omit<SymbolColumns, "longestName">,
  descriptors: readonly number[],
): number | undefined {
  const { count, nameEnds, files, offsets, lengths, kinds, names } = columns;
  let [end, longest] = [0, 0];
  for (let i = 0; i < count; i++) {
    // There is no length of a file that is not there, and nothing is less than that.
    const isPlaced = offsets[i]! + lengths[i]! <= descriptors[files[i]!]!;
    if (!isPlaced || kinds[i]! >= symbolKinds.length || nameEnds[i]! < end) return undefined;
    longest = Math.max(longest, nameEnds[i]! - end);
    end = nameEnds[i]!;
  }
  return end === names.length ? longest : undefined;
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

const wideColumns = 5;
