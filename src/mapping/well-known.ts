import type { Field, FieldType, Message } from "../schema/index.js";
import { mapOf } from "./map-of.js";

export type Unit = "s" | "ms" | "us" | "ns";

export function isAny({ fullName }: Message): boolean {
  return fullName === "google.protobuf.Any";
}

export function isMask({ typeName }: Field): boolean {
  return typeName === "google.protobuf.FieldMask";
}

/** Whether a message only wraps one value, for the sake of presence. */
export function isWrapper({ fullName }: Message): boolean {
  return wrappers.has(fullName);
}

/** Whether a message is seconds and nanoseconds. */
export function isTime({ fullName }: Message): boolean {
  return fullName === "google.protobuf.Timestamp" || fullName === "google.protobuf.Duration";
}

/**
 * What an integer that is a time counts: as the terms of one of the fields say, else as the end of its name does.
 * @see https://google.aip.dev/142
 */
export function unitOf(integer: Field, time: Field): Unit | undefined {
  const [named, other] = [mapOf(integer) ?? integer, mapOf(time) ?? time];
  const told = named.lifecycle.terms.unit ?? other.lifecycle.terms.unit;
  if (told !== undefined) return isUnit(told) ? told : undefined;
  return units[/_([a-z]+)$/.exec(named.name)?.[1] ?? ""];
}

export function isInteger(type: FieldType): boolean {
  return integers.has(type);
}

function isUnit(text: string): text is Unit {
  return text === "s" || text === "ms" || text === "us" || text === "ns";
}

const wrappers: ReadonlySet<string> = new Set(
  ["Double", "Float", "Int64", "UInt64", "Int32", "UInt32", "Bool", "String", "Bytes"].map(
    (name) => `google.protobuf.${name}Value`,
  ),
);

const integers: ReadonlySet<FieldType> = new Set([
  "int32",
  "sint32",
  "sfixed32",
  "uint32",
  "fixed32",
  "int64",
  "sint64",
  "sfixed64",
  "uint64",
  "fixed64",
]);

const units: Readonly<Partial<Record<string, Unit>>> = {
  seconds: "s",
  sec: "s",
  s: "s",
  millis: "ms",
  ms: "ms",
  micros: "us",
  us: "us",
  nanos: "ns",
  ns: "ns",
};
