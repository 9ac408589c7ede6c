import type { DescMessage } from "@bufbuild/protobuf";
import fc from "fast-check";
import { makeTag, WireType } from "../../../src/wire/index.js";
import { join, tagged, varintBytes } from "../arbitrary-bytes.js";

type Bytes = fc.Arbitrary<Uint8Array>;

/** Bytes of a message, damaged in every way that we know of, and bytes of nothing at all. */
export function hostileBytes(desc: DescMessage, whole: Bytes): Bytes {
  const wounds = fc.oneof(cut, replaced, spliced(hostileFragment(desc)), spliced(hostileFragment(desc)));
  return fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) },
    { weight: 6, arbitrary: fc.tuple(whole, wounds).map(([bytes, wound]) => wound(bytes)) },
    { weight: 2, arbitrary: fc.tuple(whole, wounds, wounds).map(([bytes, one, other]) => other(one(bytes))) },
  );
}

type Wound = (bytes: Uint8Array) => Uint8Array;

const cut: fc.Arbitrary<Wound> = fc.nat().map((at) => (bytes) => bytes.slice(0, at % (bytes.length + 1)));

const replaced: fc.Arbitrary<Wound> = fc.tuple(fc.nat(), fc.nat(255)).map(([at, byte]) => (bytes) => {
  const copy = bytes.slice();
  if (copy.length > 0) copy[at % copy.length] = byte;
  return copy;
});

/** At the ends mostly, where they are fields of their own. */
function spliced(fragment: Bytes): fc.Arbitrary<Wound> {
  return fc
    .tuple(fragment, fc.constantFrom("front", "back", "back", "inside"), fc.nat())
    .map(([part, where, at]) => (bytes) => {
      if (where === "front") return join([part, bytes]);
      const place = where === "back" ? bytes.length : at % (bytes.length + 1);
      return join([bytes.subarray(0, place), part, bytes.subarray(place)]);
    });
}

function hostileFragment(desc: DescMessage): Bytes {
  const numbers = [...desc.fields.map(({ number }) => number), 77, 19404];
  const number = fc.constantFrom(...numbers);
  const wireType = fc.constantFrom<WireType>(0, 1, 2, 3, 4, 5);
  const holders = desc.fields.filter(({ message }) => message !== undefined).map((field) => field.number);
  return fc.oneof(
    // A known number with any wire type and anything in it.
    fc
      .tuple(number, wireType, fc.uint8Array({ maxLength: 12 }))
      .map(([at, type, value]) => tagged(at, type, value)),
    // Varints that are too long, or that do not end.
    fc
      .tuple(number, fc.integer({ min: 9, max: 14 }))
      .map(([at, length]) => tagged(at, WireType.Varint, overlong(length))),
    number.map((at) => tagged(at, WireType.Varint, Uint8Array.of(0xff, 0xff))),
    // Tags that take more bytes than they need, and tags of no field.
    number.map((at) => join([longTag(at), Uint8Array.of(1)])),
    fc.constantFrom(Uint8Array.of(0), Uint8Array.of(7), Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 1)),
    // Lengths behind all ends.
    fc
      .tuple(number, fc.constantFrom(0x7fn, 0x7fffffffn, 0xffffffffn, 2n ** 63n))
      .map(([at, length]) =>
        join([varintBytes(BigInt(makeTag(at, WireType.Bytes))), varintBytes(length), Uint8Array.of(1, 2)]),
      ),
    // No UTF-8: a lone continuation, an overlong form, a surrogate.
    fc
      .tuple(number, fc.constantFrom([0x80], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xff]))
      .map(([at, text]) => tagged(at, WireType.Bytes, Uint8Array.from(text))),
    // Messages in messages, and groups in groups.
    fc
      .tuple(fc.constantFrom(...(holders.length > 0 ? holders : [77])), fc.constantFrom(5, 99, 101, 300))
      .map(([at, levels]) => nested(at, levels)),
    fc.tuple(number, fc.constantFrom(5, 101, 3000)).map(([at, levels]) => groups(at, levels)),
  );
}

function overlong(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index === length - 1 ? 1 : 0x80));
}

function longTag(number: number): Uint8Array {
  const tag = varintBytes(BigInt(makeTag(number, WireType.Varint)));
  const open = tag.slice();
  open[open.length - 1]! |= 0x80;
  return join([open, Uint8Array.of(0)]);
}

function nested(number: number, levels: number): Uint8Array {
  let bytes: Uint8Array = new Uint8Array();
  for (let level = 0; level < levels; level++) bytes = tagged(number, WireType.Bytes, bytes);
  return bytes;
}

function groups(number: number, levels: number): Uint8Array {
  const [start, end] = [WireType.StartGroup, WireType.EndGroup].map((type) =>
    tagged(number, type, new Uint8Array()),
  );
  return join([...Array<Uint8Array>(levels).fill(start!), ...Array<Uint8Array>(levels).fill(end!)]);
}
