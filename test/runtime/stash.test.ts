import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { beforeAll, expect, test } from "vitest";
import { EnvelopeSchema } from "../../src/gen/proto4/envelope_pb.js";
import { WireType } from "../../src/wire/index.js";
import { join, tagged, varintBytes } from "./arbitrary-bytes.js";
import { type Kinds, loadKinds } from "./kinds.js";

let kinds: Kinds;
beforeAll(async () => {
  kinds = await loadKinds();
});

const trust = { stash: "trust" } as const;

/** v3 bytes that v4 cannot say: two values and a dropped field. */
const lossy = join([
  tagged(8, WireType.Varint, Uint8Array.of(5)),
  tagged(10, WireType.Varint, Uint8Array.of(5)),
  tagged(26, WireType.Bytes, Uint8Array.of(1, 2)),
]);

function layer(bytes: Uint8Array): Uint8Array {
  return tagged(19404, WireType.Bytes, bytes);
}

/** The layers of a message, by the stub. */
function layersOf(bytes: Uint8Array) {
  const unknown = fromBinary(kinds.v4, bytes).$unknown ?? [];
  const layers = unknown.filter(({ no }) => no === 19404).map(({ data }) => data);
  // The stub keeps the length in front.
  return layers.map((data) => fromBinary(EnvelopeSchema, data.subarray(data.length > 128 ? 2 : 1)));
}

test("a stash is an Envelope: an item for each value, one for all that has no words", () => {
  const [envelope, ...others] = layersOf(kinds.translator.up(lossy).value);
  expect(others).toEqual([]);
  expect(envelope?.contract).toBe(0n);
  expect(
    envelope?.items.map(({ projection, fragment }) => [projection === undefined, [...fragment]]),
  ).toEqual([
    [false, [...lossy.subarray(0, 2)]],
    [false, [...lossy.subarray(2, 4)]],
    [true, [...lossy.subarray(4)]],
  ]);
});

test("nothing is stashed where nothing is lost", () => {
  expect(kinds.translator.up(tagged(8, WireType.Varint, Uint8Array.of(1))).value).toEqual(
    tagged(8, WireType.Varint, Uint8Array.of(2)),
  );
});

test("a hop that is not trusted loses its stashes, at every level, and is told where", () => {
  const nested = tagged(
    12,
    WireType.Bytes,
    join([tagged(2, WireType.Bytes, Uint8Array.of(0x61)), layer(new Uint8Array())]),
  );
  const { value, lost } = kinds.translator.down(join([layer(Uint8Array.of(0xff)), nested]));
  expect(value).toEqual(tagged(12, WireType.Bytes, tagged(2, WireType.Bytes, Uint8Array.of(0x61))));
  expect(lost).toEqual([
    { path: "", reason: "stripped" },
    { path: "child", reason: "stripped" },
  ]);
});

test("layers of others pass byte for byte, in their order", () => {
  const foreign = toBinary(
    EnvelopeSchema,
    create(EnvelopeSchema, { contract: 7n, items: [{ entry: 1n, fragment: Uint8Array.of(8, 1) }] }),
  );
  const broken = Uint8Array.of(0xff, 0xff);
  const bytes = join([layer(foreign), layer(broken), kinds.translator.up(lossy).value, layer(foreign)]);
  const { value, lost } = kinds.translator.down(bytes, trust);
  expect(value).toEqual(join([lossy, layer(foreign), layer(broken), layer(foreign)]));
  expect(lost).toEqual([]);
});

test("of a layer shared with others, only the known items are taken", () => {
  const [own] = layersOf(kinds.translator.up(lossy).value);
  const foreign = { entry: 1n, fragment: Uint8Array.of(8, 1) };
  const elsewhere = { ...own!.items[0]!, path: ["labels", "a"] };
  const shared = create(EnvelopeSchema, { contract: 9n, items: [foreign, ...own!.items, elsewhere] });
  const { value } = kinds.translator.down(layer(toBinary(EnvelopeSchema, shared)), trust);
  const rest = create(EnvelopeSchema, { contract: 9n, items: [foreign, elsewhere] });
  expect(value).toEqual(join([lossy, layer(toBinary(EnvelopeSchema, rest))]));
});

test("a layer is added to those that pass", () => {
  const foreign = layer(Uint8Array.of(0xff));
  const { value } = kinds.translator.up(join([foreign, lossy]), trust);
  expect(Buffer.from(value).subarray(0, foreign.length)).toEqual(Buffer.from(foreign));
  expect(kinds.translator.down(value, trust).value).toEqual(join([lossy, foreign]));
});

test("a stash gives back only what belongs to its entry", () => {
  const [own] = layersOf(kinds.translator.up(lossy).value);
  const forge = (fragment: Uint8Array) => {
    const items = own!.items.map((item) => ({ ...item, fragment }));
    return kinds.translator.down(layer(toBinary(EnvelopeSchema, create(EnvelopeSchema, { items }))), trust);
  };
  for (const fragment of [
    tagged(1, WireType.Bytes, Uint8Array.of(0x61)),
    tagged(8, WireType.Bytes, Uint8Array.of(5)),
    Uint8Array.of(0x40),
    Uint8Array.of(0xff),
  ]) {
    const { value, lost } = forge(fragment);
    expect(lost.length).toBeGreaterThan(1);
    expect(Buffer.from(value).includes(Buffer.from([0x0a, 1, 0x61]))).toBe(false);
  }
});

test("a stash cannot unsay a value that is set now", () => {
  const { value } = kinds.translator.up(lossy);
  const edited = join([
    value,
    tagged(8, WireType.Varint, Uint8Array.of(2)),
    tagged(10, WireType.Varint, varintBytes(8n)),
  ]);
  const down = kinds.translator.down(edited, trust);
  expect(fromBinary(kinds.v3, down.value)).toMatchObject({ color: 1, shade: 8, telex: [1, 2] });
  expect(down.lost).toEqual([
    { path: "color", reason: "edited" },
    { path: "shade", reason: "edited" },
  ]);
});
