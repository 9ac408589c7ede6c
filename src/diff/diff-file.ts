import type {
  Container,
  Element,
  Enum,
  Field,
  FileOption,
  Message,
  Schema,
  SchemaFile,
} from "../schema/index.js";
import type { Change } from "./change.js";
import { pair } from "./pair.js";
import { nestedName, survivor } from "./survivor.js";

/** What happened to files, and what those that survive no longer declare. */
export function* diffFiles(before: Schema, after: Schema): Generator<Change> {
  for (const [path, file] of before.files) {
    const partner = after.files.get(path);
    if (partner === undefined) {
      yield { kind: "file-removed", before: file };
      continue;
    }
    yield* diffHead(file, partner);
    yield* diffDeclared(file, partner);
  }
}

function* diffHead(before: SchemaFile, after: SchemaFile): Generator<Change> {
  const both = { before, after };
  if (before.package !== after.package)
    yield { kind: "file-package-changed", ...both, from: before.package, to: after.package };
  if (before.syntax !== after.syntax)
    yield { kind: "file-syntax-changed", ...both, from: before.syntax, to: after.syntax };
  for (const path of before.publicDependencies)
    if (!after.publicDependencies.includes(path))
      yield { kind: "public-import-removed", ...both, from: path, to: "" };
  for (const option of Object.keys(before.options) as FileOption[]) {
    const [from, to] = [before.options[option], after.options[option]];
    if (from !== to) yield { kind: "file-option-changed", ...both, option, from, to };
  }
}

function* diffDeclared(before: SchemaFile, after: SchemaFile): Generator<Change> {
  const [from, to] = [declaredIn(before), declaredIn(after)];
  for (const message of lost(from.messages, to.messages))
    yield { kind: "message-left-file", before: message, parent: survivor(message, after) };
  for (const declared of lost(from.enums, to.enums))
    yield { kind: "enum-left-file", before: declared, parent: survivor(declared, after) };
  for (const field of lost(from.extensions, to.extensions))
    yield { kind: "extension-left-file", before: field, parent: survivor(field, after) };
  for (const service of lost(before.services, after.services))
    yield { kind: "service-left-file", before: service, parent: after };
}

/** Names count without the package here: another package is a fact of its own. */
function lost<E extends Exclude<Element, SchemaFile>>(before: readonly E[], after: readonly E[]) {
  return pair(before, after, nestedName).removed;
}

interface Declared {
  readonly messages: Message[];
  readonly enums: Enum[];
  readonly extensions: Field[];
}

/** The types and extensions of a file, however deep. */
function declaredIn(container: Container, into?: Declared): Declared {
  const declared = into ?? { messages: [], enums: [], extensions: [] };
  declared.messages.push(...container.messages);
  declared.enums.push(...container.enums);
  declared.extensions.push(...container.extensions);
  for (const message of container.messages) declaredIn(message, declared);
  return declared;
}
