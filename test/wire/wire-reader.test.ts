import { BinaryReader, BinaryWriter } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeTag, maxDepthLimit, WireError, WireReader, type WireType } from "../../src/wire/index.js";
import { encodedFields } from "./encoded-fields.js";

const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

/** What a reader finds field by field: each tag and where its value ends, or why it stopped. */
function walk(reader: WireReader): readonly string[] {
  const found: string[] = [];
  try {
    while (!reader.done) {
      const tag = reader.tag();
      reader.skip(tag);
      found.push(`${tag} ends at ${reader.pos}`);
    }
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    found.push(`${error.code} at ${error.offset}`);
  }
  return found;
}

function failure(read: () => unknown): WireError {
  try {
    read();
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("varints", () => {
  test("of 32 and 64 bits read as protobuf-es wrote them", () => {
    fc.assert(
      fc.property(uint64, (value) => {
        const bytes = new BinaryWriter().uint64(value).finish();
        const reader = new WireReader(bytes);
        expect(reader.varint64()).toBe(value);
        expect(reader.done).toBe(true);
        expect(new WireReader(bytes).varint()).toBe(Number(BigInt.asUintN(32, value)));
      }),
    );
  });

  test("may be padded up to 10 bytes and no further", () => {
    const padded = (length: number) =>
      Uint8Array.from({ length }, (_, i) => (i === length - 1 ? 0 : 0x80 | i));
    expect(new WireReader(padded(10)).varint64()).toBeGreaterThan(0n);
    expect(failure(() => new WireReader(padded(11)).varint())).toMatchObject({
      code: "varint-overlong",
      offset: 0,
    });
    expect(failure(() => new WireReader(Uint8Array.of(0x80)).varint())).toMatchObject({ code: "truncated" });
  });
});

describe("a tag", () => {
  const tagOf = (...bytes: readonly number[]) => new WireReader(Uint8Array.from(bytes)).tag();

  test("of every field number and wire type is what protobuf-es wrote", () => {
    const number = fc.integer({ min: 1, max: 2 ** 29 - 1 });
    fc.assert(
      fc.property(number, fc.integer({ min: 0, max: 5 }), (no, wireType) => {
        const tag = new WireReader(new BinaryWriter().tag(no, wireType).finish()).tag();
        expect([tag >>> 3, tag & 7]).toEqual([no, wireType]);
        expect(tag).toBe(makeTag(no, wireType as WireType));
      }),
    );
  });

  test("may be padded to 5 bytes, as protobuf-es reads it", () => {
    expect(tagOf(0x8a, 0x80, 0x80, 0x80, 0x00)).toBe(10);
    expect(new BinaryReader(Uint8Array.of(0x8a, 0x80, 0x80, 0x80, 0x00)).tag()).toEqual([1, 2]);
  });

  test.each([
    ["field number 0", [0x02]],
    ["wire type 6", [0x0e]],
    ["wire type 7", [0x0f]],
    ["more than 5 bytes", [0x8a, 0x80, 0x80, 0x80, 0x80, 0x00]],
    ["bits above 32", [0x8a, 0x80, 0x80, 0x80, 0x10]],
  ])("with %s is refused", (_, bytes) => {
    expect(failure(() => tagOf(...bytes))).toMatchObject({ code: "tag-invalid", offset: 0 });
  });
});

describe("groups", () => {
  const group = (depth: number) => [...Array(depth).fill(0x0b), ...Array(depth).fill(0x0c)];
  const skip = (bytes: readonly number[]) => walk(new WireReader(Uint8Array.from(bytes)));

  test("are skipped to a depth that the stack of calls bears, and no deeper", () => {
    expect(skip(group(maxDepthLimit))).toEqual([`11 ends at ${2 * maxDepthLimit}`]);
    expect(skip(group(maxDepthLimit + 1))).toEqual([expect.stringMatching(/^too-deep/)]);
  });

  test.each([
    ["not closed", [0x0b, 0x08, 0x01], "truncated at 3"],
    ["closed by another's end", [0x0b, 0x14], "group-unmatched at 2"],
    ["closed but never opened", [0x0c], "group-unmatched at 1"],
  ])("that are %s are refused", (_, bytes, expected) => {
    expect(skip(bytes)).toEqual([expected]);
  });
});

describe("lengths", () => {
  test.each([
    ["beyond the end", [0x02, 0x00]],
    ["of 4 GB and more", [0x80, 0x80, 0x80, 0x80, 0x10]],
    ["below zero", [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
  ])("%s are refused where they stand", (_, bytes) => {
    expect(failure(() => new WireReader(Uint8Array.from(bytes)).subarray())).toMatchObject({
      code: "truncated",
      offset: 0,
    });
  });

  test("give the bytes themselves, not a copy", () => {
    const bytes = Uint8Array.of(0x02, 1, 2, 3);
    const value = new WireReader(bytes).subarray();
    expect([value.buffer === bytes.buffer, ...value]).toEqual([true, 1, 2]);
  });
});

test("strings are UTF-8 or refused, and keep a byte order mark", () => {
  const read = (...bytes: readonly number[]) =>
    new WireReader(Uint8Array.of(bytes.length, ...bytes)).string();
  expect(read(0xef, 0xbb, 0xbf, 0x61)).toBe("\ufeffa");
  expect(failure(() => read(0xff))).toMatchObject({ code: "utf8-invalid", offset: 0 });
  expect(failure(() => read(0xed, 0xa0, 0x80))).toMatchObject({ code: "utf8-invalid" });
});

describe("any bytes", () => {
  const anyBytes = fc.oneof(fc.uint8Array({ maxLength: 40 }), encodedFields);

  test("read the same whatever lies around them: nothing outside is looked at", () => {
    fc.assert(
      fc.property(anyBytes, fc.uint8Array(), fc.uint8Array(), (bytes, before, after) => {
        const inside = Buffer.concat([before, bytes, after]);
        const reader = new WireReader(inside, before.length, before.length + bytes.length);
        const relative = walk(reader).map((line) =>
          line.replace(/\d+$/, (at) => `${Number(at) - before.length}`),
        );
        expect(relative).toEqual(walk(new WireReader(bytes)));
        expect(reader.pos).toBeLessThanOrEqual(reader.end);
      }),
      { numRuns: 500 },
    );
  });

  test("that are read to the end, protobuf-es reads the same", () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        const found = walk(new WireReader(bytes));
        if (!found.every((line) => line.includes("ends at"))) return;
        const theirs = new BinaryReader(bytes);
        for (const line of found) {
          const [no, wireType] = theirs.tag();
          theirs.skip(wireType, no);
          expect(line).toBe(`${makeTag(no, wireType as WireType)} ends at ${theirs.pos}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("that protobuf-es wrote are read to the end, and refused when cut inside a field", () => {
    fc.assert(
      fc.property(encodedFields, fc.nat(), (bytes, cut) => {
        const found = walk(new WireReader(bytes));
        expect(found.filter((line) => !line.includes("ends at"))).toEqual([]);
        const ends = new Set([0, ...found.map((line) => Number(line.split(" ").at(-1)))]);
        const length = cut % (bytes.length + 1);
        const last = walk(new WireReader(bytes.subarray(0, length))).at(-1) ?? "ends at 0";
        expect(last).toMatch(ends.has(length) ? /ends at/ : /^truncated/);
      }),
      { numRuns: 500 },
    );
  });
});
