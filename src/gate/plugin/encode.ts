import { makeTag, WireType, WireWriter } from "../../wire/index.js";

/** What a field may hold here; what is `undefined`, empty, zero or false is not written, as proto3 has it. */
type FieldValue = string | number | boolean | Uint8Array | undefined;

/**
 * Writes a message of a few fields. The plug-in's messages are small and few, and stubs for them would take longer to
 * load than all of them take to write.
 */
export function encode(...fields: readonly (readonly [number: number, value: FieldValue])[]): Uint8Array {
  const writer = new WireWriter();
  for (const [number, value] of fields) {
    if (value === undefined || value === "" || value === 0 || value === false) continue;
    if (typeof value === "string" || value instanceof Uint8Array) {
      writer.varint(makeTag(number, WireType.Bytes));
      writer.lengthDelimited(typeof value === "string" ? Buffer.from(value) : value);
    } else {
      writer.varint(makeTag(number, WireType.Varint));
      writer.varint(Number(value));
    }
  }
  return writer.finish();
}

/** A field of that number for each of the values. */
export function repeated(
  number: number,
  values: readonly FieldValue[],
): readonly (readonly [number, FieldValue])[] {
  return values.map((value) => [number, value] as const);
}

/** Numbers as a packed field has them. */
export function packed(values: readonly number[]): Uint8Array {
  const writer = new WireWriter();
  for (const value of values) writer.varint(value);
  return writer.finish();
}
