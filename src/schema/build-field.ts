import {
  type DescriptorProto,
  Edition,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
} from "@bufbuild/protobuf/wkt";
import { common, withoutDot } from "./element-base.js";
import type { Features } from "./features.js";
import { jsonNameOf } from "./json-name.js";
import type { Cardinality, Container, Field, FieldType, Message, Oneof } from "./schema.js";

/** @param oneofs those of the enclosing message by their index; synthetic ones are `undefined` */
export function buildField(
  proto: FieldDescriptorProto,
  parent: Container,
  path: readonly number[],
  oneofs: readonly (Oneof | undefined)[],
): Field {
  const shared = common("field", proto, parent, path);
  const cardinality = cardinalityOf(proto, parent, shared.features);
  const oneof = proto.oneofIndex !== undefined && hasOneof(proto) ? oneofs[proto.oneofIndex] : undefined;
  const field: Field = {
    kind: "field",
    ...shared,
    parent,
    number: proto.number,
    type: typeOf(proto, shared.features, cardinality, parent),
    typeName: proto.typeName ? withoutDot(proto.typeName) : undefined,
    cardinality,
    requiredLabel: proto.label === FieldDescriptorProto_Label.REQUIRED,
    jstype: proto.options?.jstype ?? 0,
    cppStringType: cppStringTypeOf(proto, parent, shared.features),
    packed: cardinality === "repeated" && packable(proto) && isPacked(proto, shared.features),
    oneof,
    jsonName: proto.jsonName || jsonNameOf(proto.name),
    defaultValue: isSet(proto, "defaultValue") ? proto.defaultValue : undefined,
    extendee: proto.extendee ? withoutDot(proto.extendee) : undefined,
  };
  (oneof?.fields as Field[] | undefined)?.push(field);
  return field;
}

/**
 * The oneofs of a message by index, filled by `buildField` later; those that only make a proto3 `optional`
 * field's presence are left out.
 */
export function linkOneofs(
  proto: DescriptorProto,
  parent: Message,
  path: readonly number[],
  into: Oneof[],
): readonly (Oneof | undefined)[] {
  const synthetic = new Set(
    proto.field.filter((field) => field.proto3Optional).map((field) => field.oneofIndex),
  );
  return proto.oneofDecl.map((oneof, index) => {
    if (synthetic.has(index)) return undefined;
    const built: Oneof = {
      kind: "oneof",
      ...common("message", { name: oneof.name }, parent, [...path, 8, index]),
      parent,
      fields: [],
    };
    into.push(built);
    return built;
  });
}

/** protobuf-es has proto2 defaults on the prototype of descriptors, so that presence must be asked for. */
function isSet(proto: FieldDescriptorProto, key: "defaultValue" | "oneofIndex"): boolean {
  return Object.hasOwn(proto, key);
}

function hasOneof(proto: FieldDescriptorProto): boolean {
  return isSet(proto, "oneofIndex") && !proto.proto3Optional;
}

function cardinalityOf(proto: FieldDescriptorProto, parent: Container, features: Features): Cardinality {
  if (proto.label === FieldDescriptorProto_Label.REPEATED) return isMap(proto, parent) ? "map" : "repeated";
  if (proto.label === FieldDescriptorProto_Label.REQUIRED || features.fieldPresence === "LEGACY_REQUIRED")
    return "required";
  const explicit =
    proto.proto3Optional ||
    hasOneof(proto) ||
    proto.extendee !== "" ||
    isMessage(proto) ||
    features.fieldPresence === "EXPLICIT";
  return explicit ? "explicit" : "implicit";
}

/** A map's entry type is nested in the message that declares the map. */
function isMap(proto: FieldDescriptorProto, parent: Container): boolean {
  if (proto.type !== FieldDescriptorProto_Type.MESSAGE || parent.kind === "file") return false;
  const typeName = withoutDot(proto.typeName);
  return parent.messages.some((nested) => nested.mapEntry && nested.fullName === typeName);
}

function typeOf(
  proto: FieldDescriptorProto,
  features: Features,
  cardinality: Cardinality,
  parent: Container,
): FieldType {
  const name = FieldDescriptorProto_Type[proto.type].toLowerCase() as FieldType;
  const inEntry = parent.kind === "message" && parent.mapEntry;
  const delimited = features.messageEncoding === "DELIMITED" && cardinality !== "map" && !inEntry;
  return name === "message" && delimited ? "group" : name;
}

function isMessage({ type }: FieldDescriptorProto): boolean {
  return type === FieldDescriptorProto_Type.MESSAGE || type === FieldDescriptorProto_Type.GROUP;
}

function packable(proto: FieldDescriptorProto): boolean {
  const { STRING, BYTES } = FieldDescriptorProto_Type;
  return proto.type !== STRING && proto.type !== BYTES && !isMessage(proto);
}

/** From edition 2024 on only the feature counts; `ctype = STRING` may be written out against another one. */
function cppStringTypeOf(
  { options }: FieldDescriptorProto,
  parent: Container,
  features: Features,
): Field["cppStringType"] {
  const { edition } = parent.kind === "file" ? parent : parent.file;
  const early = edition < Edition.EDITION_2024;
  if (!early || options === undefined || !Object.hasOwn(options, "ctype")) return features.cppStringType;
  return ctypes[options.ctype] ?? features.cppStringType;
}

const ctypes: readonly Field["cppStringType"][] = ["STRING", "CORD", "STRING_PIECE"];

/** `[packed = …]` of proto2 and proto3 overrides what the syntax says. */
function isPacked(proto: FieldDescriptorProto, features: Features): boolean {
  const { options } = proto;
  if (options !== undefined && Object.hasOwn(options, "packed")) return options.packed;
  return features.repeatedFieldEncoding === "PACKED";
}
