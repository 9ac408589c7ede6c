import fc from "fast-check";
import { expect, test } from "vitest";
import { openPacks, type PackBlob, type PackFile } from "../../../src/registry/pack/index.js";
import { contentOf, contentOfPacks, makeFile, packChain, toBlob } from "./files.js";

const names = [
  "a.proto",
  "a/b.proto",
  "%2e%2e/%2F.proto",
  "ünïcode/日本語 🦓.proto",
  "__proto__",
  "constructor/toString.proto",
  `${"long/".repeat(199)}x.proto`,
  "a b/'\"`$.proto",
  "ﬀ/e\u0301.proto",
];

/** 0 B, small ones, about a block's length, and 5 MB now and then. */
const size = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1, 100, 5_000) },
  { weight: 2, arbitrary: fc.integer({ min: 260_000, max: 264_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(1_000_000, 5_000_000) },
);

const source = fc.option(
  fc.tuple(size, fc.nat(255)).map(([length, byte]) => Buffer.alloc(length, `${byte} ${"x".repeat(byte)}`)),
  { nil: undefined },
);

const file = fc
  .record({
    source,
    isImport: fc.boolean(),
    message: fc.constantFrom("A", "B", "C"),
    options: fc.uint8Array({ maxLength: 20 }),
  })
  .map(({ source, isImport, message, options }) => (name: string): PackFile => {
    // A field that no one knows stands for custom options: it has to survive as it is.
    const made = makeFile({ name, package: "p", messageType: [{ name: message }] }, source, isImport);
    const bytes = Buffer.concat([made.slice.bytes, Buffer.from([0xfa, 0x01, options.length, ...options])]);
    return { ...made, slice: { ...made.slice, bytes } };
  });

/** Any of the names in any order, so files come, go, move, and are what they were or not. */
const kinds = fc.array(file, { minLength: 3, maxLength: 3 });
const version = fc
  .array(fc.tuple(fc.constantFrom(...names), fc.nat(2)), { maxLength: 9 })
  .map((picks) => [...new Map(picks)]);

test("a chain gives each of its versions byte for byte", async () => {
  await fc.assert(
    fc.asyncProperty(kinds, fc.array(version, { minLength: 1, maxLength: 5 }), async (kinds, versions) => {
      const filled = versions.map((files) => files.map(([name, kind]) => kinds[kind]!(name)));
      const chain = await packChain(filled);
      for (const [at, files] of filled.entries())
        expect(await contentOfPacks(chain.slice(0, at + 1))).toEqual(contentOf(files));
    }),
    { numRuns: 60 },
  );
});

test("a damaged chain is refused as such, or gives the very same: it never crashes, hangs or lies", async () => {
  const make = (text: string) => (name: string) =>
    makeFile({ name, package: "p", messageType: [{ name: text }] }, text);
  const first = ["a.proto", "b.proto", "c.proto"].map(make("One"));
  const chain = await packChain([first, [first[2]!, make("Two")("a.proto"), make("Two")("d.proto")]]);
  const whole = await allOf(chain);
  await fc.assert(
    fc.asyncProperty(fc.nat(1), fc.array(damage, { minLength: 1, maxLength: 3 }), async (which, damages) => {
      const bytes = damages.reduce<Buffer>(
        (bytes, damage) => damage(bytes),
        Buffer.from(chain[which]!.bytes),
      );
      const found = await allOf(chain.with(which, toBlob(bytes))).catch((error) => error);
      if (found instanceof Error) expect(found).toMatchObject({ code: "store-invalid" });
      else expect(found).toEqual(whole);
    }),
    { numRuns: 1500 },
  );
});

async function allOf(chain: readonly PackBlob[]) {
  const version = await openPacks(chain);
  const symbol = version.find("p.Two");
  return {
    list: version.files.map(({ path, isImport, digest, shape }) => ({ path, isImport, digest, shape })),
    content: await contentOfPacks(chain),
    names: ["p.One", "p.Two", "p.Three"].map((name) => version.find(name)),
    bytes: symbol && Buffer.from(await version.bytesOf(symbol)).toString("hex"),
  };
}

const damage: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc.oneof(
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 255 }))
    .map(([place, flip]) => (bytes: Buffer) => {
      const flipped = Buffer.from(bytes);
      const at = Math.floor(place * bytes.length);
      if (at < bytes.length) flipped[at]! ^= flip;
      return flipped;
    }),
  fc.nat(23).chain((at) =>
    fc.nat(255).map((byte) => (bytes: Buffer) => {
      const head = Buffer.from(bytes);
      if (at < head.length) head[at] = byte;
      return head;
    }),
  ),
  fc.nat(400).map((count) => (bytes: Buffer) => bytes.subarray(0, Math.max(bytes.length - count, 0))),
  fc
    .uint8Array({ minLength: 1, maxLength: 40 })
    .map((more) => (bytes: Buffer) => Buffer.concat([bytes, more])),
  fc.tuple(fc.nat(400), fc.nat(40)).map(
    ([at, count]) =>
      (bytes: Buffer) =>
        Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + count)]),
  ),
);
