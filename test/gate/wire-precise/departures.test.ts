import { fromBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { expect, test } from "vitest";
import { asSpecified } from "./as-specified.js";
import { codecOf } from "./descriptor.js";
import type { FieldModel, Side } from "./model.js";
import { itemsOf, sameMessage } from "./same-message.js";

/** What one message M with one field is made of bytes by protobuf-es alone. */
function readings(field: Partial<FieldModel>, ...numbers: readonly number[]) {
  const f1 = { number: 1, name: "f1", type: "int32", cardinality: "explicit", ...field } as const;
  const side: Side = {
    syntax: "2023",
    messages: { M: { fields: [f1], reserved: [] } },
    enums: { E: { numbers: [0, 1], reserved: [], closed: true } },
  };
  const bytes = Uint8Array.from(numbers);
  const desc = codecOf(side).getMessage("p.M")!;
  return { side, bytes, desc, message: reflect(desc, fromBinary(desc, bytes)) };
}

test("protobuf-es reads a known field of another wire type, where the specification says that it is unknown", () => {
  const { desc, message, bytes } = readings({}, 0x0d, 0x81, 0x80, 0x80, 0);
  expect(message.get(desc.fields[0]!)).toBe(1);
  expect(asSpecified(bytes, desc)).toEqual(new Uint8Array());
});

test("protobuf-es keeps in a list what its closed enum lacks, where the specification puts it away", () => {
  const { desc, message } = readings({ type: "enum", of: "E", cardinality: "repeated" }, 0x0a, 2, 1, 5);
  expect([...(message.get(desc.fields[0]!) as Iterable<unknown>)]).toEqual([1, 5]);
  expect(itemsOf(message, desc.fields[0]!)).toEqual([1]);
});

test("protobuf-es reads a message without a required field, where the specification refuses it", () => {
  const { side, message } = readings({ cardinality: "required" });
  expect(sameMessage(message, message, { writer: side, reader: side })).toBe(false);
});

test("protobuf-es has no value for a member of a oneof that is not set, where the specification has its default", () => {
  const { side, desc, message } = readings({ oneof: "o", default: "5" });
  expect(message.get(desc.fields[0]!)).toBe(0);
  const other = readings({ oneof: "o" });
  expect(sameMessage(message, other.message, { writer: side, reader: other.side })).toBe(false);
});
