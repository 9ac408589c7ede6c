import { WireError, WireReader, WireType, WireWriter } from "../wire/index.js";
import type { FieldPlan } from "./plan.js";

/**
 * Reads one value as a parser understands it and gives it back in its one canonical form, without tag and
 * length: surplus bits cut, varints minimal, NaN without payload.
 * @param tag the tag just read; only a group needs it
 * @throws WireError also "utf8-invalid"
 */
export function readValue(field: FieldPlan, reader: WireReader, tag: number): Uint8Array {
  switch (field.type) {
    case "int32":
    case "enum":
      return varint(BigInt(reader.varint() | 0));
    case "uint32":
    case "sint32":
      return varint(BigInt(reader.varint()));
    case "bool":
      return varint(reader.varint64() === 0n ? 0n : 1n);
    case "int64":
    case "uint64":
    case "sint64":
      return varint(reader.varint64());
    case "string":
      return utf8(reader);
    case "bytes":
    case "message":
      return reader.subarray();
    case "group":
      return readGroup(reader, tag);
    case "double":
    case "float":
      return withoutPayload(fixed(reader, tag));
    default:
      return fixed(reader, tag);
  }
}

/** False for a number that a closed enum does not know: parsers make it an unknown field. */
export function isDeclared({ closed }: FieldPlan, value: Uint8Array): boolean {
  if (closed === undefined) return true;
  return closed.includes(Number(BigInt.asIntN(32, new WireReader(value).varint64())));
}

/** The field with numbers read as they are, whether or not its enum knows them. */
export function asOpen({ closed, ...field }: FieldPlan): FieldPlan {
  return field;
}

/** Whether implicit presence takes the value for an absent one. */
export function isZero({ type }: FieldPlan, value: Uint8Array): boolean {
  if (type === "string" || type === "bytes") return value.length === 0;
  // Implementations disagree on whether −0 is absent, so that it must not count as an edit.
  const sign = type === "float" || type === "double" ? value.length - 1 : -1;
  return value.every((byte, index) => byte === 0 || (index === sign && byte === 0x80));
}

/** What a parser reads where a map's entry lacks its key or value. */
export function zeroOf(field: FieldPlan): Uint8Array {
  switch (field.type) {
    case "string":
    case "bytes":
    case "message":
      return new Uint8Array();
    case "double":
    case "fixed64":
    case "sfixed64":
      return new Uint8Array(8);
    case "float":
    case "fixed32":
    case "sfixed32":
      return new Uint8Array(4);
    default:
      return varint(BigInt(field.closed?.[0] ?? 0));
  }
}

function varint(value: bigint): Uint8Array {
  const writer = new WireWriter(10);
  writer.varint64(value);
  return writer.finish();
}

function utf8(reader: WireReader): Uint8Array {
  const start = reader.pos;
  reader.string();
  reader.pos = start;
  return reader.subarray();
}

function fixed(reader: WireReader, tag: number): Uint8Array {
  const start = reader.pos;
  reader.skip(tag);
  return reader.bytes.subarray(start, reader.pos);
}

/** JavaScript's NaN has no payload to keep. */
function withoutPayload(value: Uint8Array): Uint8Array {
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const hasNone = !Number.isNaN(value.length === 4 ? view.getFloat32(0, true) : view.getFloat64(0, true));
  return hasNone ? value : new Uint8Array(value.length).fill(0xff);
}

/** The content of a group whose tag was just read. */
export function readGroup(reader: WireReader, startTag: number): Uint8Array {
  const start = reader.pos;
  for (;;) {
    const end = reader.pos;
    if (reader.done) throw new WireError("truncated", end);
    const tag = reader.tag();
    if (tag === ((startTag & ~7) | WireType.EndGroup) >>> 0) return reader.bytes.subarray(start, end);
    reader.skip(tag);
  }
}
