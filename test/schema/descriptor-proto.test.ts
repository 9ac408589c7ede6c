import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, file_google_protobuf_descriptor } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { descriptorProto } from "../../src/schema/descriptor-proto.js";

test("the packed descriptor.proto is protobuf's own", () => {
  const packed = fromBinary(FileDescriptorProtoSchema, descriptorProto());
  expect(packed).toEqual(file_google_protobuf_descriptor.proto);
});
