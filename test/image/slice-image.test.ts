import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FileSlice, sliceFile, sliceImage } from "../../src/image/index.js";
import { googleApis } from "../schema/real-images.js";

/** What protobuf-es decodes of a slice. */
function decoded({ bytes, isImport }: FileSlice): FileSlice {
  const file = fromBinary(FileDescriptorProtoSchema, bytes);
  return {
    path: file.name,
    package: file.package,
    dependencies: file.dependency,
    publicDependencies: file.publicDependency.map((index) => file.dependency[index]!),
    optionDependencies: file.optionDependency,
    isImport,
    bytes,
  };
}

/** Without the bytes, which are the same object and slow to compare. */
function facts({ bytes, ...rest }: FileSlice): Omit<FileSlice, "bytes"> {
  return rest;
}

describe("a slice says what protobuf-es decodes", () => {
  test("of Google's APIs", async () => {
    const { files } = await googleApis();
    expect(files.map(facts)).toEqual(files.map(decoded).map(facts));
    expect(files.filter(({ isImport }) => isImport).map((file) => file.package)).toContain("google.protobuf");
  });

  test("of any names and imports", () => {
    const name = fc.string({ unit: "binary" });
    const file = fc.record({
      name,
      package: name,
      dependency: fc.array(name),
      optionDependency: fc.array(name),
    });
    const indexes = fc.array(fc.nat({ max: 200 }));
    fc.assert(
      fc.property(file, indexes, fc.boolean(), (init, chosen, isImport) => {
        const publicDependency = chosen.filter((index) => index < init.dependency.length);
        const message = create(FileDescriptorProtoSchema, { ...init, publicDependency });
        const slice = sliceFile(toBinary(FileDescriptorProtoSchema, message), isImport);
        expect(slice).toEqual(decoded(slice));
      }),
    );
  });

  test("where the public imports are packed and come before the imports they point to", () => {
    const packed = new BinaryWriter()
      .tag(10, WireType.LengthDelimited)
      .fork()
      .int32(1)
      .int32(0)
      .join()
      .finish();
    const rest = create(FileDescriptorProtoSchema, { name: "a.proto", dependency: ["b.proto", "c.proto"] });
    const slice = sliceFile(Buffer.concat([packed, toBinary(FileDescriptorProtoSchema, rest)]), false);
    expect(slice.publicDependencies).toEqual(["c.proto", "b.proto"]);
    expect(slice).toEqual(decoded(slice));
  });
});

test("an image is cut where its files are", async () => {
  const { files } = await googleApis();
  const file = files.map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
  const bytes = toBinary(FileDescriptorSetSchema, create(FileDescriptorSetSchema, { file }));
  expect(sliceImage(bytes, "image.binpb").files.map(({ path }) => path)).toEqual(
    files.map(({ path }) => path),
  );
});
