import type { MessageChanges, MessagePlan, Plan } from "../runtime/index.js";
import type { Message, Schema } from "../schema/index.js";
import { compileEntry, compileOnly, fieldsRead, isSame } from "./compile-entry.js";
import { unsaidDigest } from "./digest.js";
import { carriedField, shapesOf } from "./field-plan.js";
import type { Mapping, MessageMapping, PairedEntry } from "./mapping.js";
import { nestedIn } from "./nested-in.js";
import { closedNumbers } from "./ranges.js";
import { isAny } from "./well-known.js";

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

/**
 * The plan of the messages that the v4 file at `path` declares, nested ones and map entries included, and of those
 * of both generations that they or the file's services reach. Payloads of google.protobuf.Any may be of any file
 * that it imports.
 */
export function compileFilePlan(mapping: Mapping, path: string): FilePlan {
  const declared = mapping.messages.filter((each) => !isShared(each) && each.v4.file.fullName === path);
  const messages = [...declared, ...sharedBelow(mapping, path, declared)];
  const nested = messages.flatMap(({ entries }) => entries.flatMap(nestedIn));
  const files = nested.flatMap((pair) => (isShared(pair) ? [] : pair.v4.file.fullName));
  const payloads = nested.some(({ v4 }) => isAny(v4)) ? importedFiles(mapping, path) : [];
  return {
    plan: compileMessages(messages, mapping.schema),
    uses: [...new Set([...files, ...payloads])].filter((file) => file !== path).sort(),
  };
}

interface Pair {
  readonly v3: Message;
  readonly v4: Message;
}

/** Messages of a third package that both generations use belong to no generated file. */
function isShared({ v3, v4 }: Pair): boolean {
  return v3 === v4;
}

function sharedBelow(
  { messages, services }: Mapping,
  path: string,
  declared: readonly MessageMapping[],
): readonly MessageMapping[] {
  const shared = new Map(messages.filter(isShared).map((each) => [each.v4.fullName, each]));
  const methods = services.filter(({ v4 }) => v4.file.fullName === path).flatMap((each) => each.methods);
  const reached = new Set<MessageMapping>();
  const reach = (name: string) => {
    const found = shared.get(name);
    if (found === undefined || reached.has(found)) return;
    reached.add(found);
    reachBelow(found);
  };
  const reachBelow = ({ entries }: MessageMapping) => {
    for (const pair of entries.flatMap(nestedIn)) if (isShared(pair)) reach(pair.v4.fullName);
  };
  for (const { input, output } of methods) for (const { v3, v4 } of [input, output]) if (v3 === v4) reach(v4);
  for (const message of declared) reachBelow(message);
  return messages.filter((message) => reached.has(message));
}

/** The v4 files that a file imports, directly or not, and that have plans. */
function importedFiles({ schema, messages }: Mapping, path: string): readonly string[] {
  const planned = new Set(messages.filter((each) => !isShared(each)).map(({ v4 }) => v4.file.fullName));
  const reached = new Set([path]);
  for (const each of reached)
    for (const imported of schema.files.get(each)?.dependencies ?? []) reached.add(imported);
  return [...reached].filter((each) => planned.has(each));
}

function compileMessages(messages: readonly MessageMapping[], schema: Schema): Plan {
  const read = messages.flatMap(({ entries }) => entries.flatMap(fieldsRead));
  return {
    messages: messages.map((message) => compileMessage(message, schema)),
    shapes: shapesOf(read, convertedMaps(messages), schema),
  };
}

function convertedMaps(messages: readonly MessageMapping[]): ReadonlySet<string | undefined> {
  const maps = messages.flatMap(({ entries }) =>
    entries.flatMap((entry) =>
      entry.kind === "paired" && entry.conversion.kind === "entry" ? [entry.v3, entry.v4] : [],
    ),
  );
  return new Set(maps.map(({ typeName }) => typeName));
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
    same: entries.flatMap((entry) =>
      entry.kind === "paired" && isSame(entry) && !isExtension(entry) ? carriedField(entry.v4, schema) : [],
    ),
    changed: entries.flatMap((entry) => (isSame(entry) ? [] : compileEntry(entry, schema))),
    only: entries.flatMap((entry) => (entry.kind === "only" ? compileOnly(entry, schema) : [])),
    reserved: closedNumbers(v3, v4).map(({ start, end }) => [start, end]),
  };
}

/** One that does not change passes like all that both sides keep for extensions, declared or not. */
function isExtension({ v3, v4 }: PairedEntry): boolean {
  return v3.extendee !== undefined && v4.extendee !== undefined;
}
