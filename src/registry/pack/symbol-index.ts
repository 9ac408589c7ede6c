import { WireError, WireReader, WireWriter } from "../../wire/index.js";
import { damaged } from "./damaged.js";
import { type SymbolPlace, symbolKinds } from "./symbols.js";

/**
 * The symbols of a pack's files as bytes: how many there are, then of each file how many, and of each of them
 * kind, offset, length, length of the name (varints), and the name.
 * @param files the symbols of each file, in the order of the pack
 */
export function encodeSymbols(files: readonly (readonly SymbolPlace[])[]): Uint8Array {
  const writer = new WireWriter(1 << 12);
  writer.varint(files.reduce((sum, symbols) => sum + symbols.length, 0));
  for (const symbols of files) {
    writer.varint(symbols.length);
    for (const { kind, offset, length, name } of symbols) {
      for (const value of [symbolKinds.indexOf(kind), offset, length]) writer.varint(value);
      writer.lengthDelimited(Buffer.from(name, "latin1"));
    }
  }
  return writer.finish();
}

/** Symbols in columns: of each where its name lies in the index, and what `encodeSymbols` tells of it. */
export interface SymbolColumns {
  readonly count: number;
  readonly nameStarts: Uint32Array;
  readonly nameEnds: Uint32Array;
  readonly kinds: Uint8Array;
  /** Number of the file in the pack. */
  readonly files: Uint32Array;
  readonly offsets: Uint32Array;
  readonly lengths: Uint32Array;
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
  try {
    return decode(index, descriptors, digest);
  } catch (cause) {
    if (cause instanceof WireError) throw damaged(digest, `its symbol index: ${cause.message}`, cause);
    throw cause;
  }
}

function decode(index: Uint8Array, descriptors: readonly number[], digest: string): SymbolColumns {
  const reader = new WireReader(index);
  const count = reader.varint();
  // Each takes 4 bytes at least: a number that is too high reserves no memory.
  if (count * 4 > index.length) throw damaged(digest, "its symbol index is shorter than it says");
  const columns = makeColumns(count);
  let at = 0;
  for (const [file, size] of descriptors.entries()) {
    const last = at + reader.varint();
    if (last > count) throw damaged(digest, "its symbol index has more symbols than it says");
    for (; at < last; at++)
      if (!readSymbol(reader, columns, at, file, size))
        throw damaged(digest, "a symbol lies outside of its file");
  }
  if (at !== count || !reader.done) throw damaged(digest, "its symbol index does not end where it should");
  return columns;
}

function makeColumns(count: number): SymbolColumns {
  return {
    count,
    nameStarts: new Uint32Array(count),
    nameEnds: new Uint32Array(count),
    kinds: new Uint8Array(count),
    files: new Uint32Array(count),
    offsets: new Uint32Array(count),
    lengths: new Uint32Array(count),
  };
}

/** @returns whether it lies in its file and is of a known kind */
function readSymbol(
  reader: WireReader,
  columns: SymbolColumns,
  at: number,
  file: number,
  size: number,
): boolean {
  const kind = reader.varint();
  const offset = reader.varint();
  const length = reader.varint();
  const nameEnd = reader.lengthDelimited();
  columns.kinds[at] = kind;
  columns.files[at] = file;
  columns.offsets[at] = offset;
  columns.lengths[at] = length;
  columns.nameStarts[at] = reader.pos;
  columns.nameEnds[at] = nameEnd;
  reader.pos = nameEnd;
  return kind < symbolKinds.length && offset + length <= size;
}
