import { makeTag, WireReader, WireType, WireWriter } from "../../wire/index.js";
import { collectValues, type Fields, writeValue } from "../field-values.js";
import type { FieldPlan } from "../plan.js";
import { asOpen, isDeclared, zeroOf } from "../read-value.js";
import { textOf } from "../scalar.js";
import { isNotANumber, ofField } from "../value-list.js";

/** A map as one generation declares it. */
export interface MapFields {
  readonly map: FieldPlan;
  readonly key: FieldPlan;
  readonly value: FieldPlan;
}

/** What a map has for a key. */
export interface MapEntry {
  readonly key: Uint8Array;
  /** `undefined` where all that came is nothing to the parser: a number that its closed enum does not know. */
  readonly value: Uint8Array | undefined;
  /** What it was read from, tags included. */
  readonly fragments: Uint8Array[];
  /** Whether the fragments hold more than key and value. */
  readonly residue: boolean;
}

/**
 * The entries by their key as text. Of entries with the same key the last counts.
 * @throws WireError where no parser could read them
 */
export function readEntries(fields: MapFields, fragments: Uint8Array): Map<string, MapEntry> {
  const entries = new Map<string, MapEntry>();
  const reader = new WireReader(fragments);
  while (!reader.done) {
    const start = reader.pos;
    reader.tag();
    const content = reader.subarray();
    const entry = readEntry(fields, content, fragments.subarray(start, reader.pos));
    const name = keyText(fields.key, entry.key);
    entries.set(name, joined(entries.get(name), entry));
  }
  return entries;
}

/** Key and value are always written. */
export function writeEntry(fields: MapFields, key: Uint8Array, value: Uint8Array): Uint8Array {
  const entry = new WireWriter(key.length + value.length + 12);
  writeValue(entry, fields.key, key);
  writeValue(entry, fields.value, value);
  const out = new WireWriter(entry.length + 10);
  out.varint(makeTag(fields.map.number, WireType.Bytes));
  out.lengthDelimited(entry.finish());
  return out.finish();
}

/** How stashes name the entry. */
export function keyText(field: FieldPlan, key: Uint8Array): string {
  return field.type === "string" ? new TextDecoder().decode(key) : textOf(field, key);
}

function readEntry({ key, value }: MapFields, content: Uint8Array, fragment: Uint8Array): MapEntry {
  const fields: Fields = new Map([
    [1, key],
    [2, asOpen(value)],
  ]);
  const values = collectValues(fields, content);
  const read = ofField(value, values.get(2) ?? [])[0] ?? zeroOf(value);
  return {
    key: values.get(1)?.at(-1) ?? zeroOf(key),
    value: isDeclared(value, read) ? read : undefined,
    fragments: [fragment],
    residue: hasOthers(content) || isNotANumber(value, read),
  };
}

/** What is nothing to the parser overrules nothing, and is kept beside what counts. */
function joined(before: MapEntry | undefined, entry: MapEntry): MapEntry {
  if (before === undefined || (entry.value !== undefined && before.value !== undefined)) return entry;
  const { fragments } = before;
  for (const fragment of entry.fragments) fragments.push(fragment);
  return { ...entry, value: entry.value ?? before.value, fragments, residue: true };
}

function hasOthers(content: Uint8Array): boolean {
  const reader = new WireReader(content);
  while (!reader.done) {
    const tag = reader.tag();
    if (tag >>> 3 > 2) return true;
    reader.skip(tag);
  }
  return false;
}
