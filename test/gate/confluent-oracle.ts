import type { DescField, DescFile, DescMessage, FileRegistry } from "@bufbuild/protobuf";
import { ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";

/** What the notes' account of Confluent's view calls incompatible: the rule's id and the field, message or file. */
export type Offence = string;

/**
 * The account restated over protobuf-es' descriptors: file by file, messages by their names within the package. A
 * changed package is all there is to say of a file, but for messages that are gone.
 */
export function incompatibilities(before: readonly DescFile[], after: FileRegistry): ReadonlySet<Offence> {
  const found = new Set<Offence>();
  for (const file of before) {
    const partner = after.getFile(`${file.name}.proto`);
    if (partner === undefined) throw new Error(`${file.name} is gone, which no pair has`);
    const moved = file.proto.package !== partner.proto.package;
    if (moved) found.add(`CONFLUENT_FILE_SAME_PACKAGE ${file.name}.proto`);
    const inside = moved ? new Set<Offence>() : found;
    compareAll(file.messages, partner.messages, found, inside, true);
  }
  return found;
}

function compareAll(
  before: readonly DescMessage[],
  after: readonly DescMessage[],
  gone: Set<Offence>,
  found: Set<Offence>,
  deep: boolean,
): void {
  for (const message of before) {
    const partner = after.find(({ name }) => name === message.name);
    if (partner === undefined) gone.add(`CONFLUENT_MESSAGE_NO_DELETE ${message.typeName}`);
    else {
      compareMessage(message, partner, found, []);
      if (deep) compareAll(message.nestedMessages, partner.nestedMessages, gone, found, deep);
    }
  }
}

function compareMessage(
  before: DescMessage,
  after: DescMessage,
  found: Set<Offence>,
  within: readonly string[],
): void {
  const say = (rule: string, field: DescField) => found.add(`${rule} ${field.parent.typeName}.${field.name}`);
  for (const field of before.fields) {
    const now = after.fields.find(({ number }) => number === field.number);
    if (now !== undefined) {
      const wrong = wrongTypes(field, now, within);
      for (const rule of wrong) say(rule, field);
      if (wrong.length === 0 && isNumber(field) && label(field) !== label(now))
        say("CONFLUENT_FIELD_SAME_NUMERIC_LABEL", field);
      continue;
    }
    if (label(field) === "required") say("CONFLUENT_MESSAGE_SAME_REQUIRED_FIELDS", field);
    const { oneof } = field;
    if (oneof !== undefined && after.oneofs.some(({ name }) => name === oneof.name))
      say("CONFLUENT_ONEOF_FIELD_NO_DELETE", field);
  }
  for (const field of after.fields)
    if (label(field) === "required" && !before.fields.some(({ number }) => number === field.number))
      say("CONFLUENT_MESSAGE_SAME_REQUIRED_FIELDS", field);
  if (after.oneofs.some((oneof) => isFilledUp(oneof.name, before, after)))
    found.add(`CONFLUENT_FIELD_SAME_ONEOF ${before.typeName}`);
}

/** Several fields moved in, or one moved into what is there already. */
function isFilledUp(oneof: string, before: DescMessage, after: DescMessage): boolean {
  const members = after.fields.filter((field) => field.oneof?.name === oneof);
  const stood = before.fields.filter((field) => members.some(({ number }) => number === field.number));
  const isThere = before.oneofs.some(({ name }) => name === oneof);
  const movedIn = stood.filter((field) => field.oneof?.name !== oneof);
  if (isThere) return movedIn.length > 0;
  // A oneof whose members stood in one oneof is that one renamed, or a part of it.
  const [first] = movedIn;
  const isOne =
    first?.oneof !== undefined && movedIn.every((field) => field.oneof?.name === first.oneof?.name);
  return movedIn.length > 1 && !isOne;
}

function wrongTypes(before: DescField, after: DescField, within: readonly string[]): readonly string[] {
  const [from, to] = [partsOf(before), partsOf(after)];
  if (from.length !== to.length) return ["CONFLUENT_FIELD_SAME_KIND"];
  return from.flatMap((part, index) => wrongPart(part, to[index]!, within) ?? []);
}

type Part = { readonly scalar: string } | { readonly message: DescMessage; readonly delimited: boolean };

/** A map has two, its key and its value; they are never delimited. */
function partsOf(field: DescField): readonly Part[] {
  if (field.fieldKind === "map") return [{ scalar: ScalarType[field.mapKey] }, partOf(field, false)];
  return [partOf(field, "delimitedEncoding" in field && field.delimitedEncoding)];
}

function partOf({ enum: declared, message, scalar }: DescField, delimited: boolean): Part {
  if (message !== undefined) return { message, delimited };
  return { scalar: declared === undefined ? ScalarType[scalar!] : "ENUM" };
}

function wrongPart(before: Part, after: Part, within: readonly string[]): string | undefined {
  if ("scalar" in before && "scalar" in after)
    return groupOf(before.scalar) === groupOf(after.scalar) ? undefined : "CONFLUENT_FIELD_SAME_SCALAR_KIND";
  if ("scalar" in before || "scalar" in after || before.delimited !== after.delimited)
    return "CONFLUENT_FIELD_SAME_KIND";
  return isSame(before.message, after.message, within) ? undefined : "CONFLUENT_FIELD_SAME_NAMED_TYPE";
}

/** By name; of another package, by structure, nested messages and all. */
function isSame(before: DescMessage, after: DescMessage, within: readonly string[]): boolean {
  if (before.typeName === after.typeName || within.includes(pairOf(before, after))) return true;
  if (nameIn(before) !== nameIn(after)) return false;
  const found = new Set<Offence>();
  compareTree(before, after, found, [...within, pairOf(before, after)]);
  return found.size === 0;
}

function compareTree(
  before: DescMessage,
  after: DescMessage,
  found: Set<Offence>,
  within: readonly string[],
): void {
  compareMessage(before, after, found, within);
  for (const nested of before.nestedMessages) {
    const partner = after.nestedMessages.find(({ name }) => name === nested.name);
    if (partner === undefined) found.add(`CONFLUENT_MESSAGE_NO_DELETE ${nested.typeName}`);
    else compareTree(nested, partner, found, [...within, pairOf(nested, partner)]);
  }
}

function pairOf(before: DescMessage, after: DescMessage): string {
  return `${before.typeName} ${after.typeName}`;
}

function nameIn({ typeName, file }: DescMessage): string {
  return typeName.slice(file.proto.package.length);
}

function label(field: DescField): "repeated" | "required" | "optional" {
  if (field.fieldKind === "list" || field.fieldKind === "map") return "repeated";
  return field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED ? "required" : "optional";
}

function isNumber(field: DescField): boolean {
  if (field.fieldKind === "map" || field.message !== undefined) return false;
  return field.enum !== undefined || groupOf(ScalarType[field.scalar!]) !== groupOf("STRING");
}

function groupOf(scalar: string): number {
  return [
    /^(U?INT(32|64)|BOOL|ENUM)$/,
    /^SINT(32|64)$/,
    /^(STRING|BYTES)$/,
    /^S?FIXED32$/,
    /^S?FIXED64$/,
    /^FLOAT$/,
    /^DOUBLE$/,
  ].findIndex((group) => group.test(scalar));
}
