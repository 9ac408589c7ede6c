import { WireError, WireReader, WireType } from "../../wire/index.js";

/** `buf.plugin.option.v1.Value`; nothing where a value is left out. */
export type OptionValue = string | number | boolean | null | readonly OptionValue[];

/**
 * Reads one value of an option.
 * @throws WireError when the bytes are malformed, or lists lie in lists too deep
 */
export function readOptionValue(bytes: Uint8Array, depthLimit = 8): OptionValue {
  if (depthLimit === 0) throw new WireError("too-deep", 0);
  const reader = new WireReader(bytes);
  let value: OptionValue = null;
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === BOOL) value = reader.varint() !== 0;
    else if (tag === INT64) value = Number(BigInt.asIntN(64, reader.varint64()));
    else if (tag === DOUBLE) value = readDouble(reader);
    else if (tag === STRING) value = reader.string();
    else if (tag === BYTES) value = Buffer.from(reader.subarray()).toString("base64");
    else if (tag === LIST) value = readList(reader.subarray(), depthLimit - 1);
    else reader.skip(tag);
  }
  return value;
}

function readList(bytes: Uint8Array, depthLimit: number): readonly OptionValue[] {
  const reader = new WireReader(bytes);
  const values: OptionValue[] = [];
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === LIST_VALUE) values.push(readOptionValue(reader.subarray(), depthLimit));
    else reader.skip(tag);
  }
  return values;
}

function readDouble(reader: WireReader): number {
  const { bytes, pos } = reader;
  reader.skip(WireType.Fixed64);
  return new DataView(bytes.buffer, bytes.byteOffset + pos, 8).getFloat64(0, true);
}

const BOOL = 1 << 3;
const INT64 = 2 << 3;
const DOUBLE = (3 << 3) | WireType.Fixed64;
const STRING = (4 << 3) | WireType.Bytes;
const BYTES = (5 << 3) | WireType.Bytes;
const LIST = (6 << 3) | WireType.Bytes;
const LIST_VALUE = (1 << 3) | WireType.Bytes;
