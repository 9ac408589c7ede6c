import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/** What a field can be set to: a value, a list, or the entries of a map. */
type Value = unknown;

/**
 * Messages that say what a type can say: every field with every boundary of any type, alone and beside each other.
 * @param depth how many messages may lie inside one another
 */
export function messagesOf(desc: DescMessage, depth = 2): readonly ReflectMessage[] {
  const fields = desc.fields.map((field) => ({ field, values: valuesOf(field, depth) }));
  const single = fields.flatMap(({ field, values }) => values.map((value) => [[field, value]] as const));
  const pairs = fields.flatMap((one, index) =>
    fields
      .slice(index + 1)
      .map((other) => [[one.field, one.values.at(-1)] as const, [other.field, other.values.at(-1)] as const]),
  );
  return [[], ...single, ...pairs].map((settings) => makeMessage(desc, settings, depth));
}

function makeMessage(
  desc: DescMessage,
  settings: readonly (readonly [DescField, Value])[],
  depth: number,
): ReflectMessage {
  const message = reflect(desc);
  const required = desc.fields.filter(({ presence }) => presence === LEGACY_REQUIRED);
  const filled = required.map((field) => [field, valuesOf(field, depth)[0]] as const);
  for (const [field, value] of [...filled, ...settings])
    if (value !== undefined) setField(message, field, value);
  return message;
}

function setField(message: ReflectMessage, field: DescField, value: Value): void {
  if (field.fieldKind === "list") {
    message.clear(field);
    const list = message.get(field) as { add(item: unknown): void };
    for (const item of value as readonly unknown[]) list.add(item);
  } else if (field.fieldKind === "map") {
    const map = message.get(field) as { set(key: unknown, value: unknown): void };
    for (const [key, item] of value as readonly (readonly [unknown, unknown])[]) map.set(key, item);
  } else message.set(field, value as never);
}

/** The last one is not zero where there is such a one. */
function valuesOf(field: DescField, depth: number): readonly Value[] {
  const single = singleValues(field, depth);
  if (field.fieldKind === "list")
    return [[], ...single.map((value) => [value]), [...single.slice(-2), single[0]]];
  if (field.fieldKind !== "map") return single;
  const keys = scalarValues(field.mapKey);
  const [value, key] = [single.at(-1), keys.at(-1)];
  return [
    ...single.map((item) => [[key, item]]),
    ...keys.map((item) => [[item, value]]),
    keys.slice(-2).map((k) => [k, value]),
  ];
}

function singleValues(field: DescField, depth: number): readonly Value[] {
  if (field.message !== undefined)
    return depth === 0 ? [makeMessage(field.message, [], 0)] : messagesOf(field.message, depth - 1);
  if (field.enum !== undefined) {
    const declared = field.enum.values.map(({ number }) => number);
    return field.enum.open ? [0, -2147483648, 2147483647, ...declared, -1, 1, 2, 3, 4, 5, 6, 7] : declared;
  }
  return scalarValues(field.scalar ?? ScalarType.INT32);
}

function scalarValues(type: ScalarType): readonly Value[] {
  if (type === ScalarType.STRING) return ["", "a", "\u{e9}\u{20ac}", "\n\u0003abc"];
  if (type === ScalarType.BYTES)
    return ["", "a", "\n\u0003abc", "\xff"].map((text) => Buffer.from(text, "latin1"));
  if (type === ScalarType.BOOL) return [false, true];
  if (type === ScalarType.FLOAT || type === ScalarType.DOUBLE) return [0, -1.5, 2147483648, 1];
  const [least, greatest] = rangeOf(type);
  const within = boundaries.filter((number) => number >= least && number <= greatest);
  return isLong(type) ? within : within.map(Number);
}

const boundaries = [
  0n,
  2n,
  3n,
  4n,
  5n,
  6n,
  7n,
  -1n,
  -2147483648n,
  -2147483649n,
  2147483647n,
  2147483648n,
  4294967295n,
  4294967296n,
  -(1n << 63n),
  (1n << 63n) - 1n,
  1n << 63n,
  (1n << 64n) - 1n,
  1n,
];

function rangeOf(type: ScalarType): readonly [bigint, bigint] {
  const bits = isLong(type) ? 64n : 32n;
  return unsigned.has(type) ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
}

function isLong(type: ScalarType): boolean {
  return longs.has(type);
}

const unsigned = new Set([ScalarType.UINT32, ScalarType.UINT64, ScalarType.FIXED32, ScalarType.FIXED64]);
const longs = new Set([
  ScalarType.INT64,
  ScalarType.UINT64,
  ScalarType.SINT64,
  ScalarType.FIXED64,
  ScalarType.SFIXED64,
]);
/** `google.protobuf.FeatureSet.FieldPresence` */
const LEGACY_REQUIRED = 3;
