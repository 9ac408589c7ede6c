import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  FileDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { type FileSlice, type Image, packagesOf, sliceFile } from "../../src/image/index.js";
import { googleApis } from "../schema/real-images.js";

const kinds = ["message", "enum", "extension"] as const;

test("a package declares what protobuf-es decodes in one of its files", async () => {
  const image = await googleApis();
  const packages = packagesOf(image);
  for (const name of new Set(image.files.map((file) => file.package))) {
    const files = image.files.filter((file) => file.package === name);
    expect(packages.has(name)).toBe(true);
    const told = kinds.filter((kind) => packages.declares(name, kind));
    expect([name, told]).toEqual([name, kinds.filter((kind) => files.some((file) => holds(file, kind)))]);
  }
  expect(packages.has("no.such")).toBe(false);
  expect(packages.declares("no.such", "message")).toBe(false);
});

test("only what is nested counts, too, and nothing beyond the hundredth depth is read", () => {
  const nested = (depth: number): DescriptorProto =>
    create(
      DescriptorProtoSchema,
      depth === 0 ? { enumType: [{ name: "E" }] } : { nestedType: [nested(depth - 1)] },
    );
  const image = (depth: number) => imageOf({ messageType: [nested(depth)] });
  expect(packagesOf(image(5)).declares("p", "enum")).toBe(true);
  expect(packagesOf(image(5)).declares("p", "extension")).toBe(false);
  expect(() => packagesOf(image(150)).declares("p", "enum")).toThrow(/does not decode/);
});

function holds({ bytes }: FileSlice, kind: (typeof kinds)[number]): boolean {
  const file = fromBinary(FileDescriptorProtoSchema, bytes);
  const messages = file.messageType.flatMap(withNested);
  if (kind === "message") return messages.length > 0;
  return kind === "enum"
    ? [file, ...messages].some(({ enumType }) => enumType.length > 0)
    : [file, ...messages].some(({ extension }) => extension.length > 0);
}

function withNested(message: DescriptorProto): readonly DescriptorProto[] {
  return [message, ...message.nestedType.flatMap(withNested)];
}

function imageOf(file: MessageInitShape<typeof FileDescriptorProtoSchema>): Image {
  const proto = create(FileDescriptorProtoSchema, { name: "a.proto", package: "p", ...file });
  return { files: [sliceFile(toBinary(FileDescriptorProtoSchema, proto))] };
}
