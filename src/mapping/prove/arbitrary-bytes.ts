import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { makeTag, WireType, WireWriter } from "../../wire/index.js";

type Bytes = fc.Arbitrary<Uint8Array>;

export interface BytesOptions {
  /** Values in place of those that the field's type suggests, by full name: `kinds.v3.Record.legacy_profile`. */
  readonly values?: Readonly<Record<string, Bytes>>;
  /** Fragments of unknown fields, by the full name of the message that they are put into. */
  readonly unknown?: Readonly<Record<string, Bytes>>;
  /** Whole messages in place of those that their fields suggest, by full name. */
  readonly messages?: Readonly<Record<string, Bytes>>;
  /** Whether an entry of a map may lack a value that is a message, as no encoder has it. */
  readonly bareEntries?: boolean;
  /** How many levels of messages; those that are required come below as well. */
  readonly depth?: number;
  /** What was made for these options before: types that many others reach would take long each time. */
  readonly made?: Map<string, Bytes>;
  /** Most fields that the message itself has; those in it have up to five. */
  readonly length?: number;
}

/**
 * Bytes that every parser reads as the message, and no encoder would write: fields in any order and number,
 * merged submessages, packed and not, surplus bits, overruled members of oneofs, unknown fields between.
 */
export function arbitraryBytes(desc: DescMessage, options: BytesOptions = {}): Bytes {
  const { depth = 3, length = 20, made = new Map(), ...rest } = options;
  return messageBytes(desc, { ...rest, depth, made }, length);
}

interface Context extends Pick<BytesOptions, "values" | "unknown" | "messages" | "bareEntries"> {
  readonly depth: number;
  /** By name and depth: messages reach others, and those others, by many ways. */
  readonly made: Map<string, Bytes>;
}

function messageBytes(desc: DescMessage, context: Context, maxLength: number): Bytes {
  const key = `${desc.typeName} ${context.depth} ${maxLength}`;
  const known =
    context.messages?.[desc.typeName] ?? context.made.get(key) ?? makeMessageBytes(desc, context, maxLength);
  context.made.set(key, known);
  return known;
}

function makeMessageBytes(desc: DescMessage, context: Context, maxLength: number): Bytes {
  const inner = { ...context, depth: context.depth - 1 };
  const fields = desc.fields.filter((field) => context.depth > 0 || messageOf(field) === undefined);
  const required = desc.fields.filter(isRequired);
  const unknown = context.unknown?.[desc.typeName];
  const fragments = [
    ...fields.map((field) => fragment(field, inner)),
    ...(unknown ? [unknown, unknown] : []),
  ];
  const needed = fc.tuple(...required.map((field) => fragment(field, inner))).map(join);
  if (fragments.length === 0) return needed;
  const others = fc.array(fc.oneof(...fragments), { maxLength }).map(join);
  return required.length === 0 ? others : fc.tuple(needed, others).map(join);
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

function fragment(field: DescField, context: Context): Bytes {
  const given = context.values?.[`${field.parent.typeName}.${field.name}`];
  if (given !== undefined) return given.map((value) => tagged(field.number, WireType.Bytes, value));
  if (field.fieldKind === "map") return mapEntry(field, context);
  const message = messageOf(field);
  if (message !== undefined)
    return messageBytes(message, context, 5).map((value) =>
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

function mapEntry(field: DescField & { readonly fieldKind: "map" }, context: Context): Bytes {
  const key = scalar(field.mapKey).map((value) => tagged(1, wireTypeOf(field.mapKey), value));
  const type = scalarOf(field);
  const value =
    field.mapKind === "message"
      ? messageBytes(field.message, context, 5).map((bytes) => tagged(2, WireType.Bytes, bytes))
      : scalarValue(field, type).map((bytes) => tagged(2, wireTypeOf(type), bytes));
  // What an entry lacks is a zero, and a message's zero lacks what it requires.
  const message = messageOf(field);
  const isBare = message === undefined || (context.bareEntries !== false && !message.fields.some(isRequired));
  const alone = isBare ? [fc.tuple(key), fc.tuple(value)] : [];
  const parts = fc.oneof(fc.tuple(key, value), fc.tuple(value, key), ...alone);
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
