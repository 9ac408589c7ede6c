import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { type FileSlice, type Image, sliceFile } from "../../../src/image/index.js";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import { grownImage } from "../histories/grown.js";

/** Version `count` of a contract whose packs take several parts: each one has a heavy file of its own beside those before. */
export function heavyImage(count: number): Image {
  const numbers = Array.from({ length: count }, (_, place) => place + 1);
  return { files: [...grownImage(numbers).files, heavyFile("lasting", 0), heavyFile("changing", count)] };
}

export async function writeHeavyImage(count: number, path: string): Promise<void> {
  await writeFile(path, serializeImage(heavyImage(count)));
}

/** A file with a megabyte of what no compression makes smaller, in a field that nobody knows. */
function heavyFile(name: string, count: number): FileSlice {
  const file = create(FileDescriptorProtoSchema, {
    name: `acme/v1/${name}.proto`,
    package: "acme.v1",
    syntax: "proto3",
    messageType: [{ name: `Heavy${name}` }],
  });
  file.$unknown = [{ no: 900, wireType: 2, data: lengthDelimited(noise(`${name} ${count}`)) }];
  return sliceFile(toBinary(FileDescriptorProtoSchema, file), false);
}

function noise(seed: string): Uint8Array {
  return createHash("shake256", { outputLength: 1_100_000 }).update(seed).digest();
}

/** The length as a varint, which every number below 2 ** 21 has in three bytes at most. */
function lengthDelimited(bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  const head = [(length & 0x7f) | 0x80, ((length >>> 7) & 0x7f) | 0x80, length >>> 14];
  return Buffer.concat([Uint8Array.from(head), bytes]);
}
