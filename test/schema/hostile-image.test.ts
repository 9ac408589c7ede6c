import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { type DescriptorProto, DescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Proto4Error } from "../../src/diagnostics/index.js";
import { sliceFile, sliceImage } from "../../src/image/index.js";
import { buildSchema, fingerprint, locate } from "../../src/schema/index.js";
import { buf } from "../setup/sources.js";
import { contractFolder } from "./real-images.js";

let built: Promise<Uint8Array> | undefined;

/** An image of the contract, built once; without source info, in which most changes would mean nothing. */
function realImage(): Promise<Uint8Array> {
  built ??= contractFolder().then(async (folder) => {
    await buf(folder, "build", "--exclude-source-info", "-o", "image.binpb");
    return readFile(join(folder, "image.binpb"));
  });
  return built;
}

/** Everything that is done with an image; how it ends. */
function digest(bytes: Uint8Array): "accepted" | "refused" {
  try {
    const sliced = sliceImage(bytes, "image.binpb");
    const schema = buildSchema(sliced.files);
    for (const element of schema.elements.values()) locate(element, "name");
    for (const name of new Set(sliced.files.map((slice) => slice.package))) fingerprint(sliced, name);
    return "accepted";
  } catch (error) {
    if (!(error instanceof Proto4Error)) throw error;
    expect(error.message).not.toBe("");
    expect(error.location?.path).toBeDefined();
    return "refused";
  }
}

test("the image itself is accepted", async () => {
  const image = await realImage();
  expect(digest(image)).toBe("accepted");
});

test("a truncated image is refused, wherever it was cut", async () => {
  const image = await realImage();
  fc.assert(
    fc.property(fc.nat({ max: image.length - 1 }), (length) => {
      // A cut between two files leaves a smaller image that may be whole.
      if (digest(image.subarray(0, length)) === "accepted") expect(endsOfFiles(image)).toContain(length);
    }),
    { numRuns: 60 },
  );
});

test("flipped bits are refused with a Proto4Error, or make another valid image", async () => {
  const image = await realImage();
  const outcomes = new Set<string>();
  const flip = fc.record({ at: fc.nat({ max: image.length - 1 }), bit: fc.nat({ max: 7 }) });
  fc.assert(
    fc.property(fc.array(flip, { minLength: 1, maxLength: 4 }), (flips) => {
      const bytes = Uint8Array.from(image);
      for (const { at, bit } of flips) bytes[at]! ^= 1 << bit;
      outcomes.add(digest(bytes));
    }),
    { numRuns: 150 },
  );
  expect(outcomes).toContain("refused");
});

test("bytes that replace others are refused with a Proto4Error, or make another valid image", async () => {
  const image = await realImage();
  const splice = fc.record({
    at: fc.nat({ max: image.length }),
    gone: fc.nat({ max: 8 }),
    come: fc.uint8Array({ maxLength: 8 }),
  });
  fc.assert(
    fc.property(splice, ({ at, gone, come }) => {
      digest(Buffer.concat([image.subarray(0, at), come, image.subarray(at + gone)]));
    }),
    { numRuns: 150 },
  );
});

test("what is no image at all is refused", () => {
  expect(digest(new Uint8Array())).toBe("refused");
  expect(digest(Buffer.from("# Not an image\n"))).toBe("refused");
  fc.assert(fc.property(fc.uint8Array({ minLength: 1 }), (bytes) => digest(bytes) === "refused"));
});

describe("refused by name:", () => {
  test.each([
    ["a file that is there twice", [{ name: "a.proto" }, { name: "a.proto" }], "holds a.proto twice"],
    ["a file without a name", [{}], "a file has no name"],
    ["an import that is not there", [{ name: "a.proto", dependency: ["b.proto"] }], "imports b.proto"],
    ["an element in two files", [file("a.proto"), file("b.proto")], "p.M is there twice"],
    [
      "a type that is not there",
      [file("a.proto", { name: "f", number: 1, type: 11, typeName: ".p.Gone" })],
      'the message "p.Gone"',
    ],
    [
      "an enum used as a message",
      [
        {
          ...file("a.proto", { name: "f", number: 1, type: 11, typeName: ".p.E" }),
          enumType: [{ name: "E" }],
        },
      ],
      'the message "p.E"',
    ],
  ])("%s", (_, files, message) => {
    const bytes = toBinary(
      FileDescriptorSetSchema,
      create(FileDescriptorSetSchema, { file: files as never }),
    );
    expect(() => buildSchema(sliceImage(bytes, "image.binpb").files).elements).toThrow(
      expect.objectContaining({ code: "image-corrupt", message: expect.stringContaining(message) }),
    );
  });

  test("a package of the wrong wire type, which other decoders would read", () => {
    const named = new BinaryWriter().tag(1, WireType.LengthDelimited).string("a.proto").finish();
    // The package as the number 2 and field 3 as 0; or else a string of 2 bytes.
    const hostile = Buffer.concat([named, Uint8Array.of(0x10, 0x02, 0x18, 0x00)]);
    expect(() => buildSchema([sliceFile(hostile)])).toThrow(
      expect.objectContaining({ code: "image-corrupt", location: { path: "a.proto" } }),
    );
  });

  test("messages nested without end", () => {
    let nested = toBinary(
      DescriptorProtoSchema,
      create(DescriptorProtoSchema, { name: "M" }) as DescriptorProto,
    );
    for (let depth = 0; depth < 5_000; depth++)
      nested = new BinaryWriter().tag(3, WireType.LengthDelimited).bytes(nested).finish();
    const file = new BinaryWriter().tag(1, WireType.LengthDelimited).string("a.proto");
    const bytes = file.tag(4, WireType.LengthDelimited).bytes(nested).finish();
    expect(() => buildSchema([sliceFile(bytes)])).toThrow(expect.objectContaining({ code: "image-corrupt" }));
  });
});

function file(name: string, ...field: readonly object[]) {
  return { name, package: "p", messageType: [{ name: "M", field }] };
}

/** Offsets after each file of the image. */
function endsOfFiles(image: Uint8Array): readonly number[] {
  let end = 0;
  return sliceImage(image, "image.binpb").files.map(({ bytes }) => {
    end += new BinaryWriter().uint32(10).bytes(bytes).finish().length;
    return end;
  });
}
