import { createHash } from "node:crypto";
import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { type FileSlice, sliceFile } from "../../../src/image/index.js";

/** A file as it is pushed. */
export interface PushedFile {
  readonly slice: FileSlice;
  readonly source: string | undefined;
}

/** Paths that a careless reader or writer takes for each other, or for something else. */
export const oddPaths = [
  "a.proto",
  "A.proto",
  "a/b.proto",
  "a%2Fb.proto",
  "a%2fb.proto",
  "%2e%2e/x.proto",
  "...",
  "..a/x.proto",
  "a..b/x.proto",
  " a.proto",
  "a.proto ",
  "é.proto",
  "e\u0301.proto",
  "\ufeffa.proto",
  "日本語/🦓.proto",
  "\u202eotorp.a",
  "__proto__",
  "constructor",
  "hasOwnProperty/x",
  "image.binpb",
  "-rf",
  "~/x.proto",
  "$HOME/`x`.proto",
  "con.proto",
  "x".repeat(255),
  `${"long/".repeat(199)}x.proto`,
];

/** Paths that lead somewhere else. */
export const leadingOut = fc.oneof(
  fc.constantFrom(
    "..",
    ".",
    "/",
    "/etc/x",
    "a//b",
    "a/../b",
    "../x",
    "a/..",
    "./a",
    "a/",
    "a\\b",
    "C:x",
    "a:b",
  ),
  fc.constantFrom("a\0b", "a\nb", "\u0001", "a\tb"),
  fc
    .tuple(fc.constantFrom(...oddPaths), fc.constantFrom("/../", "//", "/./", "\\", "\r"))
    .map(([path, sign]) => `${path}${sign}${path}`),
);

const path = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...oddPaths) },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
      .filter((text) => !/[\\:/\p{Cc}]|^\.{1,2}$/u.test(text)),
  },
);

/** About the lengths of a block, of a part and of several, now and then. */
const size = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(0, 1, 100, 5_000) },
  { weight: 1, arbitrary: fc.integer({ min: 260_000, max: 264_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 499_000, max: 501_000 }) },
);

const content = fc.record({
  /** Of what no compression makes smaller. */
  source: fc.option(size, { nil: undefined }),
  option: size,
  salt: fc.integer({ min: 0, max: 3 }),
  isImport: fc.boolean(),
  tail: fc.uint8Array({ maxLength: 12 }),
});

/** Versions of a subject, each a set of files in an order of its own. */
export const versions = fc.array(
  fc
    .uniqueArray(fc.tuple(path, content), { selector: ([name]) => name, minLength: 1, maxLength: 6 })
    .map((files) =>
      files.map(([name, what], place) => makeFile(name, { ...what, isImport: place > 0 && what.isImport })),
    ),
  { minLength: 1, maxLength: 4 },
);

interface Content {
  readonly source: number | undefined;
  readonly option: number;
  readonly salt: number;
  readonly isImport: boolean;
  readonly tail: Uint8Array;
}

export function makeFile(name: string, { source, option, salt, isImport, tail }: Content): PushedFile {
  const id = createHash("sha256").update(name).digest("hex").slice(0, 12);
  const file = create(FileDescriptorProtoSchema, {
    name,
    package: "acme.v1",
    syntax: "proto3",
    messageType: [{ name: `M${id}`, options: {} }],
    options: {},
  });
  // Custom options as one sees them who does not know their definitions.
  file.options!.$unknown = [
    { no: 50_123, wireType: 2, data: lengthDelimited(noise(`${name} ${salt}`, option)) },
  ];
  file.messageType[0]!.options!.$unknown = [{ no: 50_400, wireType: 0, data: Uint8Array.of(salt) }];
  const bytes = Buffer.concat([
    toBinary(FileDescriptorProtoSchema, file),
    // A field that is written otherwise than it would be again: its tag is longer than it has to be.
    Uint8Array.of(0xba, 0xb8, 0x80, 0x00, tail.length),
    tail,
  ]);
  const text = source === undefined ? undefined : noise(`${salt} ${name}`, source).toString("latin1");
  return { slice: sliceFile(bytes, isImport), source: text };
}

function noise(seed: string, length: number): Buffer {
  return length === 0
    ? Buffer.alloc(0)
    : createHash("shake256", { outputLength: length }).update(seed).digest();
}

function lengthDelimited(bytes: Uint8Array): Uint8Array {
  const head: number[] = [];
  let rest = bytes.length;
  for (; rest > 0x7f; rest >>>= 7) head.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Uint8Array.from([...head, rest]), bytes]);
}
