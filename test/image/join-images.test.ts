import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { joinImages, sliceFile } from "../../src/image/index.js";

function file(name: string, options: { readonly packageName?: string; readonly isImport?: boolean } = {}) {
  const { packageName = "a", isImport = false } = options;
  const proto = create(FileDescriptorProtoSchema, { name, package: packageName });
  if (!isImport) proto.sourceCodeInfo = { $typeName: "google.protobuf.SourceCodeInfo", location: [] };
  return sliceFile(toBinary(FileDescriptorProtoSchema, proto), isImport);
}

test("a file that both hold comes once, at the place of the first, as an import only if it is in both", () => {
  const { files } = joinImages([
    { name: "v1", image: { files: [file("shared.proto", { isImport: true }), file("v1.proto")] } },
    { name: "v2", image: { files: [file("shared.proto"), file("v2.proto")] } },
  ]);
  expect(files.map(({ path, isImport }) => [path, isImport])).toEqual([
    ["shared.proto", false],
    ["v1.proto", false],
    ["v2.proto", false],
  ]);
});

test("the same path with other content is an error that names both inputs and what to ask instead", () => {
  const images = [
    { name: "v1", image: { files: [file("user.proto")] } },
    { name: "v2", image: { files: [file("user.proto", { packageName: "b" })] } },
  ];
  expect(() => joinImages(images)).toThrow(/v1 and v2 both hold this file.*proto4 check/);
});
