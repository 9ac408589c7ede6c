import type { Schema } from "../schema/index.js";
import type { Change } from "./change.js";
import { diffEnum, enumAdded } from "./diff-enum.js";
import { diffField } from "./diff-field.js";
import { diffFiles } from "./diff-file.js";
import { diffMembers, diffMessage, messageAdded } from "./diff-message.js";
import { diffOptions } from "./diff-options.js";
import { diffPackages } from "./diff-packages.js";
import { diffPromise, samePromise } from "./diff-promise.js";
import { diffService, serviceAdded } from "./diff-service.js";
import { type Pairs, pairDeclared } from "./pair-declared.js";
import { pairPromising } from "./pair-promising.js";
import { sameField } from "./same-field.js";

/**
 * Every difference in meaning between two schemas; none between a schema and itself. Names are followed to
 * what they stand for, so that a file whose text is unchanged can have changes. Comments, order, source
 * positions and the split into files (but for the `left-file` kinds) make none.
 * @param trackedOptions full names of the custom options to compare; the others make no difference
 */
export function diffSchema(
  before: Schema,
  after: Schema,
  trackedOptions: readonly string[] = [],
): readonly Change[] {
  const pairs = pairDeclared(before, after);
  return [
    ...diffPackages(before, after),
    ...diffFiles(before, after),
    ...diffMessages(pairs, before, after),
    ...diffEnums(pairs, before),
    ...diffServices(pairs, before),
    ...diffExtensions(pairs, before, after),
    ...diffPromises(pairs, before, after),
    ...diffOptions(pairs, before, after, trackedOptions),
  ];
}

function* diffMessages(pairs: Pairs, before: Schema, after: Schema): Generator<Change> {
  const { removed, added, kept } = pairs.message;
  for (const message of removed) yield { kind: "message-removed", before: message };
  for (const message of added) yield* messageAdded(message, before);
  for (const [from, to] of kept) yield* diffMessage(from, to);
  for (const [from, to] of pairs.opened) yield* diffMembers(from, to, before, after);
}

function* diffEnums(pairs: Pairs, before: Schema): Generator<Change> {
  const { removed, added, kept } = pairs.enum;
  for (const declared of removed) yield { kind: "enum-removed", before: declared };
  for (const declared of added) yield* enumAdded(declared, before);
  for (const [from, to] of kept) yield* diffEnum(from, to);
}

function* diffServices(pairs: Pairs, before: Schema): Generator<Change> {
  const { removed, added, kept } = pairs.service;
  for (const service of removed) yield { kind: "service-removed", before: service };
  for (const service of added) yield* serviceAdded(service, before);
  for (const [from, to] of kept) yield* diffService(from, to);
}

function* diffExtensions(pairs: Pairs, before: Schema, after: Schema): Generator<Change> {
  const { removed, added, kept } = pairs.extension;
  for (const field of removed) yield { kind: "extension-removed", before: field };
  for (const field of added)
    yield { kind: "field-added", after: field, parent: before.files.get(field.file.fullName) };
  for (const [from, to] of kept) if (!sameField(from, to)) yield* diffField(from, to, before, after);
}

function* diffPromises(pairs: Pairs, before: Schema, after: Schema): Generator<Change> {
  for (const [path, file] of before.files) {
    const partner = after.files.get(path);
    if (partner !== undefined) yield* diffPromise(file, partner);
  }
  for (const [from, to] of pairPromising(pairs)) if (!samePromise(from, to)) yield* diffPromise(from, to);
}
