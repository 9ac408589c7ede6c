import { makeTag, WireError, WireReader, WireType, WireWriter } from "../wire/index.js";

/** The field that carries stashes: no user can declare a number from 19000 to 19999. */
export const stashNumber = 19404;

/** The tag of the field that carries stashes, where it has the number given. */
export function stashTagOf(number: number): number {
  return makeTag(number, WireType.Bytes);
}

/** A `proto4.Envelope.Item`: the original of what was carried over with loss. */
export interface Item {
  /** 16 hex digits. */
  readonly entry: string;
  /** Hash of the value as the other side reads it, 16 hex digits; `undefined` where it reads none. */
  readonly projection?: string | undefined;
  /** Wire fragments, tags included. */
  readonly fragment: Uint8Array;
  /** To which part of the entry it belongs, such as the key of a map; absent for all of it. */
  readonly path?: readonly string[];
}

/** Whether an item is for this hop. */
export type IsKnown = (item: Item) => boolean;

/** Layers of a message, sorted into what this hop takes and what it passes on. */
export interface OpenedStash {
  readonly items: readonly Item[];
  /** What is left of each layer, in order. */
  readonly passing: readonly Uint8Array[];
}

/** Takes the items that are `known` out of the layers; all others stay as they are, byte for byte. */
export function openStash(layers: readonly Uint8Array[], known: IsKnown): OpenedStash {
  const items: Item[] = [];
  const passing: Uint8Array[] = [];
  for (const layer of layers) {
    const opened = openLayer(layer, known);
    for (const item of opened.items) items.push(item);
    if (opened.items.length === 0) passing.push(layer);
    else if (opened.rest.length > 0) passing.push(opened.rest);
  }
  return { items, passing };
}

/** Writes a layer with its tag. */
export function writeLayer(out: WireWriter, layer: Uint8Array, number: number): void {
  out.varint(stashTagOf(number));
  out.lengthDelimited(layer);
}

/** A layer of its own for the items of this hop. */
export function makeLayer(items: readonly Item[]): Uint8Array {
  const out = new WireWriter();
  for (const item of items) {
    out.varint(ITEMS);
    out.lengthDelimited(makeItem(item));
  }
  return out.finish();
}

/** A layer that is no Envelope is somebody else's: nothing is taken from it. */
function openLayer(layer: Uint8Array, known: IsKnown) {
  try {
    return readLayer(layer, known);
  } catch (error) {
    if (error instanceof WireError) return { items: [], rest: layer };
    throw error;
  }
}

function readLayer(layer: Uint8Array, known: IsKnown) {
  const items: Item[] = [];
  const rest = new WireWriter(layer.length);
  const reader = new WireReader(layer);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    const item = tag === ITEMS ? readItem(reader.subarray()) : undefined;
    if (item !== undefined && known(item)) items.push(item);
    else {
      if (item === undefined && tag !== ITEMS) reader.skip(tag);
      rest.raw(layer, start, reader.pos);
    }
  }
  return { items, rest: rest.finish() };
}

/** @returns `undefined` for an item with fields that this version does not know */
function readItem(bytes: Uint8Array): Item | undefined {
  const reader = new WireReader(bytes);
  let entry = "";
  let projection: string | undefined;
  let fragment: Uint8Array = new Uint8Array();
  const path: string[] = [];
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === ENTRY) entry = hex64(reader);
    else if (tag === PROJECTION) projection = hex64(reader);
    else if (tag === FRAGMENT) fragment = reader.subarray();
    else if (tag === PATH) path.push(reader.string());
    else return undefined;
  }
  return path.length === 0 ? { entry, projection, fragment } : { entry, projection, fragment, path };
}

/** An item without its tag. */
export function makeItem({ entry, projection, fragment, path = [] }: Item): Uint8Array {
  const out = new WireWriter(fragment.length + 24);
  out.varint(ENTRY);
  out.fixed64(BigInt(`0x${entry}`));
  if (projection !== undefined) {
    out.varint(PROJECTION);
    out.fixed64(BigInt(`0x${projection}`));
  }
  out.varint(FRAGMENT);
  out.lengthDelimited(fragment);
  for (const part of path) {
    out.varint(PATH);
    out.lengthDelimited(utf8.encode(part));
  }
  return out.finish();
}

function hex64(reader: WireReader): string {
  const start = reader.pos;
  reader.skip(ENTRY);
  const digits = Array.from(reader.bytes.subarray(start, reader.pos), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return digits.reverse().join("");
}

const ITEMS = makeTag(2, WireType.Bytes);
const ENTRY = makeTag(1, WireType.Fixed64);
const PROJECTION = makeTag(2, WireType.Fixed64);
const FRAGMENT = makeTag(3, WireType.Bytes);
const PATH = makeTag(4, WireType.Bytes);

const utf8 = new TextEncoder();
