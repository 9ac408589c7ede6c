import { expect, test } from "vitest";
import { check } from "../../src/gate/index.js";
import { type Image, loadImage } from "../../src/image/index.js";
import { buildImages, writeTree } from "./batch.js";
import { compareImages, inFolder } from "./compare.js";

interface Unchanged {
  /** What does not differ about `a.proto`: its bytes in the image, or only its source. */
  readonly same: "bytes" | "source";
  readonly a: string;
  /** The other files. */
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** What is found in `a.proto`. */
  readonly expected: readonly string[];
}

const p2 = 'syntax = "proto2"; package pkg;';
const p3 = 'syntax = "proto3"; package pkg;';
const reordered = {
  before: { "b.proto": `${p2} enum E { A = 1; B = 2; }` },
  after: { "b.proto": `${p2} enum E { B = 2; A = 1; }` },
};

const cases: Readonly<Record<string, Unchanged>> = {
  "the first value of an imported enum, which is a field's default": {
    same: "bytes",
    a: `${p2} import "b.proto"; message M { optional E e = 1; }`,
    ...reordered,
    expected: ["FIELD_SAME_DEFAULT"],
  },
  "an imported type that turns from enum to message": {
    same: "source",
    a: `${p3} import "b.proto"; message M { T t = 1; repeated T ts = 2; }`,
    before: { "b.proto": `${p3} enum T { Z = 0; }` },
    after: { "b.proto": `${p3} message T {}` },
    expected: [
      "FIELD_SAME_CARDINALITY",
      "FIELD_SAME_TYPE",
      "FIELD_SAME_TYPE",
      "FIELD_WIRE_COMPATIBLE_TYPE",
      "FIELD_WIRE_COMPATIBLE_TYPE",
      "FIELD_WIRE_JSON_COMPATIBLE_TYPE",
      "FIELD_WIRE_JSON_COMPATIBLE_TYPE",
    ],
  },
  "the first value of an enum that arrives by way of import public": {
    same: "bytes",
    a: `${p2} import "p.proto"; message M { optional E e = 1; }`,
    before: { ...reordered.before, "p.proto": `${p2} import public "b.proto";` },
    after: { ...reordered.after, "p.proto": `${p2} import public "b.proto";` },
    expected: ["FIELD_SAME_DEFAULT"],
  },
  "the first value of an enum behind two import publics": {
    same: "bytes",
    a: `${p2} import "q.proto"; message M { optional E e = 1; }`,
    before: {
      ...reordered.before,
      "p.proto": `${p2} import public "b.proto";`,
      "q.proto": `${p2} import public "p.proto";`,
    },
    after: {
      ...reordered.after,
      "p.proto": `${p2} import public "b.proto";`,
      "q.proto": `${p2} import public "p.proto";`,
    },
    expected: ["FIELD_SAME_DEFAULT"],
  },
  "the number of an imported value that a default names": {
    same: "bytes",
    a: `${p2} import "b.proto"; message M { optional E e = 1 [default = B]; repeated E es = 2; }`,
    before: { "b.proto": `${p2} enum E { A = 1; B = 2; }` },
    after: { "b.proto": `${p2} enum E { A = 1; B = 3; C = 2; }` },
    expected: ["FIELD_SAME_DEFAULT"],
  },
  "the name of an imported first value, which changes no number": {
    same: "bytes",
    a: `${p2} import "b.proto"; message M { optional E e = 1; }`,
    before: { "b.proto": `${p2} enum E { A = 1; }` },
    after: { "b.proto": `${p2} enum E { B = 1; }` },
    expected: [],
  },
  "the first value of an enum that an extension has": {
    same: "bytes",
    a: `${p2} import "b.proto"; message M { extensions 5; extend M { optional E e = 5; } }`,
    ...reordered,
    expected: ["FIELD_SAME_DEFAULT"],
  },
  "an imported enum that opens and begins at another number": {
    same: "bytes",
    a: 'edition = "2023"; package pkg; import "b.proto"; message M { E e = 1; oneof o { E f = 2; } }',
    before: {
      "b.proto":
        'edition = "2023"; package pkg; enum E { option features.enum_type = CLOSED; A = 1; Z = 0; }',
    },
    after: { "b.proto": 'edition = "2023"; package pkg; enum E { Z = 0; A = 1; }' },
    expected: ["FIELD_SAME_DEFAULT", "FIELD_SAME_DEFAULT"],
  },
  "a name that finds a nearer type of another file": {
    same: "source",
    a: 'syntax = "proto3"; package pkg.inner; import "b.proto"; message M { E e = 1; }',
    before: {
      "b.proto": `${p3} enum E { Z = 0; A = 1; }`,
      "i.proto": 'syntax = "proto3"; package pkg.inner;',
    },
    after: {
      "b.proto": `${p3} import public "i.proto"; enum E { Z = 0; A = 1; }`,
      "i.proto": 'syntax = "proto3"; package pkg.inner; enum E { Y = 0; }',
    },
    expected: ["FIELD_SAME_TYPE", "FIELD_WIRE_COMPATIBLE_TYPE", "FIELD_WIRE_JSON_COMPATIBLE_TYPE"],
  },
  "a type that moved to a file which is imported publicly": {
    same: "bytes",
    a: `${p3} import "b.proto"; message M { T t = 1; } service S { rpc Do(T) returns (T); }`,
    before: { "b.proto": `${p3} message T {}`, "c.proto": p3 },
    after: { "b.proto": `${p3} import public "c.proto";`, "c.proto": `${p3} message T {}` },
    expected: [],
  },
  "an enum that is imported by an import only": {
    same: "bytes",
    a: `${p2} import "b.proto"; message M { optional N n = 1; }`,
    before: {
      "b.proto": `${p2} import "c.proto"; message N { optional E e = 1; }`,
      "c.proto": `${p2} enum E { A = 1; B = 2; }`,
    },
    after: {
      "b.proto": `${p2} import "c.proto"; message N { optional E e = 1; }`,
      "c.proto": `${p2} enum E { B = 2; A = 1; }`,
    },
    expected: [],
  },
};

test.each(Object.entries(cases))(
  "%s",
  { timeout: 60_000 },
  async (_, { same, a, before, after, expected }) => {
    await inFolder(async (folderBefore, folderAfter) => {
      const sides = [
        [folderBefore, before],
        [folderAfter, after],
      ] as const;
      for (const [folder, others] of sides)
        await writeTree(folder, [new Map(Object.entries({ ...others, "a.proto": a }))]);
      expect([...(await buildImages([folderBefore, folderAfter])).values()]).toEqual([]);
      const paths = [`${folderBefore}.binpb`, `${folderAfter}.binpb`] as const;
      const images = [await loadImage(paths[0]), await loadImage(paths[1])] as const;
      expect(Buffer.compare(bytesOf(images[0]), bytesOf(images[1])) === 0).toBe(same === "bytes");
      expect((await compareImages(...paths)).differences).toEqual([]);
      const all = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"];
      const found = check(...images, { today: "2026-01-01", categories: all, likeBuf: true });
      expect(
        found
          .filter(({ at }) => at?.path === "c0/a.proto")
          .map(({ rule }) => rule)
          .sort(),
      ).toEqual(expected);
    });
  },
);

function bytesOf(image: Image): Uint8Array {
  return image.files.find(({ path }) => path === "c0/a.proto")!.bytes;
}
