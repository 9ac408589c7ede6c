import { type DescField, type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { Conversion } from "../../../src/mapping/index.js";
import type { Field } from "../../../src/schema/index.js";
import { isStrict } from "./is-strict.js";
import { convertNumber, isWhole, type PlainNumber } from "./plain-number.js";

/** A single value as protobuf-es has it. */
export type Plain = PlainNumber | string | Uint8Array | ReflectMessage;

/** What converting needs beside the value; `from` and `to` as the mapping tells them. */
export interface PlainContext {
  readonly way: "up" | "down";
  /** Translates a message that changes inside. */
  nested(message: ReflectMessage, to: DescMessage): ReflectMessage;
  messageOf(field: Field): DescMessage;
  /** The numbers of a closed enum. */
  declared(field: Field): ReadonlySet<number> | undefined;
}

/** @returns `undefined` where the other side cannot say it */
export function convertPlain(
  conversion: Conversion,
  value: Plain,
  from: Field,
  to: Field,
  context: PlainContext,
): Plain | undefined {
  const { way } = context;
  switch (conversion.kind) {
    case "copy":
      return isReflectMessage(value) ? again(context.messageOf(to), value) : value;
    case "number":
      return known(convertNumber(value as PlainNumber, from.type, to.type), to, context);
    case "enum":
      return known(changedNumber(conversion.values, value as number, way), to, context);
    case "text":
      return convertText(value as string | Uint8Array, to);
    case "blob":
      return isReflectMessage(value) ? bytesOf(value) : parsed(context.messageOf(to), value as Uint8Array);
    case "wrap": {
      const isInside = (conversion.side === "v3") === (way === "up");
      if (!isInside) return wrap(conversion, value, from, to, context);
      const field = fieldOf(value as ReflectMessage, conversion.value.number);
      return convertPlain(
        conversion.inner,
        (value as ReflectMessage).get(field) as Plain,
        conversion.value,
        to,
        context,
      );
    }
    case "time":
      return isReflectMessage(value)
        ? countUnits(value, conversion.unit, to)
        : timeOf(value as PlainNumber, conversion.unit, context.messageOf(to));
    case "nested":
      return context.nested(value as ReflectMessage, context.messageOf(to));
    case "entry":
      throw new Error("a map is no single value");
  }
}

/** Whether the key comes back as it was: then it takes the place of no other. */
export function isReversible(conversion: Conversion, key: Plain, from: Field, to: Field): boolean {
  if (conversion.kind !== "number") return true;
  const there = convertNumber(key as PlainNumber, from.type, to.type);
  return there !== undefined && convertNumber(there, to.type, from.type) === key;
}

/** Whether nothing of the value is cut off. */
export function fits(
  conversion: Conversion,
  value: Plain,
  from: Field,
  to: Field,
  way: "up" | "down",
): boolean {
  if (conversion.kind === "number") return isWhole(value as PlainNumber, from.type, to.type);
  if (conversion.kind !== "wrap") return true;
  const isInside = (conversion.side === "v3") === (way === "up");
  if (!isInside) return fits(conversion.inner, value, from, conversion.value, way);
  const message = value as ReflectMessage;
  const inner = message.get(fieldOf(message, conversion.value.number)) as Plain;
  return fits(conversion.inner, inner, conversion.value, to, way);
}

export function fieldOf({ desc }: ReflectMessage, number: number): DescField {
  const field = desc.fields.find((each) => each.number === number);
  if (field === undefined) throw new Error(`${desc.typeName} has no field ${number}`);
  return field;
}

function wrap(
  conversion: Conversion & { kind: "wrap" },
  value: Plain,
  from: Field,
  to: Field,
  context: PlainContext,
) {
  const inner = convertPlain(conversion.inner, value, from, conversion.value, context);
  if (inner === undefined) return undefined;
  const wrapper = reflect(context.messageOf(to));
  wrapper.set(fieldOf(wrapper, conversion.value.number), inner);
  return wrapper;
}

function known(value: PlainNumber | undefined, to: Field, context: PlainContext): PlainNumber | undefined {
  const numbers = context.declared(to);
  return value === undefined || numbers === undefined || numbers.has(Number(value)) ? value : undefined;
}

/** A number that means something else over there has no counterpart. */
function changedNumber(
  values: readonly (readonly [number, number])[],
  value: number,
  way: "up" | "down",
): number | undefined {
  const [here, there] = way === "up" ? [0, 1] : [1, 0];
  const pair = values.find((each) => each[here] === value);
  if (pair !== undefined) return pair[there];
  return values.some((each) => each[there] === value) ? undefined : value;
}

function convertText(value: string | Uint8Array, to: Field): Plain | undefined {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  if (to.type === "bytes") return bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsed(desc: DescMessage, bytes: Uint8Array): ReflectMessage | undefined {
  if (!isStrict(desc, bytes)) return undefined;
  try {
    const message = fromBinary(desc, bytes);
    // Fails where it lacks what it requires.
    toBinary(desc, message);
    return reflect(desc, message);
  } catch {
    return undefined;
  }
}

/** The bytes mean the same on both sides. */
function again(desc: DescMessage, message: ReflectMessage): ReflectMessage {
  return reflect(desc, fromBinary(desc, bytesOf(message)));
}

function bytesOf({ desc, message }: ReflectMessage): Uint8Array {
  return toBinary(desc, message);
}

const perUnit = { s: 1_000_000_000n, ms: 1_000_000n, us: 1_000n, ns: 1n } as const;

/** The unit that a time lies in; none where the integer does not go so far. */
function countUnits(time: ReflectMessage, unit: keyof typeof perUnit, to: Field): Plain | undefined {
  const [seconds, nanos] = [1, 2].map((number) => BigInt(time.get(fieldOf(time, number)) as bigint | number));
  const total = seconds! * perUnit.s + nanos!;
  const size = perUnit[unit];
  const count = (total - (((total % size) + size) % size)) / size;
  const there = convertNumber(count, "int64", to.type);
  return BigInt.asIntN(64, count) === count || to.type.startsWith("u") || to.type === "fixed64"
    ? there !== undefined && BigInt(there) === count
      ? there
      : undefined
    : undefined;
}

function timeOf(value: PlainNumber, unit: keyof typeof perUnit, desc: DescMessage): Plain | undefined {
  const total = BigInt(value) * perUnit[unit];
  const isDuration = desc.typeName === "google.protobuf.Duration";
  const rest = isDuration ? total % perUnit.s : ((total % perUnit.s) + perUnit.s) % perUnit.s;
  const time = reflect(desc);
  const seconds = (total - rest) / perUnit.s;
  if (BigInt.asIntN(64, seconds) !== seconds) return undefined;
  time.set(fieldOf(time, 1), seconds);
  time.set(fieldOf(time, 2), Number(rest));
  return time;
}
