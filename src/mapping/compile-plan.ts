import type {
  ElementPlan,
  EntryPlan,
  FieldPlan,
  MessageChanges,
  MessagePlan,
  OnlyPlan,
  Plan,
} from "../runtime/index.js";
import type { Field, Schema } from "../schema/index.js";
import { entryDigest, unsaidDigest } from "./digest.js";
import { carriedField, readField, shapesOf } from "./field-plan.js";
import type { Conversion, Entry, Mapping, MessageMapping, PairedEntry } from "./mapping.js";
import { closedNumbers } from "./ranges.js";

/** The whole mapping as data for the engine. */
export function compilePlan(mapping: Mapping): Plan {
  return compileMessages(mapping.messages, mapping.schema);
}

/** The part of a plan that the code generated for one v4 file embeds. */
export interface FilePlan {
  /** Without `uses`. */
  readonly plan: Plan;
  /** Paths of the other v4 files whose plans it needs under `uses`, sorted. */
  readonly uses: readonly string[];
}

/** The plan of the messages that the v4 file at `path` declares, nested ones and map entries included. */
export function compileFilePlan(mapping: Mapping, path: string): FilePlan {
  const messages = mapping.messages.filter(({ v4 }) => v4.file.fullName === path);
  const uses = messages.flatMap(({ entries }) =>
    entries.flatMap((entry) => (isNested(entry) ? entry.conversion.v4.file.fullName : [])),
  );
  return {
    plan: compileMessages(messages, mapping.schema),
    uses: [...new Set(uses)].filter((file) => file !== path).sort(),
  };
}

function compileMessages(messages: readonly MessageMapping[], schema: Schema): Plan {
  const read = messages.flatMap(({ entries }) => entries.flatMap(fieldsRead));
  return {
    messages: messages.map((message) => compileMessage(message, schema)),
    shapes: shapesOf(read, schema),
  };
}

/** Fields whose messages the engine has to look into as values. */
function fieldsRead(entry: Entry): readonly Field[] {
  if (entry.kind === "replaced") return [entry.v4];
  return entry.kind === "only" && entry.travels ? [entry.field] : [];
}

function compileMessage(mapping: MessageMapping, schema: Schema): MessagePlan {
  const { v3, v4, contract, identical } = mapping;
  const names = { v3: v3.fullName, v4: v4.fullName, contract };
  return identical ? names : { ...names, changes: compileChanges(mapping, schema) };
}

function compileChanges({ v3, v4, entries }: MessageMapping, schema: Schema): MessageChanges {
  return {
    digest: unsaidDigest({ v3, v4 }),
    ...(v4.mapEntry ? { mapEntry: true } : {}),
    same: entries.flatMap((entry) => (isSame(entry) ? carriedField(entry.v4, schema) : [])),
    changed: entries.flatMap((entry) => (isSame(entry) ? [] : compileEntry(entry, schema))),
    only: entries.flatMap((entry) => compileOnly(entry, schema)),
    reserved: closedNumbers(v3, v4).map(({ start, end }) => [start, end]),
  };
}

function compileOnly(entry: Entry, schema: Schema): readonly OnlyPlan[] {
  if (entry.kind !== "only") return [];
  const { side, field, travels } = entry;
  if (!travels) return [{ side, field: carriedField(field, schema) }];
  const digest = entryDigest("only", field.oneof?.fields ?? [field]);
  return [{ side, field: readField(field, schema), digest }];
}

function compileEntry(entry: Entry, schema: Schema): readonly EntryPlan[] {
  if (entry.kind !== "paired" && entry.kind !== "replaced") return [];
  const { v3, v4 } = entry;
  const read = (field: Field): FieldPlan => readField(field, schema, v4.oneof);
  const element = compileElement(entry.conversion);
  if (entry.kind === "replaced") {
    const digest = entryDigest("replaced", [v3, v4, entry.bridge]);
    return [{ kind: "replaced", digest, v3: read(v3), v4: read(v4), bridge: read(entry.bridge), element }];
  }
  const { conversion } = entry;
  const carried = { v3: carriedField(v3, schema, v4.oneof), v4: carriedField(v4, schema) };
  if (conversion.kind === "copy") return [{ kind: "renumber", ...carried }];
  if (conversion.kind === "nested") return [{ kind: "nested", ...carried, message: conversion.v3.fullName }];
  return [
    { kind: "convert", digest: entryDigest(conversion.kind, [v3, v4]), v3: read(v3), v4: read(v4), element },
  ];
}

function compileElement(conversion: Conversion): ElementPlan {
  if (conversion.kind === "nested") return { kind: "nested", message: conversion.v3.fullName };
  if (conversion.kind === "wrap" || conversion.kind === "entry" || conversion.kind === "time")
    throw new Error(`${conversion.kind} is not compiled yet`);
  return conversion;
}

function isSame(entry: Entry): entry is PairedEntry {
  return entry.kind === "paired" && entry.conversion.kind === "copy" && entry.v3.number === entry.v4.number;
}

function isNested(entry: Entry): entry is PairedEntry & { readonly conversion: { readonly kind: "nested" } } {
  return entry.kind === "paired" && entry.conversion.kind === "nested";
}
