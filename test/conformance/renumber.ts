import { clone, type DescFile } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  type FieldDescriptorProto,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import { factsOf, type TypeFacts } from "./type-facts.js";

/** What v4 can have as v3 has it. */
export type Part = "message sets";

/** What the mapping refuses so far; to be emptied. A test fails for what it does not refuse any more. */
export const stillKept: readonly Part[] = ["message sets"];

/** The package of the newer generation. */
export const newerPackage = (elder: string): string => `${elder}.renumbered`;

/** The newer name of a type. @param elder its package */
export function newerName(name: string, elder: string): string {
  return `${newerPackage(elder)}${name.slice(elder.length)}`;
}

/**
 * A newer generation of some files, in packages of their own, in which every field and extension has another
 * number. Within a message the numbers change hands, so that each means something else to the other
 * generation, and every third field moves far away besides, so that tags grow by two bytes and by one, and
 * shrink by one. A message's only field gets one of the greatest numbers there are, with a tag of five bytes.
 * @param kept what stays: message sets are v3's in v4 too
 */
export function renumber(
  files: readonly DescFile[],
  kept: readonly Part[] = stillKept,
): readonly FileDescriptorProto[] {
  const facts = factsOf(files);
  const names = new Map<string, string>();
  for (const [name, elder] of facts.packages)
    if (!kept.includes("message sets") || !facts.messageSets.has(name))
      names.set(`.${name}`, `.${newerName(name, elder)}`);
  return files.map(({ proto }) => {
    const newer = clone(FileDescriptorProtoSchema, proto);
    newer.name = `renumbered/${proto.name}`;
    newer.package = newerPackage(proto.package);
    newer.dependency.push(proto.name);
    newer.messageType = renumberScope(newer, newer.messageType, `.${proto.package}`, { facts, names });
    return newer;
  });
}

interface Context {
  readonly facts: TypeFacts;
  /** Newer by elder names of types, with the dot in front that descriptors write. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * The messages of a file or message, and its extensions, changed in place.
 * @param scope has the extensions
 * @returns the messages that v4 has
 */
function renumberScope(
  scope: { extension: FieldDescriptorProto[] },
  messages: readonly DescriptorProto[],
  name: string,
  context: Context,
): DescriptorProto[] {
  const { names, facts } = context;
  // Two extensions of one message, were it v3's in v4 too, cannot share a number.
  scope.extension = scope.extension.filter(({ extendee }) => names.has(extendee));
  for (const extension of scope.extension) {
    if (!facts.messageSets.has(extension.extendee.slice(1))) extension.number += far;
    retype(extension, names);
  }
  const taken = messages.filter((message) => names.has(`${name}.${message.name}`));
  for (const message of taken) renumberMessage(message, `${name}.${message.name}`, context);
  return taken;
}

function renumberMessage(message: DescriptorProto, name: string, context: Context): void {
  message.nestedType = renumberScope(message, message.nestedType, name, context);
  for (const field of message.field) retype(field, context.names);
  if (message.options?.mapEntry) return;
  if (!message.options?.messageSetWireFormat)
    for (const range of message.extensionRange) {
      range.start += far;
      range.end += far;
    }
  const numbers = message.field.map(({ number }) => number);
  const half = numbers.length >> 1;
  message.field.forEach((field, index) => {
    const other = numbers[(index + half) % numbers.length]!;
    field.number = half === 0 ? greatest - other : other + (index % 3 === 0 ? far : 0);
  });
}

function retype(field: FieldDescriptorProto, names: ReadonlyMap<string, string>): void {
  field.typeName = names.get(field.typeName) ?? field.typeName;
  field.extendee = names.get(field.extendee) ?? field.extendee;
}

/** Beyond all that the test messages declare, reserve or keep for extensions, but for their last reservation. */
const far = 100_000;
const greatest = 2 ** 29 - 1;
