import { fromBinary } from "@bufbuild/protobuf";
import {
  DescriptorProtoSchema,
  EnumDescriptorProtoSchema,
  FieldDescriptorProtoSchema,
  ServiceDescriptorProtoSchema,
} from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { listFiles, openPacks } from "../../../src/registry/pack/index.js";
import { hashName } from "../../../src/registry/pack/symbol-hash.js";
import { decodeSymbols, encodeSymbols, kindAt } from "../../../src/registry/pack/symbol-index.js";
import { buildSymbolTable } from "../../../src/registry/pack/symbol-table.js";
import { makeFile, packChain } from "./files.js";

const acme = makeFile({
  name: "acme/user.proto",
  package: "acme",
  messageType: [
    {
      name: "User",
      field: [{ name: "name", number: 1 }],
      nestedType: [{ name: "Home", enumType: [{ name: "Kind", value: [{ name: "HUT", number: 0 }] }] }],
      extension: [{ name: "inside", number: 7 }],
    },
  ],
  enumType: [{ name: "Role", value: [{ name: "ADMIN", number: 0 }] }],
  service: [{ name: "Users", method: [{ name: "Get" }] }],
  extension: [{ name: "tag", number: 5 }],
});

test("elements of every kind are found with the descriptors they have, however nested", async () => {
  const version = await openPacks(await packChain([[acme]]));
  const read = async (name: string) => {
    const symbol = version.find(name)!;
    const bytes = await version.bytesOf(symbol);
    return [symbol.path, symbol.kind, fromBinary(schemas[symbol.kind], bytes).name];
  };
  const path = "acme/user.proto";
  expect(await read("acme.User")).toEqual([path, "message", "User"]);
  expect(await read("acme.User.Home")).toEqual([path, "message", "Home"]);
  expect(await read("acme.User.Home.Kind")).toEqual([path, "enum", "Kind"]);
  expect(await read("acme.User.inside")).toEqual([path, "extension", "inside"]);
  expect(await read("acme.Role")).toEqual([path, "enum", "Role"]);
  expect(await read("acme.Users")).toEqual([path, "service", "Users"]);
  expect(await read("acme.tag")).toEqual([path, "extension", "tag"]);
});

test("what is not there is not found: parts of names, members, other cases, other alphabets", async () => {
  const version = await openPacks(await packChain([[acme]]));
  for (const name of [
    "",
    ".",
    "acme",
    "acme.",
    ".acme.User",
    "acme.Use",
    "acme.Users2",
    "acme.user",
    "acme.User.name",
    "acme.Uſer",
  ])
    expect(version.find(name)).toBeUndefined();
});

test("members are resolved to what holds them by the longest name", async () => {
  const version = await openPacks(await packChain([[acme]]));
  const resolve = (name: string) => {
    const found = version.resolve(name);
    return found && [found.symbol.name, found.member];
  };
  expect(resolve("acme.User")).toEqual(["acme.User", undefined]);
  expect(resolve("acme.User.name")).toEqual(["acme.User", "name"]);
  expect(resolve("acme.User.Home.Kind.HUT")).toEqual(["acme.User.Home.Kind", "HUT"]);
  expect(resolve("acme.Users.Get")).toEqual(["acme.Users", "Get"]);
  for (const name of ["acme", "acme.nothing", "", ".", "..", `${".".repeat(10_000)}acme.User`])
    expect(resolve(name)).toBeUndefined();
});

test("names go with the files that are replaced or leave, and come with those that come", async () => {
  const v1 = makeFile({ name: "a.proto", messageType: [{ name: "A" }, { name: "Old" }] });
  const v2 = makeFile({ name: "a.proto", messageType: [{ name: "New" }, { name: "A" }] });
  const other = makeFile({ name: "b.proto", package: "b", messageType: [{ name: "B" }] });
  const chain = await packChain([[v1, other], [v2], [other, v2]]);
  const names = async (count: number) => {
    const version = await openPacks(chain.slice(0, count));
    return ["A", "Old", "New", "b.B"].filter((name) => version.find(name) !== undefined);
  };
  expect(await names(1)).toEqual(["A", "Old", "b.B"]);
  expect(await names(2)).toEqual(["A", "New"]);
  expect(await names(3)).toEqual(["A", "New", "b.B"]);
  const version = await openPacks(chain);
  expect(fromBinary(DescriptorProtoSchema, await version.bytesOf(version.find("A")!)).name).toBe("A");
});

test("names that all want one slot are found all the same, and others are not", () => {
  const crowd: string[] = [];
  // A hundred names have 256 slots.
  for (let i = 0; crowd.length < 101; i++)
    if (hashName(`m.M${i}`, `m.M${i}`.length) % 256 === 7) crowd.push(`m.M${i}`);
  const [other, ...names] = crowd as [string, ...string[]];
  const index = encodeSymbols([names.map((name) => ({ name, kind: "message", offset: 0, length: 0 }))]);
  const find = buildSymbolTable(
    [{ symbols: decodeSymbols(index, [0], "blob"), live: Uint8Array.of(1) }],
    [0],
  );
  for (const [symbol, name] of names.entries()) expect(find(name, name.length)).toBe(symbol);
  expect(find(other, other.length)).toBe(-1);
});

test("a symbol outside of its file, or an index that is shorter or longer than it says, is refused", () => {
  const index = encodeSymbols([[{ name: "a.B", kind: "enum", offset: 3, length: 4 }]]);
  expect(decodeSymbols(index, [7], "blob").count).toBe(1);
  const more = Buffer.from(index);
  more.writeUInt32LE(0xffffffff, 0);
  const kind = Buffer.from(index);
  kind[4 + 4 * kindAt] = 4;
  for (const [bytes, descriptors] of [
    [index, [6]],
    [index, []],
    [index.subarray(0, -1), [7]],
    [Buffer.concat([index, Buffer.from("x")]), [7]],
    [index.subarray(0, 3), [7]],
    [more, [7]],
    [kind, [7]],
  ] as const)
    expect(() => decodeSymbols(bytes, descriptors, "the-blob")).toThrow(/the-blob.*symbol index/);
});

test("a descriptor that is malformed, or nested without end, is refused by its path", async () => {
  let nested = Buffer.from([0x0a, 0x01, 0x41]);
  for (let depth = 0; depth < 200; depth++)
    nested = Buffer.concat([Buffer.from([0x0a, 0x01, 0x41, 0x1a, ...varint(nested.length)]), nested]);
  const message = (bytes: Buffer) => Buffer.concat([Buffer.from([0x22, ...varint(bytes.length)]), bytes]);
  for (const bytes of [
    message(nested),
    message(Buffer.from([0x0a, 0x05, 0x41])),
    Buffer.from([0x0a, 0x09]),
  ]) {
    const file = { slice: { ...acme.slice, path: "bad.proto", bytes } };
    const packing = async () => packChain([[file]]);
    await expect(packing()).rejects.toMatchObject({ code: "image-corrupt", location: { path: "bad.proto" } });
  }
});

test("shapes and digests are taken over where files are the same", () => {
  const list = listFiles([acme]);
  expect(listFiles([acme], list).files).toEqual(list.files);
});

const schemas = {
  message: DescriptorProtoSchema,
  enum: EnumDescriptorProtoSchema,
  service: ServiceDescriptorProtoSchema,
  extension: FieldDescriptorProtoSchema,
};

function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
