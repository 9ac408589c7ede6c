import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FileSlice, type Image, sliceFile } from "../../src/image/index.js";
import {
  buildSchema,
  contractNotes,
  fingerprint,
  fingerprints,
  forgottenContracts,
  notesFormat,
  recallContract,
} from "../../src/schema/index.js";
import { plainFingerprint } from "./plain-fingerprint.js";
import { type Contract, encoded, someContract } from "./random-contract.js";
import { googleApis, shopContract } from "./real-images.js";

describe("the fingerprints of many packages are what the definition says of each,", () => {
  test.each([
    ["of Google's APIs", googleApis],
    ["of a contract with every construct", shopContract],
  ])("%s", async (_, load) => {
    const image = await load();
    const names = packagesIn(image);
    expect(names.length).toBeGreaterThan(3);
    const found = fingerprints(image, names);
    expect([...found.keys()]).toEqual(names);
    for (const name of names) expect([name, found.get(name)]).toEqual([name, plainFingerprint(image, name)]);
  });

  test("of random ones", () => {
    fc.assert(
      fc.property(someContract, (contract) => {
        const image = imageOf(contract);
        for (const [name, found] of fingerprints(image, packagesIn(image))) {
          expect(found).toBe(plainFingerprint(image, name));
          expect(found).toBe(fingerprint(image, name));
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Indexes of files, of which a contract has eight. The first ones are the most imported. */
const someFiles = fc.uniqueArray(fc.nat({ max: 7 }), { minLength: 1, maxLength: 2 });

describe("with the fingerprints of an image before,", () => {
  test("those of the image after are what they are from scratch, for random edits", () => {
    let kept = 0;
    let changed = 0;
    fc.assert(
      fc.property(someContract, someContract, someFiles, (one, other, edited) => {
        // Some files become those of the other contract, and whatever imports them stays as it is.
        const mixed = one.map((file, index) => (edited.includes(index) ? other[index]! : file));
        const [before, after] = [imageOf(one), imageOf(mixed)];
        const elder = fingerprints(before, packagesIn(before));
        const found = fingerprints(after, packagesIn(after), { image: before, fingerprints: elder });
        expect(found).toEqual(fingerprints(imageOf(mixed), packagesIn(after)));
        // Of an image that this process did not see, the fingerprints are known and nothing else.
        const [loaded, again] = [imageOf(one), imageOf(mixed)];
        expect(fingerprints(again, packagesIn(after), { image: loaded, fingerprints: elder })).toEqual(found);
        // Nor of one of which notes are known besides, and then nothing has to be read that is the same.
        const [noted, once] = [imageOf(one), imageOf(mixed)];
        const homes = new Map(
          [...buildSchema(noted.files).declared].map(([name, each]) => [name, each.file.fullName]),
        );
        const notes = contractNotes(before, packagesIn(before));
        for (const name of forgottenContracts(once, noted))
          recallContract(noted, { package: name, fingerprint: elder.get(name)! }, notes.get(name)!, (each) =>
            homes.get(each),
          );
        expect(forgottenContracts(once, noted)).toEqual([]);
        expect(fingerprints(once, packagesIn(after), { image: noted, fingerprints: elder })).toEqual(found);
        for (const [name, digits] of found) elder.get(name) === digits ? kept++ : changed++;
      }),
      { numRuns: 100 },
    );
    expect(Math.min(kept, changed)).toBeGreaterThan(20);
  });

  test("what no change reaches is taken over, not computed", async () => {
    const image = await shopContract();
    const known = new Map(packagesIn(image).map((name) => [name, `as told of ${name}`]));
    const files = image.files.map((file) => (file.path === "shop/v2/user.proto" ? commented(file) : file));
    const found = fingerprints({ files }, packagesIn(image), { image, fingerprints: known });
    expect(found.get("shop.v2")).toBe(fingerprint(image, "shop.v2"));
    expect(found.get("shop.v1")).toBe("as told of shop.v1");
  });

  test("a package that lost a file has another fingerprint, one that has left is an error", () => {
    const file = (path: string, packageName: string, message: string) => ({
      name: path,
      package: packageName,
      messageType: [{ name: message }],
    });
    const one = [file("a.proto", "a", "A"), file("b.proto", "a", "B"), file("c.proto", "c", "C")];
    const [before, after] = [imageOf(one), imageOf([one[0]!])];
    const known = { image: before, fingerprints: fingerprints(before, ["a", "c"]) };
    expect(fingerprints(after, ["a"], known).get("a")).toBe(plainFingerprint(after, "a"));
    expect(() => fingerprints(after, ["c"], known)).toThrow(expect.objectContaining({ code: "usage" }));
  });
});

test("files that do not see each other may give one number to different options", () => {
  const option = (name: string, type: number) => ({
    name: `${name}/opts.proto`,
    package: name,
    dependency: ["google/protobuf/descriptor.proto"],
    extension: [{ name: "mark", extendee: ".google.protobuf.MessageOptions", number: 50000, label: 3, type }],
  });
  const user = (name: string, packageName = name) => ({
    name: `${packageName}/user.proto`,
    package: packageName,
    dependency: [`${name}/opts.proto`],
  });
  const options = imageOf([option("a", 5), option("b", 9)]);
  const users = imageOf([user("a"), user("b"), user("a", "c")]);
  const image = withDescriptor([...options.files, ...users.files.map(marked)]);
  const found = fingerprints(image, ["a", "b", "c"]);
  for (const [name, digits] of found) expect(digits).toBe(plainFingerprint(image, name));
});

/** With a message M that has the option twice: numbers that are packed together, or two texts that stay two. */
function marked({ bytes }: FileSlice): FileSlice {
  const options = [0, 1].flatMap(() => [0x82, 0xb5, 0x18, 1, 65]);
  return sliceFile(Buffer.concat([bytes, Uint8Array.of(0x22, 15, 0x0a, 1, 77, 0x3a, 10, ...options)]));
}

function withDescriptor(files: readonly FileSlice[]): Image {
  const descriptor = {
    name: "google/protobuf/descriptor.proto",
    package: "google.protobuf",
    messageType: [{ name: "MessageOptions", extensionRange: [{ start: 1000, end: 536870912 }] }],
  };
  return { files: [sliceFile(encoded(descriptor)), ...files] };
}

function packagesIn({ files }: Image): readonly string[] {
  return [...new Set(files.map((file) => file.package))];
}

function imageOf(contract: Contract): Image {
  return { files: contract.map((file) => sliceFile(encoded(file))) };
}

/** With a file option more, which is no part of a contract but changes the bytes: java_package = "xy". */
function commented({ bytes, isImport }: FileSlice): FileSlice {
  return sliceFile(Buffer.concat([bytes, Uint8Array.of(0x42, 4, 0x0a, 2, 0x78, 0x79)]), isImport);
}

test("who changes what fingerprints or notes are gives notes another number", async () => {
  const image = await shopContract();
  const names = packagesIn(image);
  const found = fingerprints(image, names);
  const notes = contractNotes(image, names);
  const all = names.map((name) => `${name} ${found.get(name)}\n${notes.get(name)}`).join("\n\n");
  expect({ notesFormat, digest: createHash("sha256").update(all).digest("hex") }).toMatchInlineSnapshot(`
    {
      "digest": "5f076c2cd41c660360f79cb2bb2e49fcf405633525ad294230a98d6b811e0402",
      "notesFormat": 1,
    }
  `);
});
