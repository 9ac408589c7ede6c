import {
  type Element,
  type ElementKind,
  type Enum,
  elementsOf,
  type Message,
  type Schema,
  type SchemaFile,
} from "../schema/index.js";
import type { Change } from "./change.js";
import { pair } from "./pair.js";

/** What happened to files, and what those that survive no longer declare. */
export function* diffFiles(before: Schema, after: Schema): Generator<Change> {
  const { removed, kept } = pair(before.files.values(), after.files.values(), ({ fullName }) => fullName);
  for (const file of removed) yield { kind: "file-removed", before: file };
  for (const [from, to] of kept) yield* diffFile(from, to);
}

function* diffFile(before: SchemaFile, after: SchemaFile): Generator<Change> {
  if (before.package !== after.package)
    yield { kind: "file-package-changed", before, after, from: before.package, to: after.package };
  for (const message of lost("message", before, after))
    yield { kind: "message-left-file", before: message, parent: survivor(message, after) };
  for (const declared of lost("enum", before, after))
    yield { kind: "enum-left-file", before: declared, parent: survivor(declared, after) };
  for (const service of lost("service", before, after))
    yield { kind: "service-left-file", before: service, parent: after };
}

/** Names count without the package here: another package is a fact of its own. */
function lost<Kind extends ElementKind>(kind: Kind, before: SchemaFile, after: SchemaFile) {
  type Wanted = Extract<Element, { readonly kind: Kind }>;
  const ofKind = (file: SchemaFile) =>
    [...elementsOf(file)].filter((element) => element.kind === kind) as unknown as Wanted[];
  return pair(ofKind(before), ofKind(after), nestedName).removed;
}

/** The nearest message around a lost element that the file still declares, else the file. */
function survivor(lost: Message | Enum, after: SchemaFile): SchemaFile | Message {
  for (let { parent } = lost; parent.kind === "message"; { parent } = parent) {
    const name = nestedName(parent);
    const found = [...elementsOf(after)].find(
      (element): element is Message => element.kind === "message" && nestedName(element) === name,
    );
    if (found !== undefined) return found;
  }
  return after;
}

function nestedName(element: Element): string {
  const { package: scope } = element.kind === "file" ? element : element.file;
  return scope === "" ? element.fullName : element.fullName.slice(scope.length + 1);
}
