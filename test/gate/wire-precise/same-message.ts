import { type DescField, ScalarType } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage } from "@bufbuild/protobuf/reflect";
import type { FieldModel, Side } from "./model.js";

/** Two sides of a pair, and which fields of theirs are text that nobody validates. */
export interface Ends {
  readonly writer: Side;
  readonly reader: Side;
}

/**
 * Whether a reader has every value that the writer had: numbers as numbers, enums by their number, text by its bytes,
 * messages field by field; what is set as what is set, what is not by the value that stands for it. A zero without
 * presence is not set. What the reader has no field for must be among its unknown fields.
 */
export function sameMessage(written: ReflectMessage, read: ReflectMessage, ends: Ends): boolean {
  return (
    written.fields.every((field) => sameField(written, field, read, ends)) &&
    read.fields.every((field) => written.findNumber(field.number) !== undefined || !read.isSet(field)) &&
    hasRequired(read)
  );
}

function sameField(written: ReflectMessage, from: DescField, read: ReflectMessage, ends: Ends): boolean {
  const to = read.findNumber(from.number);
  if (to === undefined) return !written.isSet(from) || isUnknown(read, from.number);
  const seen = asSeen(ends, written, from, read, to);
  if (from.fieldKind === "map" || to.fieldKind === "map") {
    const [sent, got] = [entriesOf(written, from), entriesOf(read, to)];
    if (sent === undefined || got === undefined) return !written.isSet(from) && !read.isSet(to);
    const entries = got.map((entry) => ({ ...entry, value: seen(entry.value) }));
    return isComplete(read, to) && sameEntries(sent, entries, ends);
  }
  const items = itemsOf(written, from);
  const found = foundBy(from, read, to);
  if (items.length !== found.length) return false;
  if (items.length > 0) return items.every((item, index) => samePlain(item, seen(found[index]), ends));
  return from.fieldKind === "list" || to.fieldKind === "list" || sameDefault(from, to);
}

/** What is always written needs no presence to be told: its zero is read as zero. */
function foundBy(from: DescField, read: ReflectMessage, to: DescField): readonly unknown[] {
  const isPlain = to.presence === IMPLICIT && (to.fieldKind === "scalar" || to.fieldKind === "enum");
  return from.presence === LEGACY_REQUIRED && isPlain ? [read.get(to)] : itemsOf(read, to);
}

/** Whoever reads text that nobody validates may replace what is none. */
function asSeen(ends: Ends, written: ReflectMessage, from: DescField, read: ReflectMessage, to: DescField) {
  const replaces = isFreeText(ends.reader, read, to) && !isFreeText(ends.writer, written, from);
  return (value: unknown) =>
    replaces && value instanceof Uint8Array ? Buffer.from(value).toString("utf8") : value;
}

function isComplete(read: ReflectMessage, field: DescField): boolean {
  if (field.message === undefined || field.fieldKind === "map") return true;
  return itemsOf(read, field).every((item) => hasRequired(item as ReflectMessage));
}

/** protobuf-es does not look for required fields when it reads; the specification does. */
function hasRequired(message: ReflectMessage): boolean {
  return message.fields.every((field) => field.presence !== LEGACY_REQUIRED || message.isSet(field));
}

function isUnknown(message: ReflectMessage, number: number): boolean {
  return message.getUnknown()?.some(({ no }) => no === number) === true;
}

/** What is set. protobuf-es does not look whether a closed enum has the numbers in a list; the specification does. */
export function itemsOf(message: ReflectMessage, field: DescField): readonly unknown[] {
  if (!message.isSet(field)) return [];
  if (field.fieldKind !== "list") return [message.get(field)];
  return [...(message.get(field) as Iterable<unknown>)].filter((item) => isDeclared(field, item));
}

function isDeclared(field: DescField, number: unknown): boolean {
  return !field.enum || field.enum.open || field.enum.values.some((value) => value.number === number);
}

interface Entry {
  readonly key: unknown;
  readonly value: unknown;
  /** Whether the key or the value may be left out, so that nothing could be told from zero. */
  readonly absent: readonly boolean[];
  readonly isAlone: boolean;
}

/** A map, or messages that are read as its entries. */
function entriesOf(message: ReflectMessage, field: DescField): readonly Entry[] | undefined {
  if (field.fieldKind === "map") {
    const map = [...(message.get(field) as Iterable<[unknown, unknown]>)];
    return map
      .filter(([, value]) => isDeclared(field, value))
      .map(([key, value]) => ({ key, value, absent: [false, false], isAlone: true }));
  }
  if (field.message === undefined) return undefined;
  return itemsOf(message, field).map((item) => entryOf(item as ReflectMessage));
}

function entryOf(message: ReflectMessage): Entry {
  const [key, value] = [message.findNumber(1), message.findNumber(2)];
  const isAbsent = (field: DescField | undefined) =>
    field === undefined ||
    ((field.fieldKind === "list" || field.presence !== IMPLICIT) && !message.isSet(field));
  const others = message.fields.filter((field) => field !== key && field !== value && message.isSet(field));
  return {
    key: key && setValueOf(message, key),
    value: value && setValueOf(message, value),
    absent: [isAbsent(key), isAbsent(value)],
    isAlone: others.length === 0 && (message.getUnknown() ?? []).length === 0,
  };
}

function sameEntries(from: readonly Entry[], to: readonly Entry[], ends: Ends): boolean {
  if (from.length !== to.length) return false;
  return from.every((entry) => to.some((other) => sameEntry(entry, other, ends)));
}

function sameEntry(from: Entry, to: Entry, ends: Ends): boolean {
  return (
    from.absent.every((absent, index) => absent === to.absent[index]) &&
    from.isAlone === to.isAlone &&
    samePlain(from.key, to.key, ends) &&
    samePlain(from.value, to.value, ends)
  );
}

function isFreeText(side: Side, { desc }: ReflectMessage, { number }: DescField): boolean {
  const model = side.messages[desc.typeName.replace(/^p\./, "")];
  const field: FieldModel | undefined = model?.fields.find((candidate) => candidate.number === number);
  return field?.type === "string" && field.unverified === true;
}

function samePlain(one: unknown, other: unknown, ends: Ends): boolean {
  if (isReflectMessage(one) || isReflectMessage(other))
    return isReflectMessage(one) && isReflectMessage(other) && sameMessage(one, other, ends);
  const [from, to] = [plain(one), plain(other)];
  if (typeof from === "string" || typeof to === "string") return from === to;
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number are compared by their exact values.
  return from == to;
}

function plain(value: unknown): string | number | bigint | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "string") return `text ${Buffer.from(value).toString("hex")}`;
  if (value instanceof Uint8Array) return `text ${Buffer.from(value).toString("hex")}`;
  return value as number | bigint | undefined;
}

function sameDefault(from: DescField, to: DescField): boolean {
  const [one, other] = [defaultOf(from), defaultOf(to)];
  if (one === undefined || other === undefined || (isZero(one) && isZero(other))) return true;
  // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number are compared by their exact values.
  return one == other;
}

function isZero(value: string | number | bigint): boolean {
  return value === "text " || value === 0 || value === 0n;
}

/** protobuf-es has no value for a member of a oneof that is not set; the specification says its default. */
function defaultOf(field: DescField): string | number | bigint | undefined {
  if (field.fieldKind === "enum") return plain(field.getDefaultValue() ?? field.enum.values[0]!.number);
  if (field.fieldKind !== "scalar") return undefined;
  const { scalar } = field;
  const zero = scalar === ScalarType.STRING || scalar === ScalarType.BYTES ? "" : 0;
  return plain(field.getDefaultValue() ?? zero);
}

/** A list of one is read as the one, as where a field becomes a list; a longer one is like no value at all. */
function setValueOf(message: ReflectMessage, field: DescField): unknown {
  const items = field.fieldKind === "list" ? itemsOf(message, field) : [];
  if (items.length === 1) return items[0];
  return message.isSet(field) || field.presence === IMPLICIT ? message.get(field) : undefined;
}

/** `google.protobuf.FeatureSet.FieldPresence` */
const IMPLICIT = 2;
const LEGACY_REQUIRED = 3;
