import { WireReader, WireType } from "../../wire/index.js";

/** The fields of a message whose numbers are to stay, as they stand. */
export function selectFields(bytes: Uint8Array, keep: (number: number) => boolean): Uint8Array {
  return Uint8Array.from(Buffer.concat(fieldsIn(bytes, keep)));
}

/** The same, each by itself. */
export function fieldsIn(bytes: Uint8Array, keep: (number: number) => boolean): readonly Uint8Array[] {
  const reader = new WireReader(bytes);
  const kept: Uint8Array[] = [];
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    reader.skip(tag);
    if (keep(tag >>> 3)) kept.push(bytes.subarray(start, reader.pos));
  }
  return kept;
}

/** What one field holds, without tag and length. */
export function contentOf(field: Uint8Array): Uint8Array {
  if (field.length === 0) return field;
  const reader = new WireReader(field);
  return (reader.tag() & 7) === WireType.Bytes ? reader.subarray() : field.subarray(reader.pos);
}
