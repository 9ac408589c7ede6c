import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinFrame, type Section, splitFrame } from "../../../src/registry/pack/frame.js";
import type { PackHeader } from "../../../src/registry/pack/header.js";
import { openPacks, verifyPacks } from "../../../src/registry/pack/index.js";
import { makeFile, packChain, toBlob } from "./files.js";

const files = ["a.proto", "b.proto", "c.proto"].map((name) =>
  makeFile({ name, package: "p", messageType: [{ name: name[0]!.toUpperCase() }] }, `// ${name}`),
);
const chain = await packChain([files, [...files.slice(1), makeFile({ name: "d.proto" })]]);
const [base, delta] = chain as [(typeof chain)[number], (typeof chain)[number]];

describe("a pack whose checksums are right is refused", () => {
  test.each<[string, object]>([
    ["with a path that leads out", { paths: ["a.proto", "b.proto", "../c.proto"] }],
    ["with a file twice", { paths: ["a.proto", "b.proto", "b.proto"] }],
    ["with a path too few", { paths: ["a.proto", "b.proto"] }],
    ["with another order", { order: [1, 2, 0, 1] }],
    ["with an order out of bounds", { order: [0, 4] }],
    ["with an order that repeats", { order: [0, 3, 1, 1] }],
    ["with an order that leaves one out", { order: [0, 2] }],
    ["with an order of endless runs", { order: [0, 4_000_000_000] }],
    ["with a run of none", { order: [0, 3, 0, 0] }],
    ["with an import that was none", { imports: [1] }],
    ["with an import that is not there", { imports: [3] }],
    ["with more contents than it has", { descriptors: [4_000_000_000, 4_000_000_000, 1] }],
    ["with negative lengths", { descriptors: [-1, 1, 1] }],
    ["with fractions", { sources: [0.5, 1, 1] }],
    ["with blocks beyond its end", { blocks: [10_000] }],
    ["with blocks too many", { blocks: [1, 1] }],
    ["with digests cut short", { digests: "AAAA" }],
    ["with digests of another type", { digests: 7 }],
    ["with another digest of its list", { digest: "0".repeat(64) }],
    ["that builds on nothing, and on something", { before: 3 }],
    ["that builds on what is not there", { before: 3, beforeDigest: "0".repeat(64) }],
    ["without paths", { paths: undefined }],
  ])("%s", async (_, change) => {
    await expectRefused([toBlob(withHeader(base.bytes, (header) => ({ ...header, ...change })))]);
  });

  test.each(["", "null", "[]", "{", "[".repeat(100_000), '{"__proto__":{"paths":[]}}'])(
    "with a header %.20s",
    async (json) => {
      const frame = splitFrame(base.bytes, "");
      const header = toSection(Buffer.from(json));
      await expectRefused([toBlob(joinFrame(header, frame.index, [frame.contents]))]);
    },
  );

  test("with a delta that leaves a file in place that it replaces", async () => {
    const change = { paths: ["b.proto"] };
    await expectRefused([base, toBlob(withHeader(delta.bytes, (header) => ({ ...header, ...change })))]);
  });

  test("with sections that are more than they say, less, or could never be so much", async () => {
    const { header, index, contents } = splitFrame(base.bytes, "");
    for (const length of [0, header.length - 1, header.length + 1, 60_000_000, 4_000_000_000])
      for (const [first, second] of [
        [{ ...header, length }, index],
        [header, { ...index, length }],
      ] as const)
        await expectRefused([toBlob(joinFrame(first, second, [contents]))]);
  });

  test("with bytes after the end of a section", async () => {
    const { header, index, contents } = splitFrame(base.bytes, "");
    const longer = { ...header, packed: Buffer.concat([header.packed, Buffer.from("more")]) };
    await expectRefused([toBlob(joinFrame(longer, index, [contents]))]);
  });
});

test("any other value anywhere in a header is refused or read, and does nothing worse", async () => {
  const keys = Object.keys(headerOf(base.bytes)) as (keyof PackHeader)[];
  const value = fc.oneof(fc.jsonValue(), fc.array(fc.integer({ min: -2, max: 2 ** 33 }), { maxLength: 6 }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...keys), value, fc.nat(5), async (key, value, place) => {
      const bytes = withHeader(base.bytes, (header) => ({
        ...header,
        [key]: put(header[key], place, value),
      }));
      const error = await readAll(bytes).catch((error) => error);
      if (error !== undefined) expect(error).toMatchObject({ code: "store-invalid" });
    }),
    { numRuns: 1000 },
  );
});

describe("verifying a chain", () => {
  test("finds nothing in what was packed", async () => {
    await expect(verifyPacks(chain)).resolves.toBeUndefined();
  });

  test("finds a shape, a digest or an index that is another's", async () => {
    const shapes = withHeader(base.bytes, (header) => ({ ...header, shapes: header.digests }));
    const { header, contents } = splitFrame(base.bytes, "");
    const foreign = splitFrame(
      (await packChain([[...files.slice(0, 2), makeFile({ name: "c.proto" })]]))[0]!.bytes,
      "",
    );
    const index = joinFrame(header, foreign.index, [contents]);
    const lengths = headerOf(base.bytes).sources;
    const shifted = withHeader(base.bytes, (header) => ({
      ...header,
      sources: [lengths[0]! + 1, lengths[1]! - 1, lengths[2]!],
    }));
    for (const bytes of [shapes, index, shifted]) {
      const blob = toBlob(bytes);
      await openPacks([blob]);
      await expect(verifyPacks([blob])).rejects.toMatchObject({ code: "store-invalid" });
    }
  });
});

/** Puts a value in the place of a whole column, or of one number in it. */
function put(column: unknown, place: number, value: unknown): unknown {
  return Array.isArray(column) && place < column.length ? column.with(place, value) : value;
}

async function readAll(bytes: Uint8Array): Promise<undefined> {
  const version = await openPacks([toBlob(bytes)]);
  await version.image();
  await version.sources();
  const symbol = version.find("p.A");
  if (symbol !== undefined) await version.bytesOf(symbol);
  return undefined;
}

async function expectRefused(chain: readonly ReturnType<typeof toBlob>[]): Promise<void> {
  await expect(openPacks(chain)).rejects.toMatchObject({
    code: "store-invalid",
    message: expect.stringContaining(chain.at(-1)!.digest),
  });
}

function withHeader(bytes: Uint8Array, change: (header: PackHeader) => object): Uint8Array {
  const { index, contents } = splitFrame(bytes, "");
  const header = toSection(Buffer.from(JSON.stringify(change(headerOf(bytes)))));
  return joinFrame(header, index, [contents]);
}

function headerOf(bytes: Uint8Array): PackHeader {
  return JSON.parse(inflateSync(splitFrame(bytes, "").header.packed).toString());
}

function toSection(raw: Uint8Array): Section {
  return { packed: deflateSync(raw), length: raw.length };
}
