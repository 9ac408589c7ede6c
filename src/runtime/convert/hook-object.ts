import { WireReader } from "../../wire/index.js";
import type { Shapes } from "../canonical.js";
import { collectValues, concat, type Fields } from "../field-values.js";
import type { HookFields } from "../hook.js";
import type { FieldPlan } from "../plan.js";
import { isFloating, isNumber, type NumberType, numberOf, numberValue } from "../scalar.js";
import { ofField, written } from "../value-list.js";
import { shapeOf } from "./blob.js";
import { keyText, type MapFields, readEntries, writeEntry } from "./map-entry.js";

/** The values of fields as user code gets them. @throws WireError where no parser could read them */
export function toObject(fields: Fields, fragments: Uint8Array, shapes: Shapes): HookFields {
  const collected = collectValues(fields, fragments);
  const object: Record<string, unknown> = {};
  for (const field of fields.values()) {
    const values = ofField(field, collected.get(field.number) ?? []);
    if (values.length > 0) object[memberName(field)] = told(field, values, shapes);
  }
  return object;
}

/** @throws TypeError where a member does not fit its field, or there is no such field */
export function fromObject(fields: Fields, object: HookFields, shapes: Shapes): Uint8Array {
  // Of a promise, or of a number, all fields were absent.
  if (typeof object !== "object" || object === null || Array.isArray(object) || object instanceof Promise)
    throw new TypeError(`what it gives has to be an object of fields, at once, and is ${String(object)}`);
  const names = new Set([...fields.values()].map(memberName));
  // Its own members only: every object has a `hasOwnProperty`.
  const members = new Map(Object.entries(object));
  for (const [name, value] of members)
    if (value !== undefined && !names.has(name))
      throw new TypeError(`there is no ${name} among ${[...names].join(", ")}`);
  return concat(
    [...fields.values()].map((field) => fragmentsOf(field, members.get(memberName(field)), shapes)),
  );
}

/** All that the fragments hold of the fields, with messages as they are; equal bytes for equal values. */
export function normalForm(fields: Fields, fragments: Uint8Array): Uint8Array {
  const collected = collectValues(fields, fragments);
  const byNumber = [...fields.values()].sort((one, other) => one.number - other.number);
  return concat(byNumber.map((field) => written(field, ofField(field, collected.get(field.number) ?? []))));
}

/** As protobuf-es names the member. */
export function memberName({ name }: Pick<FieldPlan, "name">): string {
  const camel = name.replace(/_+([a-z0-9A-Z]?)/g, (_, next: string) => next.toUpperCase());
  return reserved.has(camel) ? `${camel}$` : camel;
}

const reserved: ReadonlySet<string> = new Set(["constructor", "toString", "toJSON", "valueOf"]);

function told(field: FieldPlan, values: readonly Uint8Array[], shapes: Shapes): unknown {
  if (field.label === "map") return mapOf(mapFields(field, shapes), field, values);
  return field.label === "repeated" ? values.map((value) => single(field, value)) : single(field, values[0]!);
}

function mapOf(fields: MapFields, field: FieldPlan, values: readonly Uint8Array[]): Record<string, unknown> {
  const entries = readEntries(
    fields,
    concat(values.map((value) => written({ ...field, label: "repeated" }, [value]))),
  );
  return Object.fromEntries(
    [...entries].flatMap(([name, { value }]) => (value ? [[name, single(fields.value, value)]] : [])),
  );
}

function single({ type }: FieldPlan, value: Uint8Array): unknown {
  if (type === "string") return new TextDecoder().decode(value);
  if (!isNumber(type)) return value.slice();
  const number = numberOf(type, value);
  if (type === "bool") return number !== 0n;
  return wide.has(type) ? number : Number(number);
}

function fragmentsOf(field: FieldPlan, value: unknown, shapes: Shapes): Uint8Array {
  if (value === undefined) return new Uint8Array();
  if (field.label === "map") return mapFragments(mapFields(field, shapes), value);
  if (field.label !== "repeated") return written(field, [encoded(field, value)]);
  if (!Array.isArray(value)) throw misfit(field, "a list", value);
  return written(
    field,
    value.map((each) => encoded(field, each)),
  );
}

function mapFragments(fields: MapFields, value: unknown): Uint8Array {
  if (typeof value !== "object" || value === null) throw misfit(fields.map, "an object", value);
  return concat(
    Object.entries(value).map(([name, each]) =>
      writeEntry(fields, keyValue(fields.key, name), encoded(fields.value, each)),
    ),
  );
}

function keyValue(field: FieldPlan, name: string): Uint8Array {
  const key =
    field.type === "string"
      ? new TextEncoder().encode(name)
      : numberValue(field.type as NumberType, BigInt(field.type === "bool" ? Number(name === "true") : name));
  if (keyText(field, key) !== name) throw misfit(field, `a key of type ${field.type}`, name);
  return key;
}

function encoded(field: FieldPlan, value: unknown): Uint8Array {
  const { type } = field;
  if (type === "string") {
    if (typeof value !== "string") throw misfit(field, "a string", value);
    return new TextEncoder().encode(value);
  }
  if (!isNumber(type)) {
    if (!(value instanceof Uint8Array)) throw misfit(field, "a Uint8Array", value);
    if (type !== "bytes") checkMessage(value);
    return value;
  }
  return numberOfType(field, type, value);
}

function numberOfType(field: FieldPlan, type: NumberType, value: unknown): Uint8Array {
  if (type === "bool") {
    if (typeof value !== "boolean") throw misfit(field, "true or false", value);
    return numberValue(type, value ? 1n : 0n);
  }
  const isWide = wide.has(type);
  if (typeof value !== (isWide ? "bigint" : "number"))
    throw misfit(field, isWide ? "a bigint" : "a number", value);
  const number = value as number | bigint;
  if (isFloating(type)) return numberValue(type, number);
  const isWhole = isWide || Number.isInteger(number);
  if (!isWhole || numberOf(type, numberValue(type, number)) !== BigInt(number))
    throw misfit(field, `in the range of ${type}`, value);
  return numberValue(type, number);
}

/** A message that user code wrote must at least be wire format. */
function checkMessage(bytes: Uint8Array): void {
  const reader = new WireReader(bytes);
  while (!reader.done) reader.skip(reader.tag());
}

function mapFields(map: FieldPlan, shapes: Shapes): MapFields {
  const shape = shapeOf(map, shapes);
  return { map, key: shape.get(1)!, value: shape.get(2)! };
}

function misfit({ name }: FieldPlan, expected: string, value: unknown): TypeError {
  return new TypeError(`${name} has to be ${expected}, and is ${String(value)}`);
}

const wide: ReadonlySet<NumberType> = new Set(["int64", "uint64", "sint64", "fixed64", "sfixed64"]);
