import { WireReader, WireType } from "../wire/index.js";

/** A field with a length, undecoded. */
export interface RawField {
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** The fields with a length of a serialised message, in order. @throws WireError when the bytes are malformed */
export function* rawFields(bytes: Uint8Array): Generator<RawField> {
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const tag = reader.tag();
    if ((tag & 7) === WireType.Bytes) yield { number: tag >>> 3, bytes: reader.subarray() };
    else reader.skip(tag);
  }
}

/** The fields of one number. */
export function rawFieldsOf(bytes: Uint8Array, number: number): readonly Uint8Array[] {
  return [...rawFields(bytes)].filter((field) => field.number === number).map((field) => field.bytes);
}
