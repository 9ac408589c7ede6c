import {
  create,
  createFileRegistry,
  type DescMessage,
  fromBinary,
  fromJsonString,
  type Registry,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type { Image } from "../../image/index.js";
import { maxDepthLimit } from "../../wire/index.js";
import type { Decode, Encode } from "./convert.js";
import { keepIntegers } from "./keep-integers.js";
import { MessageError } from "./message-error.js";
import { unknownPlaces } from "./unknown-places.js";

/** Reads and writes protobuf JSON, a message a line, by the descriptors of an image. */
export interface JsonCodec {
  decoder(message: string): Decode;
  encoder(message: string): Encode;
}

/** @see https://protobuf.dev/programming-guides/json/ */
export function createJsonCodec({ files }: Image): JsonCodec {
  const file = files.map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
  const registry = createFileRegistry(create(FileDescriptorSetSchema, { file }));
  const find = (name: string): DescMessage => {
    const found = registry.getMessage(name);
    if (found === undefined) throw new Error(`the image has no ${name}`);
    return found;
  };
  return {
    decoder: (message) => decoder(find(message), registry),
    encoder: (message) => encoder(find(message), registry),
  };
}

function decoder(desc: DescMessage, registry: Registry): Decode {
  const keep = keepIntegers(desc);
  return (frame) =>
    reading(() =>
      toBinary(desc, fromJsonString(desc, keep(utf8.decode(frame)), { registry, recursionLimit })),
    );
}

function encoder(desc: DescMessage, registry: Registry): Encode {
  return (bytes) =>
    reading(() => {
      const message = fromBinary(desc, bytes, { recursionLimit });
      const line = `${toJsonString(desc, message, { registry })}\n`;
      const lost = unknownPlaces(desc, message).map((path) => ({ path, reason: "json" as const }));
      return { pieces: [Buffer.from(line)], lost };
    });
}

/** protobuf-es throws what it throws at input of every kind, as plain errors. */
function reading<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof MessageError || !(error instanceof Error)) throw error;
    throw new MessageError(error.message, error);
  }
}

/** The engine's limit is the one that counts: it goes by messages of the input, and in some it puts another. */
const recursionLimit = 2 * maxDepthLimit + 1;

const utf8 = new TextDecoder("utf-8", { fatal: true });
