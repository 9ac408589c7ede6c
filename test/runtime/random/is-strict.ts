import type { DescField, DescMessage, ScalarType } from "@bufbuild/protobuf";
import { WireReader, WireType } from "../../../src/wire/index.js";
import { scalarOf, wireTypeOf, wireTypesOf } from "../arbitrary-bytes.js";

/**
 * Whether bytes are a message for every parser. protobuf-es reads on behind the end of a submessage, values of
 * other wire types as if they were right, does not skip unknown fields of a map's entry, and keeps entries
 * with numbers that their closed enum does not know.
 */
export function isStrict(desc: DescMessage, bytes: Uint8Array): boolean {
  try {
    return fieldsOf(bytes).every(({ number, wireType, content }) => {
      const field = desc.fields.find((each) => each.number === number);
      if (field === undefined) return true;
      if (!wireTypesOf(field).includes(wireType)) return false;
      if (field.fieldKind === "map") return isStrictEntry(field, content());
      if (field.fieldKind === "list" && wireType === WireType.Bytes && field.message === undefined)
        return isPacked(scalarOf(field), content());
      return field.message === undefined || isStrict(field.message, content());
    });
  } catch {
    return false;
  }
}

/** Strings and bytes are not packed. */
function isPacked(type: ScalarType, content: Uint8Array): boolean {
  const reader = new WireReader(content);
  const sizes: Partial<Record<WireType, number>> = { [WireType.Fixed32]: 4, [WireType.Fixed64]: 8 };
  const size = sizes[wireTypeOf(type)];
  if (size !== undefined) return content.length % size === 0;
  if (wireTypeOf(type) === WireType.Varint) while (!reader.done) reader.varint64();
  return true;
}

function isStrictEntry(map: DescField & { readonly fieldKind: "map" }, bytes: Uint8Array): boolean {
  return fieldsOf(bytes).every(({ number, wireType, content }) => {
    const expected = wireTypeOf(number === 1 ? map.mapKey : scalarOf(map));
    if (number > 2 || wireType !== expected) return false;
    if (number === 2 && map.enum?.open === false) return false;
    return number === 1 || map.message === undefined || isStrict(map.message, content());
  });
}

interface WireField {
  readonly number: number;
  readonly wireType: WireType;
  /** Without length, or without the tag that ends a group. */
  content(): Uint8Array;
}

function fieldsOf(bytes: Uint8Array): readonly WireField[] {
  const fields: WireField[] = [];
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const tag = reader.tag();
    const start = reader.pos;
    reader.skip(tag);
    const whole = bytes.subarray(start, reader.pos);
    fields.push({
      number: tag >>> 3,
      wireType: (tag & 7) as WireType,
      content: () => ((tag & 7) === 2 ? new WireReader(whole).subarray() : withoutEnd(tag, whole)),
    });
  }
  return fields;
}

function withoutEnd(tag: number, whole: Uint8Array): Uint8Array {
  return (tag & 7) === 3 ? whole.subarray(0, whole.length - varintSize(tag)) : whole;
}

function varintSize(value: number): number {
  return value < 0x80 ? 1 : 1 + varintSize(value >>> 7);
}
