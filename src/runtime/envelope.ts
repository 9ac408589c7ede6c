import { makeTag, WireReader, WireType, WireWriter } from "../wire/index.js";

/** A `proto4.Envelope.Item` that tells from the root where its fragment belongs. */
export interface EnvelopeItem {
  /** 16 hex digits: a hash of the full name of the message that the fragment belongs to. */
  readonly entry: string;
  /** 16 hex digits: a hash of the element of a list that the path goes through. */
  readonly projection?: string | undefined;
  /** Wire fragments, tags included. */
  readonly fragment: Uint8Array;
  /** Names of fields, indexes and keys. */
  readonly path: readonly string[];
}

export function writeEnvelope(items: readonly EnvelopeItem[]): Uint8Array {
  const out = new WireWriter();
  for (const item of items) {
    out.varint(ITEMS);
    out.lengthDelimited(writeItem(item));
  }
  return out.finish();
}

/** @throws WireError */
export function readEnvelope(bytes: Uint8Array): readonly EnvelopeItem[] {
  const items: EnvelopeItem[] = [];
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === ITEMS) items.push(readItem(reader.subarray()));
    else reader.skip(tag);
  }
  return items;
}

function writeItem({ entry, projection, fragment, path }: EnvelopeItem): Uint8Array {
  const out = new WireWriter(fragment.length + 64);
  out.varint(ENTRY);
  out.fixed64(BigInt(`0x${entry}`));
  if (projection !== undefined) {
    out.varint(PROJECTION);
    out.fixed64(BigInt(`0x${projection}`));
  }
  out.varint(FRAGMENT);
  out.lengthDelimited(fragment);
  for (const step of path) {
    out.varint(PATH);
    out.lengthDelimited(new TextEncoder().encode(step));
  }
  return out.finish();
}

function readItem(bytes: Uint8Array): EnvelopeItem {
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
    else if (tag === PATH) path.push(new TextDecoder().decode(reader.subarray()));
    else reader.skip(tag);
  }
  return { entry, projection, fragment, path };
}

function hex64(reader: WireReader): string {
  const start = reader.pos;
  reader.skip(ENTRY);
  const { buffer, byteOffset } = reader.bytes;
  return new DataView(buffer, byteOffset + start, 8).getBigUint64(0, true).toString(16).padStart(16, "0");
}

const ITEMS = makeTag(2, WireType.Bytes);
const ENTRY = makeTag(1, WireType.Fixed64);
const PROJECTION = makeTag(2, WireType.Fixed64);
const FRAGMENT = makeTag(3, WireType.Bytes);
const PATH = makeTag(4, WireType.Bytes);
