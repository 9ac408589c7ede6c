import { WireReader } from "../../wire/index.js";
import { collectValues, type Fields } from "../field-values.js";
import type { ElementPlan, FieldPlan } from "../plan.js";
import { type NumberType, numberOf, numberValue } from "../scalar.js";
import { isEqual, written } from "../value-list.js";
import type { Element, Send } from "./element.js";

type TimePlan = ElementPlan & { readonly kind: "time" };

/**
 * Between google.protobuf.Timestamp or Duration and an integer that counts units. A time between two units
 * is the earlier one over there; one that the integer, or the seconds, cannot hold is left out.
 */
export function timeElement({ side, unit }: TimePlan, v3: FieldPlan, v4: FieldPlan): Element {
  const [message, integer] = side === "v3" ? [v3, v4] : [v4, v3];
  const nanos = nanosPerUnit[unit];
  const split = message.message === "google.protobuf.Duration" ? splitDuration : splitTimestamp;
  const type = integer.type as NumberType;
  const toMessage: Send = (value) => {
    const made = split(BigInt(numberOf(type, value)) * nanos);
    return made && { value: made, returns: true };
  };
  const toInteger: Send = (value) => {
    const total = totalNanos(value);
    const count = floorDivide(total, nanos);
    const result = numberValue(type, count);
    if (numberOf(type, result) !== count) return undefined;
    const back = split(count * nanos);
    return { value: result, returns: back !== undefined && isEqual(back, canonical(value)) };
  };
  return side === "v3" ? { up: toInteger, down: toMessage } : { up: toMessage, down: toInteger };
}

const nanosPerUnit = { s: 1_000_000_000n, ms: 1_000_000n, us: 1_000n, ns: 1n } as const;

const secondsField: FieldPlan = { number: 1, name: "seconds", type: "int64", label: "implicit" };
const nanosField: FieldPlan = { number: 2, name: "nanos", type: "int32", label: "implicit" };
const timeFields: Fields = new Map([secondsField, nanosField].map((field) => [field.number, field]));

function partsOf(message: Uint8Array): readonly [seconds: bigint, nanos: bigint] {
  const values = collectValues(timeFields, message);
  const part = ({ number, type }: FieldPlan) => {
    const value = values.get(number)?.[0];
    return value === undefined ? 0n : BigInt(numberOf(type as NumberType, value));
  };
  return [part(secondsField), part(nanosField)];
}

function totalNanos(message: Uint8Array): bigint {
  const [seconds, nanos] = partsOf(message);
  return seconds * nanosPerUnit.s + nanos;
}

/** With unknown fields behind, which no integer can say. */
function canonical(message: Uint8Array): Uint8Array {
  const known = joined(...partsOf(message));
  const reader = new WireReader(message);
  while (!reader.done) {
    const tag = reader.tag();
    if (!timeFields.has(tag >>> 3)) return message;
    reader.skip(tag);
  }
  return known;
}

/** Nanos of a timestamp count forward, whatever the sign. */
function splitTimestamp(total: bigint): Uint8Array | undefined {
  const seconds = floorDivide(total, nanosPerUnit.s);
  return isSeconds(seconds) ? joined(seconds, total - seconds * nanosPerUnit.s) : undefined;
}

/** Seconds and nanos of a duration have the same sign. */
function splitDuration(total: bigint): Uint8Array | undefined {
  const seconds = total / nanosPerUnit.s;
  return isSeconds(seconds) ? joined(seconds, total % nanosPerUnit.s) : undefined;
}

function joined(seconds: bigint, nanos: bigint): Uint8Array {
  const parts = [
    written(secondsField, [numberValue("int64", seconds)]),
    written(nanosField, [numberValue("int32", nanos)]),
  ];
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function isSeconds(seconds: bigint): boolean {
  return BigInt.asIntN(64, seconds) === seconds;
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend % divisor < 0n ? quotient - 1n : quotient;
}
