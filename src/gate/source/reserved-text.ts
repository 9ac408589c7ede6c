import type { NumberRange } from "../../schema/index.js";
import type { Declaration } from "./declaration.js";
import { greatestOf } from "./read-reserved.js";

/** A range as it is reserved; the last that there can be is `max`. */
export function rangeText({ start, end }: NumberRange, { kind }: Declaration): string {
  if (start === end) return `${start}`;
  return `${start} to ${end >= greatestOf(kind).usual ? "max" : end}`;
}

/** @param quote what the author puts names in; nothing in editions */
export function nameText(name: string, quote: string): string {
  return `${quote}${name}${quote}`;
}
