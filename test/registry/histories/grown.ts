import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { FieldDescriptorProto_Type, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { type Image, sliceFile } from "../../../src/image/index.js";

/** A message with these field numbers, as a compiler would give it: to add one is compatible, to lack one is not. */
export function grownImage(numbers: readonly number[]): Image {
  const field = [...numbers]
    .sort((a, b) => a - b)
    .map((number) => ({ name: `f${number}`, jsonName: `f${number}`, number, type, label: 1 }));
  const file = create(FileDescriptorProtoSchema, {
    name: "acme/v1/grown.proto",
    package: "acme.v1",
    syntax: "proto3",
    messageType: [{ name: "Grown", field }],
  });
  return { files: [sliceFile(toBinary(FileDescriptorProtoSchema, file), false)] };
}

/** The field numbers of an image, sorted; none of none. */
export function numbersOf(image: Image | undefined): readonly number[] {
  if (image === undefined) return [];
  const { messageType } = fromBinary(FileDescriptorProtoSchema, image.files[0]!.bytes);
  return messageType[0]!.field.map(({ number }) => number);
}

const type = FieldDescriptorProto_Type.INT32;
