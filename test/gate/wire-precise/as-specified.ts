import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";

/**
 * Bytes as a reader that keeps to the specification sees them, where protobuf-es (2.13) departs from it. It reads a
 * known field of another wire type as if it were its own, and misreads an entry of a map that holds a third field.
 * The specification puts the first among the unknown fields, which to a reader is as good as gone; entries have none.
 * @throws where the bytes are malformed
 */
export function asSpecified(bytes: Uint8Array, desc: DescMessage): Uint8Array {
  const writer = new BinaryWriter();
  copyMessage(new BinaryReader(bytes), bytes.length, desc, writer);
  return writer.finish();
}

function copyMessage(reader: BinaryReader, end: number, desc: DescMessage, writer: BinaryWriter): void {
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    if (wireType === WireType.EndGroup) return;
    const field = desc.fields.find((candidate) => candidate.number === number);
    if (field === undefined) writer.tag(number, wireType).raw(reader.skip(wireType, number));
    else if (field.fieldKind === "map") copyMap(reader, wireType, field, writer);
    else if (field.message !== undefined) copyChild(reader, wireType, field, field.message, writer);
    else copyScalar(reader, number, wireType, field, writer);
  }
}

function copyScalar(
  reader: BinaryReader,
  number: number,
  wireType: WireType,
  field: DescField,
  writer: BinaryWriter,
) {
  const expected = wireTypeOf(field.scalar ?? ScalarType.INT32);
  const packed = field.fieldKind === "list" && wireType === WireType.LengthDelimited;
  const data = reader.skip(wireType, number);
  if (wireType === expected || packed) writer.tag(number, wireType).raw(data);
}

function copyChild(
  reader: BinaryReader,
  wireType: WireType,
  field: DescField,
  child: DescMessage,
  writer: BinaryWriter,
): void {
  const { number } = field;
  const isDelimited = "delimitedEncoding" in field && field.delimitedEncoding;
  if (isDelimited && wireType === WireType.StartGroup) {
    copyMessage(reader, reader.len, child, writer.tag(number, wireType));
    writer.tag(number, WireType.EndGroup);
  } else if (!isDelimited && wireType === WireType.LengthDelimited) {
    const end = endOf(reader);
    copyMessage(reader, end, child, writer.tag(number, wireType).fork());
    writer.join();
  } else reader.skip(wireType, number);
}

type MapField = DescField & { fieldKind: "map" };

function copyMap(reader: BinaryReader, wireType: WireType, field: MapField, writer: BinaryWriter): void {
  if (wireType !== WireType.LengthDelimited) {
    reader.skip(wireType, field.number);
    return;
  }
  const end = endOf(reader);
  writer.tag(field.number, wireType).fork();
  while (reader.pos < end) copyPart(reader, field, writer);
  writer.join();
}

function copyPart(reader: BinaryReader, field: MapField, writer: BinaryWriter): void {
  const [number, wireType] = reader.tag();
  const scalar = number === 1 ? field.mapKey : (field.scalar ?? ScalarType.INT32);
  if (number === 2 && field.message !== undefined && wireType === WireType.LengthDelimited) {
    const end = endOf(reader);
    copyMessage(reader, end, field.message, writer.tag(number, wireType).fork());
    writer.join();
    return;
  }
  const data = reader.skip(wireType, number);
  const isExpected = number === 1 || (number === 2 && field.message === undefined);
  if (isExpected && wireType === wireTypeOf(scalar)) writer.tag(number, wireType).raw(data);
}

function endOf(reader: BinaryReader): number {
  const end = reader.uint32() + reader.pos;
  if (end > reader.len) throw new RangeError("a length that leads past the end");
  return end;
}

function wireTypeOf(type: ScalarType): WireType {
  if (type === ScalarType.STRING || type === ScalarType.BYTES) return WireType.LengthDelimited;
  if ([ScalarType.DOUBLE, ScalarType.FIXED64, ScalarType.SFIXED64].includes(type)) return WireType.Bit64;
  if ([ScalarType.FLOAT, ScalarType.FIXED32, ScalarType.SFIXED32].includes(type)) return WireType.Bit32;
  return WireType.Varint;
}
