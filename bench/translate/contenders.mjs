// Who is measured, by the names that the table shows.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./folders.mjs";

const version = (name) =>
  JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;

/** What each is called on screen. */
export const titles = {
  table: "proto4, table-driven",
  specialised: "proto4, specialised",
  tableInto: "proto4, table-driven, caller's buffer",
  specialisedInto: "proto4, specialised, caller's buffer",
  buffer: "Buffer.from(bytes)",
  memcpy: "memcpy: set() into a buffer at hand",
  es: `protobuf-es ${version("@bufbuild/protobuf")}`,
  tsProto: `ts-proto ${version("ts-proto")}`,
  tsProtoNode: `ts-proto ${version("ts-proto")}, env=node`,
  protobufjs: `protobufjs ${version("protobufjs")}`,
};

/**
 * The function that takes a message of one generation to the other.
 * @returns `undefined` where this proto4 has no such thing
 */
export async function loadContender(contender, message, direction, sample) {
  return loaders[contender](message, direction, sample);
}

const loaders = {
  table: async (message, direction) => {
    const { intoNewBuffer, tableDriven } = await proto4();
    return intoNewBuffer(tableDriven("bench")(message, direction), direction);
  },
  specialised: async (message, direction) => {
    const { intoNewBuffer, specialised } = await proto4();
    return intoNewBuffer((await specialised("bench"))(message, direction), direction);
  },
  tableInto: async (message, direction, sample) => {
    const { intoCallersBuffer, tableDriven } = await proto4();
    return intoCallersBuffer(tableDriven("bench")(message, direction), direction, sample);
  },
  specialisedInto: async (message, direction, sample) => {
    const { intoCallersBuffer, specialised } = await proto4();
    return intoCallersBuffer((await specialised("bench"))(message, direction), direction, sample);
  },
  buffer: () => (bytes) => Buffer.from(bytes),
  memcpy: (_message, _direction, sample) => {
    const target = new Uint8Array(sample.length);
    return (bytes) => {
      target.set(bytes);
      return target;
    };
  },
  es: async (message, direction) => (await import("./contenders/protobuf-es.mjs"))[direction][message],
  tsProto: async (message, direction) => (await tsProto("ts-proto"))[direction][message],
  tsProtoNode: async (message, direction) => (await tsProto("ts-proto-node"))[direction][message],
  protobufjs: async (message, direction) => (await import("./contenders/protobufjs.mjs"))[direction][message],
};

const proto4 = () => import("./contenders/proto4.mjs");

async function tsProto(stubs) {
  return (await import("./contenders/ts-proto.mjs")).tsProto(stubs);
}
