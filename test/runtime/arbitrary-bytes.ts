import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { makeTag, WireType, WireWriter } from "../../src/wire/index.js";

type Bytes = fc.Arbitrary<Uint8Array>;

export interface BytesOptions {
  /** Values in place of those that the field's type suggests, by full name: `kinds.v3.Record.legacy_profile`. */
  readonly values?: Readonly<Record<string, Bytes>>;
  /** Fragments of unknown fields, by the full name of the message that they are put into. */
  readonly unknown?: Readonly<Record<string, Bytes>>;
  readonly depth?: number;
  /** What was made for these options before, by type and depth: types that reach many others would take long. */
  readonly made?: Map<string, Bytes>;
}

/**
 * Bytes that every parser reads as the message, and no encoder would write: fields in any order and number,
 * merged submessages, packed and not, surplus bits, overruled members of oneofs, unknown fields between.
 */
export function arbitraryBytes(desc: DescMessage, options: BytesOptions = {}): Bytes {
  const { depth = 3, made = new Map() } = options;
  const key = `${desc.typeName} ${depth}`;
  const bytes = made.get(key) ?? makeBytes(desc, { ...options, depth, made });
  made.set(key, bytes);
  return bytes;
}

function makeBytes(desc: DescMessage, options: BytesOptions & { readonly depth: number }): Bytes {
  const { depth } = options;
  const inner = { ...options, depth: depth - 1 };
  const fields = desc.fields.filter((field) => depth > 0 || messageOf(field) === undefined);
  const unknown = options.unknown?.[desc.typeName];
  const fragments = [
    ...fields.map((field) => fragment(field, inner)),
    ...(unknown ? [unknown, unknown] : []),
  ];
  if (fragments.length === 0) return fc.constant(new Uint8Array());
  const some = fc.array(fc.oneof(...fragments), { maxLength: depth > 2 ? 20 : 5 });
  const required = fc.tuple(...fields.filter(isRequired).map((field) => fragment(field, inner)));
  return fc.tuple(some, required).map((parts) => join(parts.flat()));
}

function isRequired({ presence }: DescField): boolean {
  return presence === FeatureSet_FieldPresence.LEGACY_REQUIRED;
}

/** One unknown field of any wire type. */
export function unknownField(...numbers: readonly number[]): Bytes {
  const number = fc.constantFrom(...numbers);
  return fc.oneof(
    fc.tuple(number, varint).map(([at, value]) => tagged(at, WireType.Varint, value)),
    fc.tuple(number, exactly(8)).map(([at, value]) => tagged(at, WireType.Fixed64, value)),
    fc.tuple(number, exactly(4)).map(([at, value]) => tagged(at, WireType.Fixed32, value)),
    fc
      .tuple(number, fc.oneof(text, fc.uint8Array({ maxLength: 6 })))
      .map(([at, value]) => tagged(at, WireType.Bytes, value)),
  );
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** A field of the wire type, with its length where it has one. */
export function tagged(number: number, wireType: WireType, value: Uint8Array): Uint8Array {
  const out = new WireWriter();
  out.varint(makeTag(number, wireType));
  if (wireType === WireType.Bytes) out.varint(value.length);
  out.raw(value);
  return out.finish();
}

export function varintBytes(value: bigint): Uint8Array {
  const out = new WireWriter();
  out.varint64(value);
  return out.finish();
}

function fragment(field: DescField, options: BytesOptions): Bytes {
  const given = options.values?.[`${field.parent.typeName}.${field.name}`];
  if (given !== undefined) return given.map((value) => tagged(field.number, WireType.Bytes, value));
  if (field.fieldKind === "map") return mapEntry(field, options);
  const message = messageOf(field);
  if (message !== undefined)
    return arbitraryBytes(message, options).map((value) =>
      isDelimited(field) ? group(field.number, value) : tagged(field.number, WireType.Bytes, value),
    );
  const type = scalarOf(field);
  const value = scalarValue(field, type);
  const single = value.map((value) => tagged(field.number, wireTypeOf(type), value));
  if (field.fieldKind !== "list" || wireTypeOf(type) === WireType.Bytes) return single;
  const packed = fc
    .array(value, { maxLength: 3 })
    .map((values) => tagged(field.number, WireType.Bytes, join(values)));
  return fc.oneof(single, packed);
}

/** protobuf-es loses numbers that a closed enum does not know where other unknown fields are. */
function scalarValue(field: DescField, type: ScalarType): Bytes {
  const values =
    field.enum?.open === false ? field.enum.values.map(({ number }) => varintBytes(BigInt(number))) : [];
  return values.length > 0 ? fc.constantFrom(...values) : scalar(type);
}

function isDelimited(field: DescField): boolean {
  return "delimitedEncoding" in field && field.delimitedEncoding === true;
}

function group(number: number, content: Uint8Array): Uint8Array {
  const start = tagged(number, WireType.StartGroup, content);
  return join([start, tagged(number, WireType.EndGroup, new Uint8Array())]);
}

function mapEntry(field: DescField & { readonly fieldKind: "map" }, options: BytesOptions): Bytes {
  const key = scalar(field.mapKey).map((value) => tagged(1, wireTypeOf(field.mapKey), value));
  const type = scalarOf(field);
  const value =
    field.mapKind === "message"
      ? arbitraryBytes(field.message, options).map((bytes) => tagged(2, WireType.Bytes, bytes))
      : scalarValue(field, type).map((bytes) => tagged(2, wireTypeOf(type), bytes));
  const parts = fc.oneof(fc.tuple(key, value), fc.tuple(value, key), fc.tuple(key), fc.tuple(value));
  return parts.map((entry) => tagged(field.number, WireType.Bytes, join(entry)));
}

/** The wire types in which a field may come. */
export function wireTypesOf(field: DescField): readonly WireType[] {
  if (field.fieldKind === "map" || messageOf(field) !== undefined)
    return [isDelimited(field) ? WireType.StartGroup : WireType.Bytes];
  const single = wireTypeOf(scalarOf(field));
  return field.fieldKind === "list" ? [single, WireType.Bytes] : [single];
}

function messageOf(field: DescField): DescMessage | undefined {
  return field.fieldKind === "map"
    ? field.mapKind === "message"
      ? field.message
      : undefined
    : field.message;
}

/** The type of a field's values on the wire: an enum is an int32, a message is bytes. */
export function scalarOf(field: DescField): ScalarType {
  if (field.message) return ScalarType.BYTES;
  return field.scalar ?? ScalarType.INT32;
}

export function wireTypeOf(type: ScalarType): WireType {
  if (type === ScalarType.STRING || type === ScalarType.BYTES) return WireType.Bytes;
  if ([ScalarType.DOUBLE, ScalarType.FIXED64, ScalarType.SFIXED64].includes(type)) return WireType.Fixed64;
  if ([ScalarType.FLOAT, ScalarType.FIXED32, ScalarType.SFIXED32].includes(type)) return WireType.Fixed32;
  return WireType.Varint;
}

function scalar(type: ScalarType): Bytes {
  if (type === ScalarType.STRING) return text;
  if (type === ScalarType.BYTES) return fc.uint8Array({ maxLength: 8 });
  const wireType = wireTypeOf(type);
  return wireType === WireType.Varint ? varint : exactly(wireType === WireType.Fixed64 ? 8 : 4);
}

function exactly(length: number): Bytes {
  return fc.oneof(
    fc.uint8Array({ minLength: length, maxLength: length }),
    fc.constant(new Uint8Array(length)),
  );
}

const text: Bytes = fc
  .oneof(fc.string({ maxLength: 5 }), fc.string({ unit: "grapheme", maxLength: 3 }))
  .map((value) => new TextEncoder().encode(value));

const varint: Bytes = fc
  .oneof(
    { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: 9n }) },
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
    fc.constantFrom(-1n, 2n ** 31n, -(2n ** 31n), 2n ** 40n + 5n, 2n ** 32n, 300n),
  )
  .map(varintBytes);
