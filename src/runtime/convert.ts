import { WireError, WireReader, WireWriter } from "../wire/index.js";
import type { EntryReader } from "./entry-reader.js";
import { collectValues, type Fields, merge, writeList, writeValue } from "./field-values.js";
import type { ConvertPlan, FieldPlan, ReplacedPlan } from "./plan.js";
import { asOpen, isZero, readValue } from "./read-value.js";
import { copyWhole, type Shortcut, shortcutNumber } from "./shortcut.js";

/**
 * Turns what a generation wrote for an entry, fragments with their tags, into what the other one reads for
 * it. Loss is not its concern: whoever calls converts back and compares.
 */
type Convert = (fragments: Uint8Array, depth: number) => Uint8Array;

/** One direction of an entry. */
export interface Way {
  readonly convert: Convert;
  readonly shortcut?: Shortcut | undefined;
}

/** Both directions of an entry. */
export interface Conversion {
  readonly up: Way;
  readonly down: Way;
}

export function convertNumber({ v3, v4 }: ConvertPlan): Conversion {
  const narrow = (value: bigint) =>
    v3.type === "int32" ? BigInt.asIntN(32, value) : BigInt.asUintN(32, value);
  return { up: recode(v3, v4, (value) => value), down: recode(v4, v3, narrow) };
}

/**
 * A number that changed hands goes by the table, any other stays as it is: unless it means something else
 * over there, or nothing in a closed enum, when it is left out.
 */
export function convertEnum({ v3, v4 }: ConvertPlan, values: EnumValues): Conversion {
  const [up, down] = enumTables(values);
  return {
    up: recodeNumber(v3, v4, (value) => changeNumber(value, up, down, v4)),
    down: recodeNumber(v4, v3, (value) => changeNumber(value, down, up, v3)),
  };
}

export function enumTables(values: EnumValues): readonly [up: Numbers, down: Numbers] {
  return [new Map(values), new Map(values.map(([from, to]) => [to, from]))];
}

/** @returns `undefined` where the other side cannot say it */
export function changeNumber(
  value: number,
  there: Numbers,
  back: Numbers,
  { closed }: FieldPlan,
): number | undefined {
  const number = there.get(value) ?? (back.has(value) ? undefined : value);
  return number === undefined || (closed && !closed.includes(number)) ? undefined : number;
}

export type EnumValues = readonly (readonly [v3: number, v4: number])[];

export type Numbers = ReadonlyMap<number, number>;

/** v3's value goes to v4's field where it can be read as such, else to the bridge; v4's field comes first. */
export function convertReplaced({ v3, v4, bridge }: ReplacedPlan, reader: EntryReader): Conversion {
  const elder: Fields = new Map([[v3.number, v3]]);
  const newer: Fields = new Map([v4, bridge].map((field) => [field.number, field]));
  return {
    up: {
      convert: (fragments, depth) => {
        const value = presentIn(v3, collectValues(elder, fragments).get(v3.number));
        if (value === undefined) return empty;
        const replaced = written(v4, value);
        const fits = isReadable(() => reader.read(replaced, depth));
        return fits ? replaced : written(bridge, value);
      },
    },
    down: {
      convert: (fragments) => {
        const values = collectValues(newer, fragments);
        const value = presentIn(v4, values.get(v4.number)) ?? presentIn(bridge, values.get(bridge.number));
        return value === undefined ? empty : written(v3, value);
      },
    },
  };
}

/** What one side declares passes away unchanged, and comes home where that side can read it. */
export function convertTravelling(declared: EntryReader): { readonly away: Way; readonly home: Way } {
  const home: Convert = (fragments, depth) =>
    isReadable(() => declared.read(fragments, depth)) ? fragments : empty;
  return { away: { convert: (fragments) => fragments, shortcut: copyWhole }, home: { convert: home } };
}

function presentIn(field: FieldPlan, values: readonly Uint8Array[] | undefined): Uint8Array | undefined {
  if (values === undefined) return undefined;
  const value = merge(values);
  return field.label === "implicit" && isZero(field, value) ? undefined : value;
}

/** Whether reading succeeds; what is not wire format is an answer here, not an error. */
export function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof WireError) return false;
    throw error;
  }
}

/** Numbers of 32 bits on both sides; `undefined` leaves one out. */
function recodeNumber(from: FieldPlan, to: FieldPlan, map: (value: number) => number | undefined): Way {
  const mapped = (value: bigint) => {
    const result = map(Number(value));
    return result === undefined ? undefined : BigInt(result);
  };
  return { convert: recode(asOpen(from), asOpen(to), mapped).convert, shortcut: shortcutNumber(to, map) };
}

/** Reads numbers as `from` has them and writes them as `to` does; `undefined` leaves one out. */
function recode(from: FieldPlan, to: FieldPlan, map: (value: bigint) => bigint | undefined): Way {
  const fields: Fields = new Map([[from.number, from]]);
  const convert: Convert = (fragments) => {
    const out = new WireWriter(fragments.length);
    const values = (collectValues(fields, fragments).get(from.number) ?? []).flatMap((bytes) => {
      const value = map(numberOf(from, bytes));
      return value === undefined ? [] : [encoded(to, value)];
    });
    writeList(out, to, values);
    return out.finish();
  };
  return { convert, shortcut: shortcutNumber(to, (value) => value) };
}

function numberOf({ type }: FieldPlan, bytes: Uint8Array): bigint {
  const value = new WireReader(bytes).varint64();
  return type === "uint32" || type === "uint64" ? value : BigInt.asIntN(64, value);
}

function encoded(to: FieldPlan, value: bigint): Uint8Array {
  const writer = new WireWriter(10);
  writer.varint64(value);
  return readValue(to, new WireReader(writer.finish()), 0);
}

function written(field: FieldPlan, value: Uint8Array): Uint8Array {
  const out = new WireWriter(value.length + 16);
  writeValue(out, field, value);
  return out.finish();
}

const empty = new Uint8Array();
