// What the runner starts, with a peer's name and the folder of the generations: it reads requests from the
// standard input and writes responses to the standard output, each after its length in four bytes.
import { readFileSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { PeerName } from "./peer.js";
import { responder } from "./respond.js";

const [name, folder = "."] = process.argv.slice(2) as [PeerName, string];
const image = fromBinary(FileDescriptorSetSchema, readFileSync(join(folder, "image.binpb")));
const plans = JSON.parse(readFileSync(join(folder, "plans.json"), "utf8"));
const respond = responder(name, createFileRegistry(image), plans);

for (let length = read(4); length !== undefined; length = read(4)) {
  const request = read(length.readUInt32LE());
  if (request === undefined) throw new Error("the input ended within a request");
  const response = respond(request);
  const header = Buffer.alloc(4);
  header.writeUInt32LE(response.length);
  write(Buffer.concat([header, response]));
}

/** @returns `undefined` at the end of the input */
function read(size: number): Buffer | undefined {
  const buffer = Buffer.alloc(size);
  for (let filled = 0; filled < size; ) {
    const count = readSync(0, buffer, filled, size - filled, null);
    if (count === 0) return undefined;
    filled += count;
  }
  return buffer;
}

function write(bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
}
