import { WireWriter } from "../wire/index.js";
import { collectValues, type Fields, isMessage, merge, writeList, writeValue } from "./field-values.js";
import type { FieldPlan } from "./plan.js";
import { asOpen, isDeclared, isZero } from "./read-value.js";
import { isFloating, numberOf } from "./scalar.js";

/** What a field has, whatever its label: a list of values in canonical form. */
export interface Present {
  readonly values: readonly Uint8Array[];
  /**
   * Whether fragments hold more than the values: numbers that a closed enum does not know, or the payload of
   * a NaN.
   */
  readonly residue: boolean;
}

/** Reads the values of one field. Of a singular one there is at most one, and no zero of implicit presence. */
export function presentValues(field: FieldPlan, fragments: Uint8Array): Present {
  const fields: Fields = new Map([[field.number, field]]);
  const collected = collectValues(fields, fragments).get(field.number) ?? [];
  return { values: ofField(field, collected), residue: hasResidue(field, fragments) };
}

/** The values of a field as far as its label lets them be told: of occurrences of a message, what they make. */
export function ofField(field: FieldPlan, collected: readonly Uint8Array[]): readonly Uint8Array[] {
  if (isList(field) || collected.length === 0) return collected;
  const value = isMessage(field) ? merge(collected) : collected.at(-1)!;
  return field.label === "implicit" && isNothing(field, value) ? [] : [value];
}

/** Entries of a map come one by one, too. */
function isList({ label }: FieldPlan): boolean {
  return label === "repeated" || label === "map";
}

/** Writes as much of a list as the field's label takes. */
function writeValues(out: WireWriter, field: FieldPlan, values: readonly Uint8Array[]): void {
  if (field.label === "repeated" && !isMessage(field)) writeList(out, field, values);
  else if (isList(field)) for (const value of values) writeValue(out, field, value);
  else if (values.length > 0 && !(field.label === "implicit" && isNothing(field, values[0]!)))
    writeValue(out, field, values[0]!);
}

/** What a stub finds in a field that was given a list: all, or the first, or nothing where that is zero. */
export function foundIn(field: FieldPlan, values: readonly Uint8Array[]): readonly Uint8Array[] {
  if (isList(field)) return values;
  return values.slice(0, field.label === "implicit" && values[0] && isZero(field, values[0]) ? 0 : 1);
}

export function written(field: FieldPlan, values: readonly Uint8Array[]): Uint8Array {
  const out = new WireWriter(values.reduce((sum, { length }) => sum + length + 12, 0));
  writeValues(out, field, values);
  return out.finish();
}

export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Not −0: presence is implicit for some stubs only by its value, for others by its bits. */
function isNothing(field: FieldPlan, value: Uint8Array): boolean {
  return isZero(field, value) && (!isFloating(field.type) || value.at(-1) === 0);
}

/** Whether fragments hold more than the field's values; others among them do not count. */
export function hasResidue(field: FieldPlan, fragments: Uint8Array): boolean {
  if (field.closed === undefined && !isFloating(field.type)) return false;
  const open: FieldPlan = { ...asOpen(field), label: "repeated" };
  const all = collectValues(new Map([[field.number, open]]), fragments).get(field.number) ?? [];
  return all.some((value) => !isDeclared(field, value) || isNotANumber(field, value));
}

/** Whose bits beside the one NaN that is read cannot be told from its canonical form. */
export function isNotANumber({ type }: FieldPlan, value: Uint8Array): boolean {
  return isFloating(type) && Number.isNaN(numberOf(type, value));
}
