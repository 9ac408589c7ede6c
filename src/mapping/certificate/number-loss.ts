import type { FieldType } from "../../schema/index.js";

/**
 * Which numbers of one type the other cannot hold, in words.
 * @returns `undefined` where it holds all of them
 */
export function numberLoss(from: FieldType, to: FieldType): string | undefined {
  if (from === to || to === "double") return to === "double" ? beyond(from, 53) : undefined;
  if (to === "float")
    return from === "double" ? "digits and magnitudes that float cannot hold" : beyond(from, 24);
  const there = rangeOf(to);
  if (from === "float" || from === "double") return `fractions, NaN, and values that ${to} cannot hold`;
  const here = rangeOf(from);
  if (there.min <= here.min && here.max <= there.max) return undefined;
  if (to === "bool") return "values other than 0 and 1, which all read as true";
  return `values that ${to} cannot hold (${[low(here, there), high(here, there)].filter(Boolean).join(", ")})`;
}

/** Integers that a floating-point type with so many digits of mantissa rounds. */
function beyond(from: FieldType, bits: number): string | undefined {
  if (from === "float" || from === "double") return undefined;
  const { max } = rangeOf(from);
  return max < 1n << BigInt(bits) ? undefined : `the last digits of values beyond 2^${bits}`;
}

interface Range {
  readonly min: bigint;
  readonly max: bigint;
}

function low(here: Range, there: Range): string {
  return here.min < there.min ? `below ${power(there.min)}` : "";
}

function high(here: Range, there: Range): string {
  return here.max > there.max ? `above ${power(there.max + 1n)} − 1` : "";
}

/** `-2147483648` is `−2^31`. */
function power(value: bigint): string {
  if (value === 0n) return "0";
  const exponent = (value < 0n ? -value : value).toString(2).length - 1;
  return `${value < 0n ? "−" : ""}2^${exponent}`;
}

function rangeOf(type: FieldType): Range {
  if (type === "bool") return { min: 0n, max: 1n };
  const bits = type.includes("64") ? 63n : 31n;
  return type === "uint32" || type === "uint64" || type === "fixed32" || type === "fixed64"
    ? { min: 0n, max: (1n << (bits + 1n)) - 1n }
    : { min: -(1n << bits), max: (1n << bits) - 1n };
}
