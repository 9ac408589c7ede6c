import { makeTag, WireType, type WireWriter } from "../wire/index.js";
import type { FieldPlan, FieldTypePlan } from "./plan.js";

/**
 * Writes the converted value where it is plain that it will come back, which is nearly always.
 * @param held all fragments of the entry's fields, at least one
 * @returns false, with nothing written, where the value has to be looked at closely
 */
export type Shortcut = (held: Uint8Array, out: WireWriter) => boolean;

/** For what the other side keeps byte for byte. */
export const copyWhole: Shortcut = (held, out) => {
  out.raw(held);
  return true;
};

/**
 * For one number below 2^28 in its shortest form, which all integer types write alike that write a varint.
 * @param map has a way back; `undefined` where the other side cannot say the number
 */
export function shortcutNumber(
  from: FieldPlan,
  to: FieldPlan,
  map: (value: number) => number | undefined,
): Shortcut | undefined {
  if (to.label === "repeated" || from.label !== to.label) return undefined;
  if (!plain.has(from.type) || !plain.has(to.type)) return undefined;
  const tag = makeTag(to.number, WireType.Varint);
  return (held, out) => {
    const value = smallNumber(held);
    const mapped = value === undefined || !isKnown(from, value) ? undefined : map(value);
    if (mapped === undefined || mapped < 0 || !isKnown(to, mapped)) return false;
    out.varint(tag);
    out.varint(mapped);
    return true;
  };
}

const plain: ReadonlySet<FieldTypePlan> = new Set(["int32", "int64", "uint32", "uint64", "enum"]);

function isKnown({ closed }: FieldPlan, value: number): boolean {
  return closed === undefined || closed.includes(value);
}

/** The number of a single varint fragment of at most four bytes; `undefined` for anything else. */
function smallNumber(fragment: Uint8Array): number | undefined {
  let pos = 0;
  while (fragment[pos]! > 0x7f) pos++;
  const start = ++pos;
  if (fragment.length - start > 4) return undefined;
  let value = 0;
  for (; fragment[pos]! > 0x7f; pos++) value |= (fragment[pos]! & 0x7f) << (7 * (pos - start));
  const last = fragment[pos]!;
  if (pos !== fragment.length - 1 || (last === 0 && pos > start)) return undefined;
  return value | (last << (7 * (pos - start)));
}
