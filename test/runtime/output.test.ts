import { beforeAll, describe, expect, test } from "vitest";
import { closeOutput, leaveOutput, openOutput } from "../../src/runtime/output.js";
import { WireType } from "../../src/wire/index.js";
import { tagged } from "./arbitrary-bytes.js";
import { type Kinds, loadKinds } from "./kinds.js";

let kinds: Kinds;
beforeAll(async () => {
  kinds = await loadKinds();
});

const nick = (length: number) => tagged(2, WireType.Bytes, new Uint8Array(length).fill(0x61));
const score = (value: number) => tagged(4, WireType.Varint, Uint8Array.of(value));

test("messages that share a slab keep their bytes", () => {
  const sent = Array.from({ length: 2000 }, (_, i) => score(i % 128));
  const values = sent.map((bytes) => kinds.translator.up(bytes).value);
  expect(values.map((value) => [...value])).toEqual(sent.map((bytes) => [...bytes]));
});

test("who begins while another writes gets a place of his own", () => {
  const outer = openOutput(10);
  outer.varint(1);
  const inner = openOutput(10);
  inner.varint(2);
  const [second, first] = [closeOutput(inner), closeOutput(outer)];
  expect([[...first], [...second]]).toEqual([[1], [2]]);
  const after = openOutput(10);
  after.varint(3);
  expect(closeOutput(after).byteOffset).toBe(first.byteOffset + 1);
  expect([...first]).toEqual([1]);
});

test("a call that fails leaves the slab to the next", () => {
  const failed = openOutput(10);
  failed.varint(9);
  leaveOutput(failed);
  const next = openOutput(10);
  next.varint(1);
  expect(closeOutput(next).buffer).toBe(failed.bytes.buffer);
  expect(() => kinds.translator.up(Uint8Array.of(8))).toThrow("the bytes end inside a field");
});

describe("into the caller's buffer", () => {
  test("goes what fits", () => {
    const into = new Uint8Array(100);
    const { value } = kinds.translator.up(score(7), { into });
    expect(value.buffer).toBe(into.buffer);
    expect([...value]).toEqual([...score(7)]);
  });

  test("and what does not fit gets memory of its own, with the same bytes", () => {
    const into = new Uint8Array(20);
    const { value } = kinds.translator.up(nick(200), { into });
    expect(value.buffer).not.toBe(into.buffer);
    expect(value).toEqual(kinds.translator.up(nick(200)).value);
  });

  test("goes nothing while it holds the input", () => {
    const sent = kinds.translator.up(nick(40)).value;
    const memory = new Uint8Array(200);
    memory.set(sent, 4);
    const bytes = memory.subarray(4, 4 + sent.length);
    const { value } = kinds.translator.down(bytes, { into: memory });
    expect(value).toEqual(kinds.translator.down(sent).value);
    expect(bytes).toEqual(sent);
  });
});
