import type { Field, Schema } from "../schema/index.js";
import type { Change } from "./change.js";
import { defaultOf, sameDefault } from "./default-value.js";
import { describeType } from "./describe-type.js";

/** What changed about a field or extension, one change an aspect. */
export function* diffField(
  before: Field,
  after: Field,
  schemaBefore: Schema,
  schemaAfter: Schema,
): Generator<Change> {
  const changed = (of: (field: Field) => string) => aspect(before, after, of);
  for (const change of changed(nameOf)) yield { kind: "field-renamed", ...change };
  if (before.type !== after.type || before.typeName !== after.typeName)
    yield { kind: "field-type-changed", before, after, from: describeType(before), to: describeType(after) };
  yield* diffDefault(before, after, schemaBefore, schemaAfter);
  yield* diffRepresentation(before, after);
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

function* diffDefault(
  before: Field,
  after: Field,
  schemaBefore: Schema,
  schemaAfter: Schema,
): Generator<Change> {
  const [from, to] = [defaultOf(before, schemaBefore), defaultOf(after, schemaAfter)];
  if (from !== undefined && to !== undefined && !sameDefault(from, to))
    yield { kind: "field-default-changed", before, after, from: from.source, to: to.source };
}

/** What generated code makes of the same values; to compare it, both sides must have it. */
function* diffRepresentation(before: Field, after: Field): Generator<Change> {
  const both = (types: ReadonlySet<string>) => types.has(before.type) && types.has(after.type);
  const changed = (of: (field: Field) => string) => aspect(before, after, of);
  if (both(texts)) {
    for (const change of changed(utf8Of)) yield { kind: "field-utf8-changed", ...change };
    for (const change of changed(javaUtf8Of)) yield { kind: "field-java-utf8-changed", ...change };
  }
  // The parts of a map cannot choose.
  if (both(strings) && !(inMapEntry(before) && inMapEntry(after)))
    for (const change of changed(({ cppStringType }) => cppStringType))
      yield { kind: "field-cpp-string-changed", ...change };
  if (both(longs))
    for (const change of changed(({ jstype }) => jstypes[jstype] ?? `${jstype}`))
      yield { kind: "field-jstype-changed", ...change };
}

function aspect(before: Field, after: Field, of: (field: Field) => string) {
  const [from, to] = [of(before), of(after)];
  return from === to ? [] : [{ before, after, from, to }];
}

/** Fields are known by their short names, extensions by their full ones. */
function nameOf(field: Field): string {
  return field.extendee === undefined ? field.name : field.fullName;
}

function inMapEntry({ parent }: Field): boolean {
  return parent.kind === "message" && parent.mapEntry;
}

function utf8Of({ features }: Field): string {
  return features.utf8Validation;
}

/** Java may verify what others do not. */
function javaUtf8Of({ features }: Field): string {
  return features.javaUtf8Validation === "VERIFY" ? "VERIFY" : features.utf8Validation;
}

const texts: ReadonlySet<string> = new Set(["string"]);
const strings: ReadonlySet<string> = new Set(["string", "bytes"]);
const longs: ReadonlySet<string> = new Set(["int64", "uint64", "sint64", "fixed64", "sfixed64"]);

/** `google.protobuf.FieldOptions.JSType` by number. */
const jstypes: readonly string[] = ["JS_NORMAL", "JS_STRING", "JS_NUMBER"];
