import type { Enum, Field, Schema } from "../schema/index.js";

/** What a reader gets where nothing was sent. */
export interface DefaultValue {
  /** Text and bytes are one character a byte; bools and enums are numbers. */
  readonly value: string | bigint | number;
  readonly type: Field["type"];
  /** As the source would write it. */
  readonly source: string;
}

/**
 * The declared default, else an enum's first value, else the type's zero.
 * @returns `undefined` for lists, maps and messages, which have none
 */
export function defaultOf(field: Field, schema: Schema): DefaultValue | undefined {
  const { type, cardinality, defaultValue: declared } = field;
  if (cardinality === "repeated" || cardinality === "map") return undefined;
  if (type === "message" || type === "group") return undefined;
  if (type === "enum") return enumDefault(declared, schema.declared.get(field.typeName ?? "") as Enum);
  if (type === "string" || type === "bytes") {
    const source = declared ?? "";
    const value = type === "bytes" ? bytesOf(source) : Buffer.from(source).toString("latin1");
    return { value, type, source: `"${source}"` };
  }
  if (type === "bool") return { value: declared === "true" ? 1n : 0n, type, source: declared ?? "false" };
  return { value: toNumber(declared ?? "0", type), type, source: declared ?? "0" };
}

function enumDefault(declared: string | undefined, { values }: Enum): DefaultValue {
  const value = values.find(({ name }) => name === declared) ?? values[0];
  return { value: BigInt(value?.number ?? 0), type: "enum", source: value?.name ?? "0" };
}

/** Numbers are compared as numbers whatever their types, text only with text; of two zeros nobody sees a change. */
export function sameDefault(before: DefaultValue, after: DefaultValue): boolean {
  if (isZero(before) && isZero(after)) return true;
  const [from, to] = [narrowed(before, after), narrowed(after, before)];
  if (Number.isNaN(from) && Number.isNaN(to)) return true;
  if (typeof from === "string" || typeof to === "string") return from === to;
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number are compared by their exact values.
  return from == to;
}

function isZero({ value }: DefaultValue): boolean {
  return value === "" || value === 0n || value === 0;
}

/** What is a float on one side was not more exact on the other. */
function narrowed({ value, type }: DefaultValue, other: DefaultValue): DefaultValue["value"] {
  return type === "double" && other.type === "float" ? Math.fround(Number(value)) : value;
}

function toNumber(text: string, type: Field["type"]): DefaultValue["value"] {
  if (type === "float") return Math.fround(toDouble(text));
  if (type === "double") return toDouble(text);
  return /^-?\d+$/.test(text) ? BigInt(text) : text;
}

/** Descriptors spell the numbers that are none `inf`, `-inf` and `nan`. */
function toDouble(text: string): number {
  return Number(text.replace("inf", "Infinity"));
}

/** Descriptors spell bytes as C does. */
function bytesOf(text: string): string {
  return text.replace(/\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|(.))/gs, (_, octal, hex, letter) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return letters[letter] ?? letter;
  });
}

const letters: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
