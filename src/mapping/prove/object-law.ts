import { type DescField, fromBinary } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { Entry, PairedEntry } from "../mapping.js";
import { toHex } from "./defaults.js";
import type { Failure } from "./proof.js";
import { makeSample } from "./sample.js";
import type { Journey, Subject, Trial } from "./subject.js";

/**
 * What a stub reads on the other side is what plain conversion of this side's values gives: for scalars, enums
 * and lists of them whose presence does not change. All else has other laws alone.
 */
export function checkObject(subject: Subject, journey: Journey, { bytes }: Trial): Failure | undefined {
  const { from, over, there } = journey;
  const sent = subject.translator[there](bytes).value;
  const here = reflect(subject[from], fromBinary(subject[from], bytes));
  const yonder = reflect(subject[over], fromBinary(subject[over], sent));
  const wrong = subject.entries.filter(isPlain).filter((entry) => {
    const expected = convertAll(valuesOf(here, entry[from].number), entry, from);
    const field = fieldOf(yonder, entry[over].number);
    if (expected === undefined || !expected.every((value) => isKnown(field, value))) return false;
    return !isEqual(expected, valuesOf(yonder, entry[over].number));
  });
  if (wrong.length === 0) return undefined;
  return {
    what: `${over} reads another value than the one that ${from}'s converts to`,
    fields: wrong.map((entry) => entry[from].name),
    there: makeSample(subject[over], sent, subject.registry),
  };
}

function isPlain(entry: Entry): entry is PairedEntry {
  return (
    entry.kind === "paired" &&
    !entry.counted &&
    entry.absent === undefined &&
    entry.v3.extendee === undefined &&
    ["copy", "number", "enum"].includes(entry.conversion.kind) &&
    [entry.v3, entry.v4].every(
      ({ type, cardinality, oneof }) =>
        type !== "message" && type !== "group" && cardinality !== "map" && oneof === undefined,
    )
  );
}

/** Of a field that is not set, none. */
function valuesOf(message: ReflectMessage, number: number): readonly unknown[] {
  const field = fieldOf(message, number);
  if (!message.isSet(field)) return [];
  const value: unknown = message.get(field);
  return field.fieldKind === "list" ? [...(value as Iterable<unknown>)] : [value];
}

function fieldOf({ desc }: ReflectMessage, number: number): DescField {
  return desc.fields.find((field) => field.number === number)!;
}

/** A closed enum makes an unknown field of a number that it does not declare. */
function isKnown({ enum: type }: DescField, value: unknown): boolean {
  return type === undefined || type.open || type.values.some(({ number }) => number === value);
}

/** @returns `undefined` where one of them does not fit, which is for the stash's laws */
function convertAll(
  values: readonly unknown[],
  { conversion, v3, v4 }: PairedEntry,
  from: "v3" | "v4",
): readonly unknown[] | undefined {
  const to = from === "v3" ? v4 : v3;
  if (conversion.kind === "copy") return values;
  if (conversion.kind === "enum") {
    const table = conversion.values.map(([elder, newer]) =>
      from === "v3" ? [elder, newer] : [newer, elder],
    );
    const there = new Map(table.map(([one, other]) => [one, other]));
    const taken = new Set(there.values());
    const converted = values.map(
      (value) => there.get(value as number) ?? (taken.has(value as number) ? undefined : value),
    );
    return converted.includes(undefined) ? undefined : converted;
  }
  if (![v3.type, v4.type].every((type) => /^u?int(32|64)$/.test(type))) return undefined;
  return values.every((value) => fits(BigInt(value as number | bigint), to.type)) ? values : undefined;
}

function fits(value: bigint, type: string): boolean {
  const bits = type.endsWith("64") ? 64 : 32;
  return value === (type.startsWith("u") ? BigInt.asUintN(bits, value) : BigInt.asIntN(bits, value));
}

function isEqual(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => told(value) === told(other[index]));
}

function told(value: unknown): string {
  if (value instanceof Uint8Array) return toHex(value);
  return isReflectMessage(value) ? value.desc.typeName : String(value);
}
