import {
  clearField,
  create,
  type DescMessage,
  isFieldSet,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import * as wkt from "@bufbuild/protobuf/wkt";
import type { Features } from "../../src/schema/features.js";
import type { Enum, Field, Message, Service } from "../../src/schema/index.js";
import { jsonNameOf } from "../../src/schema/json-name.js";
import { featureNames, overrideFeatures } from "../../src/schema/resolve-features.js";

/** An element that no other one encloses; a field is an extension here. */
export type TopLevel = Message | Enum | Service | Field;

/**
 * Serialises one top-level element so that nothing is left implicit: every element below it carries its
 * resolved features, a json_name only where it is not the default, and a default in one spelling.
 * @param file the decoded file of the element; the element's part of it is rewritten in place
 */
export function writeOut(
  element: TopLevel,
  file: wkt.FileDescriptorProto,
): { readonly typeName: string; readonly bytes: Uint8Array } {
  const index = element.path[1]!;
  const { features } = element.file;
  switch (element.kind) {
    case "message":
      return serialize(wkt.DescriptorProtoSchema, message(file.messageType[index]!, features));
    case "enum":
      return serialize(wkt.EnumDescriptorProtoSchema, enumeration(file.enumType[index]!, features));
    case "service":
      return serialize(wkt.ServiceDescriptorProtoSchema, service(file.service[index]!, features));
    case "field":
      return serialize(wkt.FieldDescriptorProtoSchema, field(file.extension[index]!, features));
  }
}

function serialize<Desc extends DescMessage>(schema: Desc, proto: MessageShape<Desc>) {
  return { typeName: schema.typeName, bytes: toBinary(schema, proto) };
}

function message(proto: wkt.DescriptorProto, outer: Features): wkt.DescriptorProto {
  const features = resolve(proto, create(wkt.MessageOptionsSchema), outer);
  for (const child of proto.oneofDecl) resolve(child, create(wkt.OneofOptionsSchema), features);
  for (const child of proto.extensionRange) resolve(child, create(wkt.ExtensionRangeOptionsSchema), features);
  for (const child of [...proto.field, ...proto.extension]) field(child, features);
  for (const child of proto.enumType) enumeration(child, features);
  for (const child of proto.nestedType) message(child, features);
  return proto;
}

function field(proto: wkt.FieldDescriptorProto, outer: Features): wkt.FieldDescriptorProto {
  resolve(proto, create(wkt.FieldOptionsSchema), outer);
  // No extension can choose its JSON name, and compilers differ in what they write there.
  if (proto.extendee !== "" || proto.jsonName === jsonNameOf(proto.name))
    clearField(proto, wkt.FieldDescriptorProtoSchema.field.jsonName);
  if (isFieldSet(proto, wkt.FieldDescriptorProtoSchema.field.defaultValue))
    proto.defaultValue = plainDefault(proto.type, proto.defaultValue);
  return proto;
}

/** Compilers print the same floating-point number differently: protoc 0.1, buf 0.10000000149011612. */
function plainDefault(type: wkt.FieldDescriptorProto_Type, text: string): string {
  const { FLOAT, DOUBLE } = wkt.FieldDescriptorProto_Type;
  const value = Number(text);
  if ((type !== FLOAT && type !== DOUBLE) || Number.isNaN(value)) return text;
  return String(type === FLOAT ? Math.fround(value) : value);
}

function enumeration(proto: wkt.EnumDescriptorProto, outer: Features): wkt.EnumDescriptorProto {
  const features = resolve(proto, create(wkt.EnumOptionsSchema), outer);
  for (const child of proto.value) resolve(child, create(wkt.EnumValueOptionsSchema), features);
  return proto;
}

function service(proto: wkt.ServiceDescriptorProto, outer: Features): wkt.ServiceDescriptorProto {
  const features = resolve(proto, create(wkt.ServiceOptionsSchema), outer);
  for (const child of proto.method) resolve(child, create(wkt.MethodOptionsSchema), features);
  return proto;
}

/** Replaces the features of an element's options by the resolved ones, and returns these. */
function resolve<Options extends { features?: wkt.FeatureSet | undefined }>(
  proto: { options?: Options | undefined },
  none: Options,
  outer: Features,
): Features {
  const features = overrideFeatures(outer, proto.options?.features);
  proto.options ??= none;
  proto.options.features = toFeatureSet(features);
  return features;
}

/** Features as a descriptor writes them: the reverse of `overrideFeatures`. */
function toFeatureSet(features: Features): wkt.FeatureSet {
  const numberOf = (name: keyof typeof featureNames) =>
    (featureNames[name] as readonly unknown[]).indexOf(features[name]);
  return create(wkt.FeatureSetSchema, {
    fieldPresence: numberOf("fieldPresence"),
    enumType: numberOf("enumType"),
    repeatedFieldEncoding: numberOf("repeatedFieldEncoding"),
    utf8Validation: numberOf("utf8Validation"),
    messageEncoding: numberOf("messageEncoding"),
    jsonFormat: numberOf("jsonFormat"),
  });
}
