import {
  type DescEnum,
  type DescExtension,
  type DescField,
  type DescMessage,
  type DescService,
  type FileRegistry,
  ScalarType,
} from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence, MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import type { Enum, Field, Message, Schema, Service } from "../../src/schema/index.js";

/** What there is to say of each message, enum, service and extension, by full name. */
type Told = Readonly<Record<string, unknown>>;

/** Our own account of an image. */
export function tellSchema(schema: Schema): Told {
  const told: Record<string, unknown> = {};
  for (const element of schema.elements.values()) {
    if (element.kind === "message" && !element.mapEntry) told[element.fullName] = tellMessage(element);
    if (element.kind === "enum") told[element.fullName] = tellEnum(element);
    if (element.kind === "service") told[element.fullName] = tellService(element);
    if (element.kind === "field" && element.extendee !== undefined)
      told[element.fullName] = { ...tellField(element), jsonName: undefined, extendee: element.extendee };
  }
  return told;
}

function tellMessage({ fields, oneofs, deprecated }: Message) {
  const members = oneofs.map((oneof) => [oneof.name, oneof.fields.map(({ name }) => name)]);
  return { fields: fields.map(tellField), oneofs: members, deprecated };
}

function tellField(field: Field) {
  const { name, number, type, typeName, cardinality, packed, jsonName, deprecated } = field;
  return {
    name,
    number,
    type,
    typeName,
    cardinality,
    packed,
    jsonName,
    deprecated,
    oneof: field.oneof?.name,
  };
}

function tellEnum({ values, closed, deprecated }: Enum) {
  return { values: values.map(({ name, number }) => [name, number]), closed, deprecated };
}

function tellService({ methods }: Service) {
  return methods.map(({ name, input, output, clientStreaming, serverStreaming, idempotency }) => ({
    ...{ name, input, output, clientStreaming, serverStreaming, idempotency },
  }));
}

/** The account of protobuf-es. */
export function tellRegistry(registry: FileRegistry): Told {
  const told: Record<string, unknown> = {};
  for (const desc of registry) {
    if (desc.kind === "message") told[desc.typeName] = tellMessageDesc(desc);
    if (desc.kind === "enum") told[desc.typeName] = tellEnumDesc(desc);
    if (desc.kind === "service") told[desc.typeName] = tellServiceDesc(desc);
    if (desc.kind === "extension")
      told[desc.typeName] = { ...tellFieldDesc(desc), jsonName: undefined, extendee: desc.extendee.typeName };
  }
  return told;
}

function tellMessageDesc({ fields, oneofs, deprecated }: DescMessage) {
  const members = oneofs.map((oneof) => [oneof.name, oneof.fields.map(({ name }) => name)]);
  return { fields: fields.map(tellFieldDesc), oneofs: members, deprecated };
}

function tellFieldDesc(desc: DescField | DescExtension) {
  const { name, number, jsonName, deprecated } = desc;
  return {
    ...{ name, number, jsonName, deprecated, type: typeOf(desc), cardinality: cardinalityOf(desc) },
    typeName: desc.fieldKind === "map" ? entryOf(desc) : (desc.enum ?? desc.message)?.typeName,
    packed: desc.fieldKind === "list" && desc.packed,
    oneof: desc.oneof?.name,
  };
}

function typeOf(desc: DescField | DescExtension): string {
  if (desc.fieldKind === "map") return "message";
  if (desc.enum !== undefined) return "enum";
  if (desc.message !== undefined) return desc.delimitedEncoding ? "group" : "message";
  return ScalarType[desc.scalar!]!.toLowerCase();
}

function cardinalityOf(desc: DescField | DescExtension): string {
  if (desc.fieldKind === "list") return "repeated";
  if (desc.fieldKind === "map") return "map";
  return FeatureSet_FieldPresence[desc.presence]!.replace("LEGACY_", "").toLowerCase();
}

/** protobuf-es knows no entry types; the descriptor names them. */
function entryOf(desc: DescField | DescExtension): string {
  return desc.proto.typeName.slice(1);
}

function tellEnumDesc({ values, open, deprecated }: DescEnum) {
  return { values: values.map(({ name, number }) => [name, number]), closed: !open, deprecated };
}

function tellServiceDesc({ methods }: DescService) {
  return methods.map(({ name, input, output, methodKind, idempotency }) => ({
    ...{ name, input: input.typeName, output: output.typeName },
    clientStreaming: methodKind === "client_streaming" || methodKind === "bidi_streaming",
    serverStreaming: methodKind === "server_streaming" || methodKind === "bidi_streaming",
    idempotency: MethodOptions_IdempotencyLevel[idempotency],
  }));
}
