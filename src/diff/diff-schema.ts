import { type Element, type ElementKind, elementsOf, type Field, type Schema } from "../schema/index.js";
import type { Change } from "./change.js";
import { diffEnum, enumAdded } from "./diff-enum.js";
import { diffField } from "./diff-field.js";
import { diffFiles } from "./diff-file.js";
import { diffMessage, messageAdded } from "./diff-message.js";
import { diffPackages } from "./diff-packages.js";
import { diffPromise } from "./diff-promise.js";
import { diffService, serviceAdded } from "./diff-service.js";
import { pair } from "./pair.js";

/**
 * Every difference in meaning between two schemas; none between a schema and itself. Names are followed to
 * what they stand for, so that a file whose text is unchanged can have changes. Comments, order, source
 * positions and the split into files (but for the `left-file` kinds) make none.
 */
export function diffSchema(before: Schema, after: Schema): readonly Change[] {
  return [
    ...diffPackages(before, after),
    ...diffFiles(before, after),
    ...diffMessages(before, after),
    ...diffEnums(before, after),
    ...diffServices(before, after),
    ...diffExtensions(before, after),
    ...diffPromises(before, after),
  ];
}

function* diffMessages(before: Schema, after: Schema): Generator<Change> {
  const { removed, added, kept } = pairKind("message", before, after);
  for (const message of removed) yield { kind: "message-removed", before: message };
  for (const message of added) yield* messageAdded(message, before);
  for (const [from, to] of kept) yield* diffMessage(from, to, before, after);
}

function* diffEnums(before: Schema, after: Schema): Generator<Change> {
  const { removed, added, kept } = pairKind("enum", before, after);
  for (const declared of removed) yield { kind: "enum-removed", before: declared };
  for (const declared of added) yield* enumAdded(declared, before);
  for (const [from, to] of kept) yield* diffEnum(from, to);
}

function* diffServices(before: Schema, after: Schema): Generator<Change> {
  const { removed, added, kept } = pairKind("service", before, after);
  for (const service of removed) yield { kind: "service-removed", before: service };
  for (const service of added) yield* serviceAdded(service, before);
  for (const [from, to] of kept) yield* diffService(from, to);
}

/** Extensions are fields of what they extend: the number there is their identity, the name may change. */
function* diffExtensions(before: Schema, after: Schema): Generator<Change> {
  const { removed, added, kept } = pair(
    extensionsOf(before),
    extensionsOf(after),
    ({ extendee, number }) => `${extendee} ${number}`,
  );
  for (const field of removed) yield { kind: "extension-removed", before: field };
  for (const field of added)
    yield { kind: "field-added", after: field, parent: before.files.get(field.file.fullName) };
  for (const [from, to] of kept) yield* diffField(from, to, before, after);
}

function* diffPromises(before: Schema, after: Schema): Generator<Change> {
  for (const [path, file] of before.files) {
    const partner = after.files.get(path);
    if (partner !== undefined) yield* diffPromise(file, partner);
  }
  for (const [from, to] of pairPromising(before, after)) yield* diffPromise(from, to);
}

/** Fields and values keep their number when they are renamed, and with it what was promised of them. */
function pairPromising(before: Schema, after: Schema): readonly (readonly [Element, Element])[] {
  const keyOf = (element: Element): string => {
    if (element.kind === "field") return `${element.extendee ?? element.parent.fullName} ${element.number}`;
    if (element.kind === "enum-value") return `${element.parent.fullName} ${element.number} ${element.name}`;
    return `${element.kind} ${element.fullName}`;
  };
  const promising = (schema: Schema) => [...elements(schema)].filter((element) => element.kind !== "oneof");
  return pair(promising(before), promising(after), keyOf).kept;
}

function pairKind<Kind extends ElementKind>(kind: Kind, before: Schema, after: Schema) {
  type Wanted = Extract<Element, { readonly kind: Kind }>;
  const ofKind = (schema: Schema) =>
    [...schema.elements.values()].filter((element): element is Wanted => element.kind === kind);
  return pair(ofKind(before), ofKind(after), ({ fullName }) => fullName);
}

function* elements(schema: Schema): Generator<Element> {
  for (const file of schema.files.values()) yield* elementsOf(file);
}

function extensionsOf(schema: Schema): readonly Field[] {
  return [...elements(schema)].filter(
    (element): element is Field => element.kind === "field" && element.extendee !== undefined,
  );
}
