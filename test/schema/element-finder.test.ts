import { expect, test } from "vitest";
import type { Image } from "../../src/image/index.js";
import {
  buildSchema,
  type Element,
  elementsOf,
  makeElementFinders,
  type Schema,
} from "../../src/schema/index.js";
import { googleApis, imageOf, shopContract } from "./real-images.js";

function everything(schema: Schema): readonly Element[] {
  return [...schema.files.values()].flatMap((file) => [file, ...elementsOf(file)]);
}

function brief(element: Element | undefined) {
  return element && { kind: element.kind, fullName: element.fullName, lifecycle: element.lifecycle };
}

test.each([
  ["Google's APIs", googleApis],
  ["a contract with every construct", shopContract],
])("in %s, every element is found as the schema has it, in its file and from elsewhere", async (_, load) => {
  const image = await load();
  const [finder] = makeElementFinders([image]);
  const schema = buildSchema(image.files);
  const all = everything(schema);
  expect(all.length).toBeGreaterThan(100);
  for (const element of all) {
    expect(brief(finder!.find(element))).toEqual(brief(element));
    if (element.kind === "file") continue;
    const moved = {
      ...element,
      kind: element.kind,
      fullName: element.fullName,
      file: { ...element.file, fullName: "moved.proto" },
    };
    expect(brief(finder!.find(moved as Element))).toEqual(brief(element));
  }
});

test("what an image lacks, or has as another kind, is not found, nor is it looked for in what does not decode", async () => {
  const source = (body: string) => imageOf({ "a.proto": `syntax = "proto3"; package a; ${body}` });
  const [elder, newer] = await Promise.all([
    source("message M { int32 a = 1; } message E {}"),
    source("message M { int32 a = 1; int32 b = 2; } enum E { ZERO = 0; } message N {}"),
  ]);
  const [finder] = makeElementFinders([elder]);
  const found = everything(buildSchema(newer.files)).filter((element) => finder!.find(element) !== undefined);
  const mine = found.filter((element) => !/proto4|google/.test(element.fullName));
  expect(mine.map(({ fullName }) => fullName)).toEqual(["a.proto", "a.M", "a.M.a"]);
  const broken = { path: "b.proto", package: "b", bytes: Uint8Array.of(0xff) };
  const [besides] = makeElementFinders([{ files: [...elder.files, { ...elder.files[0]!, ...broken }] }]);
  const message = buildSchema(newer.files).declared.get("a.M")!;
  expect(besides!.find(message)?.fullName).toBe("a.M");
});

test("an extension is found by what it extends and its number, inside a message, too", async () => {
  const image = await shopContract();
  const [finder] = makeElementFinders([image]);
  const extensions = [...buildSchema(image.files).declared.values()].filter(({ kind }) => kind === "field");
  expect(extensions.length).toBeGreaterThan(3);
  for (const extension of extensions)
    if (extension.kind === "field")
      expect(finder!.findExtension(extension.extendee!, extension.number)?.fullName).toBe(extension.fullName);
  expect(finder!.findExtension("shop.v1.User", 99)).toBeUndefined();
});

test("images that have files in common read them once, whether or not they share the bytes", async () => {
  const image = await shopContract();
  const copy: Image = { files: image.files.map((file) => ({ ...file, bytes: Buffer.from(file.bytes) })) };
  const [one, other] = makeElementFinders([image, copy]);
  const [message] = buildSchema(image.files).declared.values();
  expect(one!.find(message!)).toBe(other!.find(message!));
});
