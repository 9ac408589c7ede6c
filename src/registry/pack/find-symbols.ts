import type { OpenPack, PlacedFile } from "./open-pack.js";
import type { ReadPart } from "./read-files.js";
import { fileAt, kindAt, lengthAt, offsetAt, rowWidth } from "./symbol-index.js";
import { buildSymbolTable, packOf } from "./symbol-table.js";
import { type SymbolPlace, symbolKinds } from "./symbols.js";

/** A symbol of a version; offset and length are in the descriptor of its file. */
export interface FoundSymbol extends SymbolPlace {
  /** The file that declares it. */
  readonly path: string;
}

/** What a full name leads to. */
export interface ResolvedName {
  readonly symbol: FoundSymbol;
  /**
   * What the name says after the symbol's: of a field, value or method presumably, which is not looked for;
   * `undefined` where the name is the symbol's own.
   */
  readonly member: string | undefined;
}

/** Finds symbols by full names without a dot in front. */
export interface SymbolFinder {
  find(name: string): FoundSymbol | undefined;
  /** Finds also what is in a symbol: the longest part of the name that is one's counts. */
  resolve(name: string): ResolvedName | undefined;
  /**
   * The descriptor of a symbol that was found here: a message of the kind that the symbol's tells.
   * @throws Proto4Error "store-invalid" when it is damaged
   */
  bytesOf(symbol: FoundSymbol): Promise<Uint8Array>;
}

export function makeSymbolFinder(
  packs: readonly OpenPack[],
  files: readonly PlacedFile[],
  readPart: ReadPart,
): SymbolFinder {
  const live = liveIn(packs, files);
  let next = 0;
  const firsts = packs.map(({ symbols }) => {
    next += symbols.count;
    return next - symbols.count;
  });
  const find = buildSymbolTable(
    packs.map(({ symbols }, pack) => ({ symbols, live: live[pack]! })),
    firsts,
  );
  return {
    find: (name) => findPart(name, name.length),
    resolve,
    bytesOf: ({ path, offset, length }) => readPart(path, { start: offset, length }),
  };

  function findPart(name: string, end: number): FoundSymbol | undefined {
    const number = find(name, end);
    if (number < 0) return undefined;
    const pack = packOf(number, firsts);
    const { symbols, files: own } = packs[pack]!;
    const row = (number - firsts[pack]!) * rowWidth;
    return {
      name: end === name.length ? name : name.slice(0, end),
      kind: symbolKinds[symbols.rows[row + kindAt]!]!,
      path: own[symbols.rows[row + fileAt]!]!.path,
      offset: symbols.rows[row + offsetAt]!,
      length: symbols.rows[row + lengthAt]!,
    };
  }

  function resolve(name: string): ResolvedName | undefined {
    for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
      const symbol = findPart(name, end);
      if (symbol !== undefined)
        return { symbol, member: end === name.length ? undefined : name.slice(end + 1) };
    }
    return undefined;
  }
}

/** Of each pack, which of its files were not replaced and did not leave. */
function liveIn(packs: readonly OpenPack[], files: readonly PlacedFile[]): readonly Uint8Array[] {
  const live = packs.map((pack) => new Uint8Array(pack.files.length));
  for (const file of files) live[file.pack]![file.number] = 1;
  return live;
}
