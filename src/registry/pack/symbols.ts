import type { FileSlice } from "../../image/index.js";
import { defaultDepthLimit, WireError, WireReader } from "../../wire/index.js";
import { readingOf } from "./shape.js";

/** What a name can stand for by itself; a number of the format is its place here. */
export const symbolKinds = ["message", "enum", "service", "extension"] as const;

type SymbolKind = (typeof symbolKinds)[number];

/** An element and where its descriptor lies in that of its file. */
export interface SymbolPlace {
  /** Full name, without a dot in front. */
  readonly name: string;
  readonly kind: SymbolKind;
  readonly offset: number;
  readonly length: number;
}

/**
 * The elements of a file that have a descriptor of their own, nested ones included, each after what it is in.
 * Those whose names are none that a compiler lets pass are left out: nothing can refer to them.
 * @throws Proto4Error "image-corrupt" when the descriptor is malformed or nested too deeply
 */
export function symbolsOf({ path, package: packageName, bytes }: FileSlice): readonly SymbolPlace[] {
  const found: SymbolPlace[] = [];
  const scope = packageName === "" ? "" : `${packageName}.`;
  readingOf(path, () => visit(new WireReader(bytes), inFile, scope, 0));
  return found.filter(({ name }) => isName.test(name));

  function visit(reader: WireReader, inside: Inside, scope: string, depth: number): void {
    if (depth > defaultDepthLimit) throw new WireError("too-deep", reader.pos);
    while (!reader.done) {
      const tag = reader.tag();
      const kind = (tag & 7) === 2 ? inside[tag >>> 3] : undefined;
      if (kind === undefined) reader.skip(tag);
      else take(kind, reader, scope, depth);
    }
  }

  function take(kind: SymbolKind, reader: WireReader, scope: string, depth: number): void {
    const end = reader.lengthDelimited();
    const name = `${scope}${nameIn(bytes, reader.pos, end)}`;
    found.push({ name, kind, offset: reader.pos, length: end - reader.pos });
    if (kind === "message") visit(new WireReader(bytes, reader.pos, end), inMessage, `${name}.`, depth + 1);
    reader.pos = end;
  }
}

/** Field 1 of every descriptor; of several, the last one counts. */
function nameIn(bytes: Uint8Array, start: number, end: number): string {
  const reader = new WireReader(bytes, start, end);
  let name = "";
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === NAME) name = reader.string();
    else reader.skip(tag);
  }
  return name;
}

/** Which fields of a descriptor hold elements, by number. */
type Inside = Readonly<Record<number, SymbolKind>>;

const inFile: Inside = { 4: "message", 5: "enum", 6: "service", 7: "extension" };
const inMessage: Inside = { 3: "message", 4: "enum", 6: "extension" };
const isName = /^[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*$/;
const NAME = (1 << 3) | 2;
