import {
  create,
  createFileRegistry,
  type DescMessage,
  type FileRegistry,
  fromBinary,
  fromJson,
  type JsonValue,
  toBinary,
} from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import {
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import type { Field, Schema, SchemaFile } from "../schema/index.js";

/**
 * One value of a field's type, given as protobuf JSON, in canonical encoding without tag and length.
 * @throws Error when it is no JSON of that type
 */
export function encodeJson(field: Field, json: JsonValue, schema: Schema): Uint8Array {
  const registry = registryOf(field, schema);
  const holder = registry.getMessage(holderName) as DescMessage;
  const bytes = toBinary(holder, fromJson(holder, { value: json }, { registry }));
  if (bytes.length === 0) throw new Error("null is no value");
  const reader = new BinaryReader(bytes);
  const [, wireType] = reader.tag();
  return wireType === WireType.LengthDelimited ? reader.bytes() : bytes.subarray(reader.pos);
}

/** The types that a field's file sees, and a message whose one field, which has presence, is like this one. */
function registryOf(field: Field, schema: Schema): FileRegistry {
  const files = [...reachedFiles(field.file, schema)].map(({ bytes }) =>
    fromBinary(FileDescriptorProtoSchema, bytes),
  );
  const holder = create(FileDescriptorProtoSchema, {
    name: `${holderName}.proto`,
    dependency: files.map(({ name }) => name),
    messageType: [{ name: holderName, field: [likeField(field)] }],
  });
  return createFileRegistry(create(FileDescriptorSetSchema, { file: [...files, holder] }));
}

function likeField({ type, typeName }: Field): FieldDescriptorProto {
  const upper = (type === "group" ? "message" : type).toUpperCase() as keyof typeof FieldDescriptorProto_Type;
  return create(FieldDescriptorProtoSchema, {
    name: "value",
    jsonName: "value",
    number: 1,
    label: FieldDescriptorProto_Label.OPTIONAL,
    type: FieldDescriptorProto_Type[upper],
    ...(typeName === undefined ? {} : { typeName: `.${typeName}` }),
  });
}

/** Each after those that it imports. */
function reachedFiles(
  file: SchemaFile,
  schema: Schema,
  reached: Set<SchemaFile> = new Set(),
): ReadonlySet<SchemaFile> {
  if (reached.has(file)) return reached;
  for (const path of file.dependencies) {
    const imported = schema.files.get(path);
    if (imported !== undefined) reachedFiles(imported, schema, reached);
  }
  return reached.add(file);
}

const holderName = "Proto4BridgeDefault";
