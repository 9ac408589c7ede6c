import type { MessageInitShape } from "@bufbuild/protobuf";
import type { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Image, sliceFile } from "../../src/image/index.js";
import { checkLinked } from "../../src/schema/index.js";
import { encoded, someContract } from "./random-contract.js";
import { googleApis, shopContract } from "./real-images.js";

type File = MessageInitShape<typeof FileDescriptorProtoSchema>;

test.each([
  ["Google's APIs", googleApis],
  ["a contract with every construct", shopContract],
])("%s links", async (_, load) => {
  const image = await load();
  expect(links(image)).toBe(true);
});

const message = (name: string, ...uses: readonly string[]) => ({
  name,
  field: uses.map((typeName, index) => ({
    name: `f${index}`,
    number: index + 1,
    label: 1 as const,
    type: 11 as const,
    typeName,
  })),
});
const used: File = { name: "used.proto", package: "used", messageType: [message("U")] };
const facade: File = { name: "facade.proto", dependency: ["used.proto"], publicDependency: [0] };
const user = (...dependency: string[]): File => ({
  name: "user.proto",
  package: "user",
  dependency,
  messageType: [message("M", ".used.U")],
});

test("what is publicly imported by an import is seen, through any number of them", () => {
  const second: File = { name: "second.proto", dependency: ["facade.proto"], publicDependency: [0] };
  expect(() => checkLinked(imageOf(used, facade, second, user("second.proto")))).not.toThrow();
});

const value = (name: string) => ({ name, value: [{ name: "ON", number: 0 }] });

/** What may be in an image that no compiler made, what is said of it, and of which file. */
const hostile: readonly (readonly [what: string, files: readonly File[], said: string, path: string])[] = [
  [
    "a message with a line break",
    [{ ...used, messageType: [message("U\nforged")] }],
    '"U\\nforged" is no name',
    "used.proto",
  ],
  [
    "a field that steers a terminal",
    [{ ...used, messageType: [{ name: "U", field: [{ name: "\u001b[2J", number: 1, label: 1, type: 5 }] }] }],
    '"\\u001b[2J" is no name',
    "used.proto",
  ],
  ["a package with a line break", [{ ...used, package: "a\nb" }], '"a\\nb" is no name', "used.proto"],
  ["a package that ends in a dot", [{ ...used, package: "used." }], '"used." is no name', "used.proto"],
  ["an import that is not there", [user("gone.proto")], "user.proto imports gone.proto", "user.proto"],
  ["a file that is there twice", [used, used], "holds used.proto twice", "used.proto"],
  ["a type that is not imported", [used, user()], 'user.M.f0 names "used.U" of used.proto', "user.proto"],
  [
    "a type that an import imports, but not publicly",
    [used, { ...facade, publicDependency: [] }, user("facade.proto")],
    'user.M.f0 names "used.U" of used.proto, which this file does not import: add the import',
    "user.proto",
  ],
  [
    "a type that nobody declares",
    [{ ...used, messageType: [message("U", ".used.Gone")] }],
    'used.U.f0 names the message "used.Gone"',
    "used.proto",
  ],
  [
    "a method's type that is not imported",
    [
      used,
      {
        name: "s.proto",
        service: [{ name: "S", method: [{ name: "Do", inputType: ".used.U", outputType: ".used.U" }] }],
      },
    ],
    'S.Do names "used.U"',
    "s.proto",
  ],
  [
    "an extension of what is not imported",
    [
      used,
      { name: "x.proto", extension: [{ name: "x", number: 1, type: 9, label: 1, extendee: ".used.U" }] },
    ],
    'x names "used.U"',
    "x.proto",
  ],
  ["a file that imports itself", [user("user.proto")], "user.proto → user.proto", "user.proto"],
  [
    "a circle of imports",
    [
      { name: "a.proto", dependency: ["b.proto"] },
      { name: "b.proto", dependency: ["c.proto"] },
      { name: "c.proto", dependency: ["b.proto"] },
    ],
    "b.proto → c.proto → b.proto",
    "b.proto",
  ],
  [
    "an element in two files",
    [used, { ...used, name: "other.proto" }],
    "used.U is declared in this file and in used.proto",
    "other.proto",
  ],
  [
    "values of two enums, which are siblings",
    [
      { name: "a.proto", package: "p", enumType: [value("A")] },
      { name: "b.proto", package: "p", enumType: [value("B")] },
    ],
    "p.ON is declared in this file and in a.proto",
    "b.proto",
  ],
  [
    "a message that is a package, too",
    [used, { name: "p.proto", package: "used.U.inner" }],
    "used.U is declared here and is the package of p.proto",
    "used.proto",
  ],
  [
    "a field that is there twice",
    [
      {
        ...used,
        messageType: [
          { name: "U", field: [1, 2].map((number) => ({ name: "f", number, type: 9, label: 1 })) },
        ],
      },
    ],
    "used.U.f is declared twice in this file",
    "used.proto",
  ],
  [
    "a name with a dot in it",
    [{ name: "a.proto", messageType: [{ name: "used.U" }] }],
    '"used.U" is no name of an element',
    "a.proto",
  ],
];

describe("refused, with the file and what to do, whether or not anything is known to link:", () => {
  const refusal = (said: string, path: string) =>
    expect.objectContaining({
      code: "image-corrupt",
      message: expect.stringContaining(said),
      location: expect.objectContaining({ path }),
    });

  test.each(hostile)("%s", (_, files, said, path) => {
    expect(() => checkLinked(imageOf(...files))).toThrow(refusal(said, path));
  });

  test.each(hostile)("%s, come since", (_, files) => {
    const image = imageOf(...files);
    // Each file in turn is the one that came, or was empty, where the others link without it.
    let came = 0;
    for (const file of image.files)
      for (const stead of [[], imageOf({ name: file.path }).files]) {
        const elder = { files: image.files.flatMap((each) => (each === file ? stead : each)) };
        if (elder.files.length > 0 && !links(elder)) continue;
        came++;
        expect(() => checkLinked(image, elder)).toThrow(expect.objectContaining({ code: "image-corrupt" }));
      }
    expect(came).toBeGreaterThan(0);
  });

  test("a type that left a file which others do not import themselves", () => {
    const before = imageOf(used, facade, user("facade.proto"));
    checkLinked(before);
    const after = imageOf({ ...used, messageType: [] }, facade, user("facade.proto"));
    expect(() => checkLinked(after, before)).toThrow(
      refusal('user.M.f0 names the message "used.U"', "user.proto"),
    );
  });
});

test("a chain of imports as long as an image is no trouble, nor is a circle of it", () => {
  const chain = (last: number) =>
    Array.from({ length: 20_000 }, (_, index) => ({
      name: `${index}.proto`,
      dependency: index === 0 ? [`${last}.proto`] : [`${index - 1}.proto`],
    }));
  const [first, ...rest] = chain(19_999);
  expect(() => checkLinked(imageOf(first!, ...rest))).toThrow("in a circle");
  expect(() => checkLinked(imageOf({ name: "0.proto" }, ...rest))).not.toThrow();
});

/** Indexes of files, of which a contract has eight. */
const someFiles = fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 1 });

test("what is known to link changes no verdict, for random files", () => {
  const verdicts = new Set<boolean>();
  fc.assert(
    fc.property(someContract, someContract, someFiles, someFiles, (one, other, edited, bare) => {
      const before = imageOf(...one);
      // Files keep their paths, but not what they declare and import: some names are gone, some are not seen.
      const mixed = one.map((file, index) => (edited.includes(index) ? other[index]! : file));
      const without = mixed.map((file, index) => (bare.includes(index) ? { ...file, dependency: [] } : file));
      const after = imageOf(...without);
      expect(links(before)).toBe(true);
      expect(links(after, before)).toBe(links(after));
      verdicts.add(links(after));
    }),
    { numRuns: 100 },
  );
  expect(verdicts).toEqual(new Set([true, false]));
});

function links(image: Image, linked?: Image): boolean {
  try {
    checkLinked(image, linked);
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: "image-corrupt" });
    return false;
  }
}

function imageOf(...files: readonly File[]): Image {
  return { files: files.map((file) => sliceFile(encoded(file))) };
}
