import { create, fromBinary } from "@bufbuild/protobuf";
import { CodeGeneratorRequestSchema, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { imageFromRequest } from "../../src/image/index.js";

const money = { name: "money.proto", package: "shop" };
const user = { name: "user.proto", package: "shop", dependency: ["money.proto"] };

test("files to generate are those that are not imports", () => {
  const { files } = imageFromRequest(
    create(CodeGeneratorRequestSchema, { fileToGenerate: ["user.proto"], protoFile: [money, user] }),
  );
  expect(files).toMatchObject([
    { path: "money.proto", isImport: true },
    { path: "user.proto", isImport: false, dependencies: ["money.proto"] },
  ]);
});

test("a file as written is preferred to the one that plug-ins without source options get", () => {
  const asWritten = { ...user, options: { javaPackage: "kept" } };
  const { files } = imageFromRequest(
    create(CodeGeneratorRequestSchema, {
      fileToGenerate: ["user.proto"],
      protoFile: [money, user],
      sourceFileDescriptors: [asWritten],
    }),
  );
  const decoded = files.map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
  expect(decoded.map(({ options }) => options?.javaPackage)).toEqual([undefined, "kept"]);
});

test("a request that lacks an import is refused by name", () => {
  const request = create(CodeGeneratorRequestSchema, { fileToGenerate: ["user.proto"], protoFile: [user] });
  expect(() => imageFromRequest(request)).toThrow(
    expect.objectContaining({
      code: "image-corrupt",
      message: expect.stringContaining("user.proto imports money.proto"),
    }),
  );
});
