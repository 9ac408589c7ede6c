import type { Field, FieldType, Schema } from "../schema/index.js";
import type { Conversion } from "./mapping.js";
import { isInteger } from "./well-known.js";

/** As protobuf JSON has it; a value of an enum by number. */
export type DefaultValue = string | number | boolean;

/** What is read where a field is absent; `undefined` for a message. */
export function defaultOf(field: Field, { declared }: Schema): DefaultValue | undefined {
  const { type, typeName, defaultValue } = field;
  const named = typeName === undefined ? undefined : declared.get(typeName);
  if (named?.kind === "message") return undefined;
  if (named?.kind === "enum") {
    const { closed, values } = named;
    const told = values.find(({ name }) => name === defaultValue);
    return (told ?? (closed ? values[0] : undefined))?.number ?? 0;
  }
  return defaultValue === undefined ? zeroOf(type) : spelled(type, defaultValue);
}

/** A default as the other generation has it; `undefined` where it cannot say it, or is not asked to. */
export function convertDefault(
  value: DefaultValue,
  conversion: Conversion,
  to: Field,
  way: "up" | "down",
): DefaultValue | undefined {
  if (conversion.kind === "copy") return value;
  if (conversion.kind === "number") return asNumber(value, to.type);
  if (conversion.kind === "enum") return swap(Number(value), conversion.values, way);
  if (conversion.kind !== "text") return undefined;
  return to.type === "bytes" ? base64(Buffer.from(String(value))) : text(value);
}

function zeroOf(type: FieldType): DefaultValue {
  if (type === "string" || type === "bytes") return "";
  return type === "bool" ? false : "0";
}

function spelled(type: FieldType, value: string): DefaultValue {
  if (type === "bool") return value === "true";
  if (type === "bytes") return base64(unescaped(value));
  return type === "float" || type === "double" ? (floats[value] ?? value) : value;
}

function asNumber(value: DefaultValue, type: FieldType): DefaultValue | undefined {
  const told = typeof value === "boolean" ? String(Number(value)) : String(value);
  if (type === "bool") return Number(told) !== 0;
  if (type === "enum") return Number(told);
  if (!isInteger(type) || /^-?\d+$/.test(told)) return told;
  return Number.isInteger(Number(told)) ? BigInt(Number(told)).toString() : undefined;
}

/** A number that means something else over there has no counterpart. */
function swap(
  value: number,
  values: readonly (readonly [v3: number, v4: number])[],
  way: "up" | "down",
): number | undefined {
  const [from, to] = way === "up" ? [0, 1] : [1, 0];
  const pair = values.find((numbers) => numbers[from] === value);
  if (pair !== undefined) return pair[to];
  return values.some((numbers) => numbers[to] === value) ? undefined : value;
}

/** Bytes that are no text have no counterpart. */
function text(value: DefaultValue): string | undefined {
  const bytes = Buffer.from(String(value), "base64");
  const told = bytes.toString("utf8");
  return Buffer.from(told).equals(bytes) ? told : undefined;
}

function base64(bytes: Buffer): string {
  return bytes.toString("base64");
}

/** As descriptors spell bytes: three octal digits, or a letter. @see `CEscape` in google/protobuf */
function unescaped(escaped: string): Buffer {
  const parts = escaped.match(/\\[0-7]{1,3}|\\x[0-9a-fA-F]{1,2}|\\.|[^\\]+/gs) ?? [];
  return Buffer.concat(parts.map((part) => Buffer.from(unescapePart(part))));
}

function unescapePart(part: string): string | readonly number[] {
  if (!part.startsWith("\\")) return part;
  if (/^\\[0-7]/.test(part)) return [Number.parseInt(part.slice(1), 8)];
  if (/^\\x./.test(part)) return [Number.parseInt(part.slice(2), 16)];
  return letters[part.slice(1)] ?? part.slice(1);
}

const letters: Readonly<Partial<Record<string, string>>> = { n: "\n", r: "\r", t: "\t" };

const floats: Readonly<Partial<Record<string, string>>> = {
  inf: "Infinity",
  "-inf": "-Infinity",
  nan: "NaN",
};
