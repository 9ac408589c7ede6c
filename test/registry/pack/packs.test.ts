import { describe, expect, test } from "vitest";
import { listFiles, openPacks, packBase, packDelta, shouldRebase } from "../../../src/registry/pack/index.js";
import { contentOf, contentOfPacks, makeFile, packChain, toBlob } from "./files.js";

const user = { name: "acme/user.proto", package: "acme", messageType: [{ name: "User" }] };
const order = { name: "acme/order.proto", package: "acme", dependency: ["acme/user.proto"] };
const files = [makeFile(user, "message User {}"), makeFile(order, ""), makeFile({ name: "x.proto" })];

describe("a base pack", () => {
  test("gives descriptors, sources, order and import flags byte for byte", async () => {
    const all = [...files, makeFile({ name: "google/any.proto" }, undefined, true)];
    expect(await contentOfPacks(await packChain([all]))).toEqual(contentOf(all));
  });

  test("has the same bytes for the same input", async () => {
    const [one, two] = [await packBase(listFiles(files)), await packBase(listFiles(files))];
    expect(one.bytes).toEqual(two.bytes);
  });

  test("lists files without inflating contents", async () => {
    const version = await openPacks(await packChain([files]));
    const { files: listed, digest } = listFiles(files);
    expect(version.files.map(({ path, digest, shape }) => ({ path, digest, shape }))).toEqual(
      listed.map(({ path, digest, shape }) => ({ path, digest, shape })),
    );
    expect(version.digest).toBe(digest);
  });

  test("gives one file and one source by path, and nothing for another path", async () => {
    const version = await openPacks(await packChain([files]));
    expect(Buffer.from((await version.source("acme/user.proto"))!).toString()).toBe("message User {}");
    expect(await version.source("acme/order.proto")).toHaveLength(0);
    expect(await version.source("x.proto")).toBeUndefined();
    expect(await version.source("y.proto")).toBeUndefined();
    expect(await version.file("acme/order.proto")).toMatchObject({ dependencies: ["acme/user.proto"] });
    expect(await version.file("y.proto")).toBeUndefined();
  });

  test("holds what is larger than a block, and what crosses from one to the next", async () => {
    const large = Array.from({ length: 4 }, (_, i) => noise(i, 300_000 * i + 100_000));
    const all = large.map((source, i) => makeFile({ name: `f${i}.proto` }, source));
    expect(await contentOfPacks(await packChain([all]))).toEqual(contentOf(all));
  });
});

describe("a delta", () => {
  const changed = makeFile({ ...user, messageType: [{ name: "User" }, { name: "Team" }] }, "two");
  const next = [files[2]!, changed, files[1]!, makeFile({ name: "new.proto" })];

  test("gives the next version byte for byte, whatever came, went, changed or moved", async () => {
    const chain = await packChain([files, next, files.slice(1), next]);
    for (const [at, version] of [files, next, files.slice(1), next].entries())
      expect(await contentOfPacks(chain.slice(0, at + 1))).toEqual(contentOf(version));
  });

  test("holds the files that changed, and no other", async () => {
    const before = await openPacks(await packChain([files]));
    expect((await packDelta(before, listFiles(next, before))).changed).toBe(2);
    expect((await packDelta(before, listFiles(files, before))).changed).toBe(0);
  });

  test("is refused behind another chain than its own", async () => {
    const [base, delta] = await packChain([files, next]);
    const [other] = await packChain([[...files.slice(0, 2), makeFile({ name: "z.proto" })]]);
    for (const chain of [[delta!], [other!, delta!], [base!, delta!, delta!], [base!, base!]])
      await expect(openPacks(chain)).rejects.toMatchObject({
        code: "store-invalid",
        message: expect.stringContaining(chain.at(-1)!.digest),
      });
  });
});

describe("a digest", () => {
  test("tells an empty source from none, and where the descriptor ends", () => {
    const digests = [undefined, "", "a"].map(
      (source) => listFiles([makeFile(user, source)]).files[0]!.digest,
    );
    expect(new Set(digests).size).toBe(3);
  });

  test("of a list tells order and import flags", () => {
    const lists = [files, files.toReversed(), [makeFile(user, "message User {}", true), ...files.slice(1)]];
    expect(new Set(lists.map((list) => listFiles(list).digest)).size).toBe(3);
  });
});

describe("a shape", () => {
  const shapeOf = (init: object) => listFiles([makeFile(init as typeof user)]).files[0]!.shape;

  test("does not tell what source info there is", () => {
    const withInfo = { ...user, sourceCodeInfo: { location: [{ path: [4, 0], span: [1, 2, 3] }] } };
    expect(shapeOf(withInfo)).toBe(shapeOf(user));
    expect(shapeOf({ ...withInfo, syntax: "proto3" })).not.toBe(shapeOf(user));
  });

  test("does not tell what buf adds", () => {
    const bytes = Buffer.concat([
      makeFile(user).slice.bytes,
      Buffer.from([0xd2, 0xf6, 0x03, 0x02, 0x08, 0x01]),
    ]);
    const { slice } = makeFile(user);
    const buf = listFiles([{ slice: { ...slice, bytes } }]).files[0]!;
    expect(buf.shape).toBe(shapeOf(user));
  });
});

test("a path that leads out of its folder, or is there twice, is refused", () => {
  for (const name of [
    "../x.proto",
    "/x.proto",
    "a//b.proto",
    "a\\b.proto",
    "c:x.proto",
    "a/./b.proto",
    "a\nb",
    "",
  ])
    expect(() => listFiles([makeFile({ name })])).toThrow(/leads out of its folder/);
  expect(() => listFiles([files[0]!, files[0]!])).toThrow(/twice/);
});

test("a chain is long enough at 16 packs, or where its deltas outweigh half its base", () => {
  expect(shouldRebase([])).toBe(false);
  expect(shouldRebase([100, 25, 25])).toBe(false);
  expect(shouldRebase([100, 25, 26])).toBe(true);
  expect(shouldRebase([1000, ...Array.from({ length: 14 }, () => 1)])).toBe(false);
  expect(shouldRebase([1000, ...Array.from({ length: 15 }, () => 1)])).toBe(true);
});

test("what is no pack, or of a newer format, is refused by the name of its blob", async () => {
  const { bytes } = (await packChain([files]))[0]!;
  const newer = Uint8Array.from(bytes);
  newer[7] = 9;
  for (const wrong of [
    new Uint8Array(),
    Buffer.from("{}"),
    bytes.subarray(0, -1),
    Buffer.concat([bytes, bytes]),
    newer,
  ]) {
    const blob = toBlob(wrong);
    await expect(openPacks([blob])).rejects.toMatchObject({
      code: "store-invalid",
      message: expect.stringContaining(blob.digest),
    });
  }
});

/** Does not compress, and is the same each time. */
function noise(seed: number, length: number): Uint8Array {
  let state = seed + 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 16;
  });
}
