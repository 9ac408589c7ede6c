import {
  create,
  createFileRegistry,
  type FileRegistry,
  type MessageInitShape,
  toBinary,
} from "@bufbuild/protobuf";
import {
  type DescriptorProtoSchema,
  Edition,
  type EnumDescriptorProtoSchema,
  FeatureSet_EnumType,
  FeatureSet_FieldPresence,
  FeatureSet_MessageEncoding,
  FeatureSet_RepeatedFieldEncoding,
  FeatureSet_Utf8Validation,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  type FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import { type Image, sliceImage } from "../../../src/image/index.js";
import { type FieldModel, isMessage, isText, type MessageModel, type Side, type Syntax } from "./model.js";

type FieldInit = MessageInitShape<typeof FieldDescriptorProtoSchema>;
type MessageInit = MessageInitShape<typeof DescriptorProtoSchema>;
type EnumInit = MessageInitShape<typeof EnumDescriptorProtoSchema>;

/** What the gate judges. */
export function imageOf(side: Side): Image {
  return sliceImage(toBinary(FileDescriptorSetSchema, descriptorSet(side)), "a generated pair");
}

/**
 * What protobuf-es encodes and decodes with. Text that nobody validates is bytes on the wire, says the specification,
 * and may be replaced by whoever reads it; JavaScript's strings cannot hold it, so it is declared as bytes here.
 */
export function codecOf(side: Side): FileRegistry {
  const messages = Object.entries(side.messages).map(([name, message]) => [
    name,
    { ...message, fields: message.fields.map(asBytes) },
  ]);
  return createFileRegistry(descriptorSet({ ...side, messages: Object.fromEntries(messages) }));
}

function asBytes(field: FieldModel): FieldModel {
  return field.type === "string" && field.unverified
    ? { ...field, type: "bytes", unverified: undefined }
    : field;
}

function descriptorSet(side: Side) {
  const { syntax } = side;
  const file = create(FileDescriptorProtoSchema, {
    name: "a.proto",
    package: "p",
    syntax: syntax === "2023" ? "editions" : syntax,
    ...(syntax === "2023" && { edition: Edition.EDITION_2023 }),
    messageType: messagesIn("", side),
    enumType: Object.keys(side.enums).map((name) => enumInit(name, side)),
  });
  return create(FileDescriptorSetSchema, { file: [file] });
}

/** @param scope name of the enclosing message with a dot; "" for the file */
function messagesIn(scope: string, side: Side): MessageInit[] {
  return Object.entries(side.messages)
    .filter(([name]) => name.startsWith(scope) && !name.slice(scope.length).includes("."))
    .map(([name, message]) => messageInit(name, message, side));
}

function messageInit(fullName: string, message: MessageModel, side: Side): MessageInit {
  const oneofs = [...new Set(message.fields.flatMap(({ oneof }) => oneof ?? []))];
  const optional = message.fields.filter((field) => isSynthetic(field, side.syntax));
  const names = [...oneofs, ...optional.map(({ name }) => `_${name}`)];
  const fields = message.fields.map((field) => fieldInit(field, fullName, side, names));
  const entries = message.fields.filter(({ cardinality }) => cardinality === "map");
  return {
    name: fullName.split(".").at(-1)!,
    field: fields,
    oneofDecl: names.map((name) => ({ name })),
    nestedType: [...messagesIn(`${fullName}.`, side), ...entries.map((field) => entryInit(field, side))],
    reservedRange: message.reserved.map((start) => ({ start, end: start + 1 })),
  };
}

function entryInit(field: FieldModel, side: Side): MessageInit {
  const key = { number: 1, name: "key", type: field.key!, cardinality: "explicit" } as const;
  const value = {
    ...field,
    number: 2,
    name: "value",
    cardinality: "explicit",
    unverified: undefined,
  } as const;
  const fields = [key, value].map((part) => fieldInit(part, "", { ...side, syntax: "proto2" }, []));
  return { name: entryName(field), field: fields, options: { mapEntry: true } };
}

function entryName({ name }: FieldModel): string {
  return `${name[0]!.toUpperCase()}${name.slice(1)}Entry`;
}

function fieldInit(field: FieldModel, scope: string, side: Side, oneofs: readonly string[]): FieldInit {
  const { name, number, cardinality, oneof, of } = field;
  const synthetic = isSynthetic(field, side.syntax);
  const index = oneofs.indexOf(synthetic ? `_${name}` : (oneof ?? ""));
  const isMap = cardinality === "map";
  return {
    name,
    number,
    label: labelOf(field, side.syntax),
    type: isMap ? FieldDescriptorProto_Type.MESSAGE : typeOf(field, side.syntax),
    ...(isMap
      ? { typeName: `.p.${scope}.${entryName(field)}` }
      : of !== undefined && { typeName: `.p.${of}` }),
    ...(index >= 0 && { oneofIndex: index }),
    ...(synthetic && { proto3Optional: true }),
    ...(field.default !== undefined && { defaultValue: defaultOf(field) }),
    options: optionsOf(field, side.syntax),
  };
}

function defaultOf({ type, of, default: declared }: FieldModel): string {
  return type === "enum" ? valueName(of!, Number(declared)) : declared!;
}

function isSynthetic(field: FieldModel, syntax: Syntax): boolean {
  const { cardinality, oneof } = field;
  return syntax === "proto3" && cardinality === "explicit" && oneof === undefined && !isMessage(field);
}

function labelOf({ cardinality }: FieldModel, syntax: Syntax): FieldDescriptorProto_Label {
  if (cardinality === "repeated" || cardinality === "map") return FieldDescriptorProto_Label.REPEATED;
  const isRequired = cardinality === "required" && syntax !== "2023";
  return isRequired ? FieldDescriptorProto_Label.REQUIRED : FieldDescriptorProto_Label.OPTIONAL;
}

function typeOf({ type }: FieldModel, syntax: Syntax): FieldDescriptorProto_Type {
  const name = type === "group" && syntax === "2023" ? "message" : type;
  return FieldDescriptorProto_Type[name.toUpperCase() as keyof typeof FieldDescriptorProto_Type];
}

function optionsOf(field: FieldModel, syntax: Syntax): NonNullable<FieldInit["options"]> {
  if (syntax !== "2023") return field.packed === undefined ? {} : { packed: field.packed };
  return { features: featuresOf(field) };
}

function featuresOf(field: FieldModel) {
  const { cardinality, type, unverified, packed, oneof } = field;
  const isSingular = cardinality !== "repeated" && cardinality !== "map";
  return {
    ...(isSingular && !isMessage(field) && oneof === undefined && cardinality === "implicit"
      ? { fieldPresence: FeatureSet_FieldPresence.IMPLICIT }
      : cardinality === "required" && { fieldPresence: FeatureSet_FieldPresence.LEGACY_REQUIRED }),
    ...(type === "group" && { messageEncoding: FeatureSet_MessageEncoding.DELIMITED }),
    ...(isText(field) && unverified && { utf8Validation: FeatureSet_Utf8Validation.NONE }),
    ...(packed === false && { repeatedFieldEncoding: FeatureSet_RepeatedFieldEncoding.EXPANDED }),
  };
}

function enumInit(name: string, { enums, syntax }: Side): EnumInit {
  const { numbers, reserved, closed } = enums[name]!;
  const features = { features: { enumType: closed ? FeatureSet_EnumType.CLOSED : FeatureSet_EnumType.OPEN } };
  return {
    name,
    value: numbers.map((number) => ({ name: valueName(name, number), number })),
    reservedRange: reserved.map((number) => ({ start: number, end: number })),
    ...(syntax === "2023" && { options: features }),
  };
}

function valueName(name: string, number: number): string {
  return `${name}_${number}`.replace("-", "MINUS_");
}
