import type { Field, Schema } from "../schema/index.js";
import type { Change } from "./change.js";
import { describeType } from "./describe-type.js";

/** What changed about a field or extension, one change an aspect. */
export function* diffField(
  before: Field,
  after: Field,
  schemaBefore: Schema,
  schemaAfter: Schema,
): Generator<Change> {
  const changed = (of: (field: Field, schema: Schema) => string) => {
    const [from, to] = [of(before, schemaBefore), of(after, schemaAfter)];
    return from === to ? [] : [{ before, after, from, to }];
  };
  for (const change of changed(nameOf)) yield { kind: "field-renamed", ...change };
  if (before.type !== after.type || before.typeName !== after.typeName)
    yield {
      kind: "field-type-changed",
      before,
      after,
      from: describeType(before),
      to: describeType(after),
    };
  else for (const change of changed(defaultOf)) yield { kind: "field-default-changed", ...change };
  // Whether the parts of a map entry have presence makes no difference to anybody.
  if (!(inMapEntry(before) && inMapEntry(after)))
    for (const change of changed(({ cardinality }) => cardinality))
      yield { kind: "field-cardinality-changed", ...change };
  // Extensions have no oneofs, and their JSON name is not theirs to choose.
  if (before.extendee !== undefined) return;
  for (const change of changed(({ oneof }) => oneof?.name ?? ""))
    yield { kind: "field-oneof-changed", ...change };
  for (const change of changed(({ jsonName }) => jsonName))
    yield { kind: "field-json-name-changed", ...change };
}

/** Fields are known by their short names, extensions by their full ones. */
function nameOf(field: Field): string {
  return field.extendee === undefined ? field.name : field.fullName;
}

function inMapEntry({ parent }: Field): boolean {
  return parent.kind === "message" && parent.mapEntry;
}

/** What a reader gets where nothing was sent: declared, else an enum's first value, else the type's zero. */
function defaultOf(field: Field, schema: Schema): string {
  if (field.cardinality === "repeated" || field.cardinality === "map") return "";
  if (field.defaultValue !== undefined) return field.defaultValue;
  if (field.type === "enum") {
    const declared = schema.elements.get(field.typeName ?? "");
    return declared?.kind === "enum" ? (declared.values[0]?.name ?? "") : "";
  }
  if (field.type === "bool") return "false";
  return textual.has(field.type) ? "" : "0";
}

const textual: ReadonlySet<string> = new Set(["string", "bytes", "message", "group"]);
