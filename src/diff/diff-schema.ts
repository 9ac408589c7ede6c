import type { Declaration, Enum, Field, Message, Schema, Service } from "../schema/index.js";
import type { Change } from "./change.js";
import { diffEnum, enumAdded } from "./diff-enum.js";
import { diffField } from "./diff-field.js";
import { diffFiles } from "./diff-file.js";
import { diffMessage, messageAdded } from "./diff-message.js";
import { diffPackages } from "./diff-packages.js";
import { diffPromise, samePromise } from "./diff-promise.js";
import { diffService, serviceAdded } from "./diff-service.js";
import { type Pairing, pair } from "./pair.js";
import { sameField } from "./same-field.js";

/**
 * Every difference in meaning between two schemas; none between a schema and itself. Names are followed to
 * what they stand for, so that a file whose text is unchanged can have changes. Comments, order, source
 * positions and the split into files (but for the `left-file` kinds) make none.
 */
export function diffSchema(before: Schema, after: Schema): readonly Change[] {
  const pairs: Pairs = {
    message: pairKind("message", before, after),
    enum: pairKind("enum", before, after),
    service: pairKind("service", before, after),
    extension: pairExtensions(before, after),
  };
  return [
    ...diffPackages(before, after),
    ...diffFiles(before, after),
    ...diffMessages(pairs, before, after),
    ...diffEnums(pairs, before),
    ...diffServices(pairs, before),
    ...diffExtensions(pairs, before, after),
    ...diffPromises(pairs, before, after),
  ];
}

interface Pairs {
  readonly message: Pairing<Message>;
  readonly enum: Pairing<Enum>;
  readonly service: Pairing<Service>;
  readonly extension: Pairing<Field>;
}

function* diffMessages(pairs: Pairs, before: Schema, after: Schema): Generator<Change> {
  const { removed, added, kept } = pairs.message;
  for (const message of removed) yield { kind: "message-removed", before: message };
  for (const message of added) yield* messageAdded(message, before);
  for (const [from, to] of kept) yield* diffMessage(from, to, before, after);
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

/** Fields and values keep their number when they are renamed, and with it what was promised of them. */
function* pairPromising({ message, enum: declared, service, extension }: Pairs) {
  for (const both of message.kept) {
    yield both;
    yield* pair(both[0].fields, both[1].fields, ({ number }) => number).kept;
  }
  for (const both of declared.kept) {
    yield both;
    yield* pair(both[0].values, both[1].values, ({ number, name }) => `${number} ${name}`).kept;
  }
  for (const both of service.kept) {
    yield both;
    yield* pair(both[0].methods, both[1].methods, ({ name }) => name).kept;
  }
  yield* extension.kept;
}

/** Pairs by full name. */
function pairKind<Kind extends Declaration["kind"]>(kind: Kind, before: Schema, after: Schema) {
  type Wanted = Extract<Declaration, { readonly kind: Kind }>;
  const removed: Wanted[] = [];
  const kept: [Wanted, Wanted][] = [];
  for (const element of before.declared.values()) {
    if (element.kind !== kind) continue;
    const partner = after.declared.get(element.fullName);
    if (partner?.kind === kind) kept.push([element as Wanted, partner as Wanted]);
    else removed.push(element as Wanted);
  }
  const added: Wanted[] = [];
  for (const element of after.declared.values())
    if (element.kind === kind && before.declared.get(element.fullName)?.kind !== kind)
      added.push(element as Wanted);
  return { removed, added, kept };
}

/** Extensions are fields of what they extend: the number there is their identity, the name may change. */
function pairExtensions(before: Schema, after: Schema): Pairing<Field> {
  const keyOf = ({ extendee, number }: Field) => `${extendee} ${number}`;
  return pair(extensionsOf(before), extensionsOf(after), keyOf);
}

function extensionsOf(schema: Schema): readonly Field[] {
  return [...schema.declared.values()].filter((element) => element.kind === "field");
}
