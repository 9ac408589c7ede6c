import type { FieldDescriptor, MembersDescriptor } from "./descriptor.js";
import { EDITION_2024 } from "./edition-of.js";
import { fileAround, join, lifecycleIn, scopeOf } from "./element-base.js";
import type { Features } from "./features.js";
import { jsonNameOf } from "./json-name.js";
import type { Place } from "./place.js";
import { inheritLifecycle } from "./read-lifecycle.js";
import { overrideFeatures } from "./resolve-features.js";
import type { Cardinality, Container, Field, FieldType, Message, Oneof } from "./schema.js";

/** @param oneofs those of the enclosing message by their index; synthetic ones are `undefined` */
export function buildField(
  proto: FieldDescriptor,
  parent: Container,
  { path }: Place,
  oneofs: readonly (Oneof | undefined)[],
): Field {
  const { options } = proto;
  const features = overrideFeatures(parent.features, options?.features);
  const cardinality = cardinalityOf(proto, parent, features);
  const oneof = proto.oneofIndex !== undefined && hasOneof(proto) ? oneofs[proto.oneofIndex] : undefined;
  const field: Field = {
    kind: "field",
    name: proto.name,
    fullName: join(scopeOf(parent), proto.name),
    file: fileAround(parent),
    path,
    features,
    lifecycle: lifecycleIn(parent, options, path),
    deprecated: options?.deprecated ?? false,
    parent,
    number: proto.number,
    type: typeOf(proto, features, cardinality, parent),
    typeName: proto.typeName || undefined,
    cardinality,
    requiredLabel: proto.label === LABEL_REQUIRED,
    jstype: options?.jstype ?? 0,
    cppStringType: cppStringTypeOf(proto, parent, features),
    packed: cardinality === "repeated" && packable(proto) && isPacked(proto, features),
    oneof,
    jsonName: proto.jsonName || jsonNameOf(proto.name),
    defaultValue: proto.defaultValue,
    extendee: proto.extendee || undefined,
  };
  (oneof?.fields as Field[] | undefined)?.push(field);
  return field;
}

/**
 * The oneofs of a message by index, filled by `buildField` later; those that only make a proto3 `optional`
 * field's presence are left out.
 */
export function linkOneofs(
  proto: MembersDescriptor,
  parent: Message,
  place: Place,
): readonly (Oneof | undefined)[] {
  if (proto.oneofDecl.length === 0) return noOneofs;
  const synthetic = new Set(
    proto.field.filter((field) => field.proto3Optional).map((field) => field.oneofIndex),
  );
  return proto.oneofDecl.map((oneof, index) => {
    if (synthetic.has(index)) return undefined;
    return {
      kind: "oneof",
      name: oneof.name,
      fullName: join(parent.fullName, oneof.name),
      file: parent.file,
      path: place.child(8, index).path,
      features: overrideFeatures(parent.features, oneof.options?.features),
      lifecycle: inheritLifecycle(parent.lifecycle),
      deprecated: false,
      parent,
      fields: [],
    };
  });
}

const noOneofs: readonly (Oneof | undefined)[] = [];

function hasOneof(proto: FieldDescriptor): boolean {
  return proto.oneofIndex !== undefined && !proto.proto3Optional;
}

function cardinalityOf(proto: FieldDescriptor, parent: Container, features: Features): Cardinality {
  if (proto.label === LABEL_REPEATED) return isMap(proto, parent) ? "map" : "repeated";
  if (proto.label === LABEL_REQUIRED || features.fieldPresence === "LEGACY_REQUIRED") return "required";
  const explicit =
    proto.proto3Optional ||
    hasOneof(proto) ||
    proto.extendee !== "" ||
    isMessage(proto) ||
    features.fieldPresence === "EXPLICIT";
  return explicit ? "explicit" : "implicit";
}

/** A map's entry type is nested in the message that declares the map. */
function isMap(proto: FieldDescriptor, parent: Container): boolean {
  if (typeNames[proto.type] !== "message" || parent.kind === "file") return false;
  return parent.messages.some((nested) => nested.mapEntry && nested.fullName === proto.typeName);
}

function typeOf(
  proto: FieldDescriptor,
  features: Features,
  cardinality: Cardinality,
  parent: Container,
): FieldType {
  const name = typeNames[proto.type]!;
  const inEntry = parent.kind === "message" && parent.mapEntry;
  const delimited = features.messageEncoding === "DELIMITED" && cardinality !== "map" && !inEntry;
  return name === "message" && delimited ? "group" : name;
}

function isMessage({ type }: FieldDescriptor): boolean {
  return typeNames[type] === "message" || typeNames[type] === "group";
}

function packable(proto: FieldDescriptor): boolean {
  const type = typeNames[proto.type];
  return type !== "string" && type !== "bytes" && !isMessage(proto);
}

/** From edition 2024 on only the feature counts; `ctype = STRING` may be written out against another one. */
function cppStringTypeOf(
  { options }: FieldDescriptor,
  parent: Container,
  features: Features,
): Field["cppStringType"] {
  const { edition } = parent.kind === "file" ? parent : parent.file;
  const early = edition < EDITION_2024;
  if (!early || options?.ctype === undefined) return features.cppStringType;
  return ctypes[options.ctype] ?? features.cppStringType;
}

const ctypes: readonly Field["cppStringType"][] = ["STRING", "CORD", "STRING_PIECE"];

/** `[packed = …]` of proto2 and proto3 overrides what the syntax says. */
function isPacked(proto: FieldDescriptor, features: Features): boolean {
  return proto.options?.packed ?? features.repeatedFieldEncoding === "PACKED";
}

const LABEL_REQUIRED = 2;
const LABEL_REPEATED = 3;

/** By their number in `google.protobuf.FieldDescriptorProto.Type`. */
const typeNames: readonly (FieldType | undefined)[] = [
  undefined,
  "double",
  "float",
  "int64",
  "uint64",
  "int32",
  "fixed64",
  "fixed32",
  "bool",
  "string",
  "group",
  "message",
  "bytes",
  "uint32",
  "enum",
  "sfixed32",
  "sfixed64",
  "sint32",
  "sint64",
];
