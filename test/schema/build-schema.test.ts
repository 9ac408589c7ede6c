import { clearField, create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  Edition,
  FieldDescriptorProtoSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import { sliceFile } from "../../src/image/index.js";
import { buildSchema, type Field, locate } from "../../src/schema/index.js";
import { googleApis, registryOf, schemaOf, shopContract } from "./real-images.js";
import { tellRegistry, tellSchema } from "./tell.js";

describe("protobuf-es says the same", () => {
  test("of Google's APIs", async () => {
    const image = await googleApis();
    expect(image.files.length).toBeGreaterThan(100);
    expect(tellSchema(buildSchema(image.files))).toEqual(tellRegistry(registryOf(image)));
  });

  test("of a contract in proto2, proto3 and edition 2023", async () => {
    const image = await shopContract();
    const told = tellSchema(buildSchema(image.files));
    expect(told).toEqual(tellRegistry(registryOf(image)));
    // Not vacuous: what Google's APIs lack is there.
    const text = JSON.stringify(told);
    for (const kind of ["group", "required", "implicit", "explicit", "map"])
      expect(text).toContain(`"${kind}"`);
  });
});

test("a JSON name that the image leaves out is the one that the compiler would have written", async () => {
  const image = await googleApis();
  const files = image.files.map((file) => rewrite(file.bytes, withoutJsonNames));
  expect(tellSchema(buildSchema(files))).toEqual(tellSchema(buildSchema(image.files)));
});

test("features are inherited from file to message to field, and overridden on the way", async () => {
  const schema = await schemaOf({
    "a.proto": `edition = "2024";
      package a;
      option features.field_presence = IMPLICIT;
      message M {
        option features.json_format = LEGACY_BEST_EFFORT;
        int32 i = 1;
        int32 e = 2 [features.field_presence = EXPLICIT];
        int32 r = 3 [features.field_presence = LEGACY_REQUIRED];
        repeated int32 x = 4 [features.repeated_field_encoding = EXPANDED];
        M d = 5 [features.message_encoding = DELIMITED];
        map<int32, M> m = 6;
      }`,
  });
  const fields = [1, 2, 3, 4, 5, 6].map((n) => fieldOf(schema.elements.get("a.M"), n));
  expect(fields.map(({ cardinality, type }) => `${cardinality} ${type}`)).toEqual([
    "implicit int32",
    "explicit int32",
    "required int32",
    "repeated int32",
    "explicit group",
    "map message",
  ]);
  expect(fields[3]).toMatchObject({ packed: false, features: { jsonFormat: "LEGACY_BEST_EFFORT" } });
  expect(schema.files.get("a.proto")).toMatchObject({ syntax: "editions", edition: Edition.EDITION_2024 });
});

test("a place is where the part is written", async () => {
  const schema = await schemaOf({
    "a.proto": `syntax = "proto3";\npackage a;\nmessage M {\n  repeated int32 xs = 12;\n}\n`,
  });
  const field = fieldOf(schema.elements.get("a.M"), 12);
  const at = { path: "a.proto", startLine: 4, endLine: 4 };
  expect(locate(field)).toEqual({ ...at, startColumn: 3, endColumn: 26 });
  expect(locate(field, "name")).toEqual({ ...at, startColumn: 18, endColumn: 20 });
  expect(locate(field, "number")).toEqual({ ...at, startColumn: 23, endColumn: 25 });
  expect(locate(field, "json-name")).toBeUndefined();
});

describe("refused by name and place:", () => {
  const file = (init: Partial<FileDescriptorProto>) =>
    sliceFile(
      toBinary(
        FileDescriptorProtoSchema,
        create(FileDescriptorProtoSchema, { name: "a.proto", ...init } as FileDescriptorProto),
      ),
    );
  const refusal = (init: Partial<FileDescriptorProto>) => () => buildSchema([file(init)]);

  test("an edition of the future", () => {
    expect(refusal({ syntax: "editions", edition: Edition.EDITION_99999_TEST_ONLY })).toThrow(
      expect.objectContaining({ code: "input-unreadable", location: { path: "a.proto" } }),
    );
    expect(refusal({ syntax: "proto4" })).toThrow(/syntax "proto4" is none/);
  });
});

function fieldOf(message: unknown, number: number): Field {
  return (message as { fieldByNumber: ReadonlyMap<number, Field> }).fieldByNumber.get(number) as Field;
}

function rewrite(bytes: Uint8Array, edit: (file: FileDescriptorProto) => void) {
  const file = fromBinary(FileDescriptorProtoSchema, bytes);
  edit(file);
  return sliceFile(toBinary(FileDescriptorProtoSchema, file));
}

function withoutJsonNames(file: FileDescriptorProto): void {
  const forget = (messages: FileDescriptorProto["messageType"]): void => {
    for (const { field, nestedType } of messages) {
      for (const one of field) clearField(one, FieldDescriptorProtoSchema.field.jsonName);
      forget(nestedType);
    }
  };
  forget(file.messageType);
}
