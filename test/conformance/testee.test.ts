import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { beforeAll, describe, expect, test } from "vitest";
import { ask, readResponse, writeRequest } from "./ask.js";
import { peerNames } from "./peer.js";
import { type Prepared, prepare } from "./prepare.js";
import {
  ignoreUnknownJson,
  outputBinary,
  outputJson,
  type Payload,
  type Request,
  type Result,
} from "./protocol.js";
import { responder } from "./respond.js";

let prepared: Prepared;
let registry: FileRegistry;
beforeAll(async () => {
  prepared = await prepare(at("."), at("../../.cache/conformance-testee"));
  registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, prepared.image));
});

const types = [
  "protobuf_test_messages.proto3.TestAllTypesProto3",
  "protobuf_test_messages.proto2.TestAllTypesProto2",
  "protobuf_test_messages.editions.proto3.TestAllTypesProto3",
  "protobuf_test_messages.editions.proto2.TestAllTypesProto2",
  "protobuf_test_messages.editions.TestAllTypesEdition2023",
];

describe.each(peerNames)("the testee %s", (peer) => {
  let asked: (request: Partial<Request>) => Result;
  beforeAll(() => {
    const respond = responder(peer, registry, prepared.plans);
    asked = (request) => ask(respond, registry, request);
  });

  test.each(types)("brings %s back as it was, from JSON and from bytes", (messageType) => {
    const fromJson = { messageType, payload: json(values) };
    expect(parsed(asked({ ...fromJson, requestedOutputFormat: outputJson }))).toEqual(values);
    const bytes = asked({ ...fromJson, requestedOutputFormat: outputBinary });
    const fromBytes = { messageType, payload: bytes as Payload };
    expect(parsed(asked({ ...fromBytes, requestedOutputFormat: outputJson }))).toEqual(values);
    expect(asked({ ...fromBytes, requestedOutputFormat: outputBinary })).toEqual(bytes);
  });

  test.each(types)("says that bytes of %s are malformed", (messageType) => {
    for (const payload of malformed.map(binary))
      expect(asked({ messageType, payload, requestedOutputFormat: outputJson }).case).toBe("parseError");
  });

  test("knows no JSON field that is not declared, unless it is to ignore it", () => {
    const request = {
      messageType: types[0]!,
      payload: json({ unknown: 1 }),
      requestedOutputFormat: outputJson,
    };
    expect(asked(request).case).toBe("parseError");
    expect(parsed(asked({ ...request, testCategory: ignoreUnknownJson }))).toEqual({});
  });

  test("leaves the text format to others", () => {
    const payload: Payload = { case: "textPayload", value: "optional_int32: 1" };
    const request = { messageType: types[0]!, payload, requestedOutputFormat: outputJson };
    expect(asked(request).case).toBe("skipped");
  });
});

test("the testee as a process answers all of its input in order, and ends with it", () => {
  const requests = [
    { messageType: "conformance.FailureSet", payload: binary(""), requestedOutputFormat: outputBinary },
    ...types.map((messageType, index) => ({
      messageType,
      payload: json({ optionalInt32: index + 1 }),
      requestedOutputFormat: outputJson,
    })),
  ];
  const input = Buffer.concat(requests.map((request) => framed(writeRequest(registry, request))));
  const { testee, folder } = prepared;
  const { status, stdout } = spawnSync(process.execPath, [testee, "there-and-back", folder], { input });
  expect(status).toBe(0);
  const [failures, ...results] = [...frames(stdout)].map((bytes) => readResponse(registry, bytes));
  expect(failures).toMatchObject({ case: "protobufPayload" });
  expect(results.map(parsed)).toEqual(types.map((_, index) => ({ optionalInt32: index + 1 })));
});

/** Fields of every type have these names. */
const values = {
  optionalInt32: -5,
  optionalUint64: "18446744073709551615",
  optionalDouble: 0.5,
  optionalString: "grüße",
  optionalNestedMessage: { a: 2, corecursive: { repeatedString: ["x", "y"] } },
  optionalNestedEnum: "NEG",
  repeatedSint64: ["-1", "1"],
  repeatedForeignMessage: [{ c: 1 }, {}],
  packedFixed32: [1, 2],
  unpackedBool: [true, false],
  mapStringForeignMessage: { k: { c: 3 } },
  oneofNestedMessage: { a: 7 },
};

/** Bytes that no parser reads, whatever the numbers in them mean. */
const malformed = [
  "08", // a tag without a value
  "7203aa", // a length beyond the end
  "08ffffffffffffffffffff01", // a varint of eleven bytes
  "0000", // field 0
  "0c", // an end without a beginning
  "9201020801920102", // a message that ends early
  "920101ff", // a message that is none
];

function json(value: unknown): Payload {
  return { case: "jsonPayload", value: JSON.stringify(value) };
}

function binary(hex: string): Payload {
  return { case: "protobufPayload", value: Buffer.from(hex, "hex") };
}

function parsed(result: Result): unknown {
  expect(result).toMatchObject({ case: "jsonPayload" });
  return JSON.parse(String(result.value));
}

function framed(bytes: Uint8Array): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32LE(bytes.length);
  return Buffer.concat([header, bytes]);
}

function* frames(output: Buffer): Generator<Uint8Array> {
  for (let pos = 0; pos < output.length; ) {
    const end = pos + 4 + output.readUInt32LE(pos);
    yield output.subarray(pos + 4, end);
    pos = end;
  }
}

function at(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
