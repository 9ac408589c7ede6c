import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import { type FileSlice, type Image, sliceImage } from "../../../src/image/index.js";
import { noCache, sha256 } from "../../../src/registry/blob-cache.js";
import { findVersion, loadImages, type Registry } from "../../../src/registry/index.js";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import { compile, push } from "../contracts.js";
import { dump, openTestStore } from "../stores.js";
import { hostileFiles, nestedFile } from "./hostile-files.js";

/** More of them by HOSTILE. */
const runs = Number(process.env.HOSTILE ?? 1);

let valid: Image;
let count = 0;
beforeAll(async () => {
  valid = (await compile({ "acme/v1/rich.proto": rich })).image;
});

test.each(hostileFiles)("%s is published or refused, and nothing in between", async (_, file) => {
  const bytes = serializeImage({ files: [{ bytes: toBinary(FileDescriptorProtoSchema, file()) } as never] });
  const { registry, again } = await prepare();
  await tell(registry, bytes, again);
});

test.each([100, 1_000, 100_000])(
  "a message in itself %i times is published or refused, and nothing in between",
  async (depth) => {
    const { registry, again } = await prepare();
    await tell(registry, serializeImage({ files: [{ bytes: nestedFile(depth) } as never] }), again);
  },
);

test("a descriptor with any bytes changed is published or refused, and nothing in between", {
  timeout: 60_000 * runs,
}, async () => {
  const { registry, again } = await prepare();
  const outcomes = new Set<string>();
  const property = fc.asyncProperty(edits, async (edits) => {
    const files = valid.files.map(({ bytes, path }) => ({
      bytes: path === "acme/v1/rich.proto" ? edits.reduce(edited, bytes) : bytes,
    }));
    outcomes.add(await tell(registry, serializeImage({ files } as never), again));
  });
  await fc.assert(property, { numRuns: 300 * runs, examples: [[[otherLetter()]], [[cutHead]]] });
  // Both happened, as chance does not promise, or too little was changed, or too much.
  expect([...outcomes].sort()).toEqual(expect.arrayContaining(["image-corrupt", "published"]));
});

test("a descriptor with any field changed is published or refused, and nothing in between", {
  timeout: 60_000 * runs,
}, async () => {
  const { registry, again } = await prepare();
  const outcomes = new Set<string>();
  const property = fc.asyncProperty(changes, async (changes) => {
    const files = valid.files.map(({ bytes, path }) =>
      path === "acme/v1/rich.proto" ? { bytes: changedFile(bytes, changes) } : { bytes },
    );
    outcomes.add(await tell(registry, serializeImage({ files } as never), again));
  });
  await fc.assert(property, { numRuns: 300 * runs });
  expect([...outcomes].sort()).toEqual(expect.arrayContaining(["image-corrupt", "published"]));
});

/** A store that holds the valid image. */
async function prepare() {
  const store = await openTestStore(`memory:hostile-${process.pid}-${count++}`);
  const registry: Registry = { store, cache: noCache };
  const again = () => push(store, { image: valid, sources: new Map() }, { force: "again" });
  await again();
  return { registry, again };
}

/** @param again publishes what is valid; it has to be possible whatever came before */
async function tell(registry: Registry, bytes: Uint8Array, again: () => Promise<unknown>): Promise<string> {
  const before = await dump(registry.store);
  const outcome = await publishBytes(registry, bytes).catch((error) => error);
  if (outcome instanceof Proto4Error) {
    expect(await dump(registry.store)).toEqual(before);
    return outcome.code;
  }
  if (outcome instanceof Error) throw outcome;
  if (outcome !== "published") return outcome;
  const [image] = await loadImages(registry, [await findVersion(registry.store, ref)]);
  expect(image!.files.map(digestible)).toEqual(sliceImage(bytes, "again").files.map(digestible));
  expect(await again()).toMatchObject({ outcome: "published" });
  return outcome;
}

/** Short enough to be shown. */
function digestible(slice: FileSlice) {
  return { ...slice, bytes: sha256(slice.bytes) };
}

async function publishBytes({ store }: Registry, bytes: Uint8Array): Promise<string> {
  const image = sliceImage(bytes, "hostile");
  return (await push(store, { image, sources: new Map() }, { force: "hostile" })).outcome;
}

const ref = { subject: "acme/user", version: undefined };

interface Edit {
  readonly at: number;
  readonly kind: "flip" | "set" | "cut" | "insert" | "double";
  readonly bytes: Uint8Array;
}

const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    kind: fc.constantFrom(...(["flip", "flip", "flip", "set", "cut", "insert", "double"] as const)),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 2 },
);

/** "mail" becomes "lail": a field of another name. */
function otherLetter(): Edit {
  const { bytes } = valid.files.find(({ path }) => path === "acme/v1/rich.proto")!;
  return { at: (Buffer.from(bytes).indexOf("mail") + 0.5) / bytes.length, kind: "flip", bytes: toBytes([0]) };
}

const cutHead: Edit = { at: 0, kind: "cut", bytes: toBytes([0]) };

function edited(whole: Uint8Array, { at, kind, bytes }: Edit): Uint8Array {
  const place = Math.floor(at * whole.length);
  const [head, tail] = [whole.subarray(0, place), whole.subarray(place)];
  const [first = 0] = bytes;
  if (kind === "flip")
    return Buffer.concat([head, [(tail[0] ?? 0) ^ (1 << (first % 8))], tail.subarray(1)].map(toBytes));
  if (kind === "set") return Buffer.concat([head, bytes, tail.subarray(bytes.length)]);
  if (kind === "cut") return Buffer.concat([head, tail.subarray(bytes.length)]);
  if (kind === "insert") return Buffer.concat([head, bytes, tail]);
  return Buffer.concat([head, tail.subarray(0, first), tail]);
}

function toBytes(bytes: Uint8Array | readonly number[]): Uint8Array {
  return Uint8Array.from(bytes);
}

interface Change {
  readonly path: readonly number[];
  readonly value: string | number;
}

const changes = fc.array(
  fc.record({
    path: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
    value: fc.constantFrom(
      ...[
        "",
        ".",
        "..",
        "a b",
        "__proto__",
        "constructor",
        "acme.v1.User",
        ".acme.v1.User",
        ".acme.v1.Kind",
        "\u0000",
      ],
      ...[0, 1, -1, 2, 11, 10, 14, 18, 19_404, 536_870_911, 536_870_912, 2_147_483_647, -2_147_483_648],
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function changedFile(bytes: Uint8Array, changes: readonly Change[]): Uint8Array {
  const file: FileDescriptorProto = fromBinary(FileDescriptorProtoSchema, bytes);
  for (const { path, value } of changes) change(file as never, path, value);
  return toBinary(FileDescriptorProtoSchema, create(FileDescriptorProtoSchema, file));
}

/** Follows the path into records and lists, and sets the first text or number of its kind at its end. */
function change(into: Record<string, unknown>, path: readonly number[], value: string | number): void {
  let at = into;
  for (const step of path) {
    const inner = Object.values(at).filter((each) => typeof each === "object" && each !== null);
    const next = inner[step % Math.max(inner.length, 1)] as Record<string, unknown> | undefined;
    if (next === undefined || next instanceof Uint8Array) break;
    at = next;
  }
  const keys = Object.keys(at).filter((key) => key !== "$typeName" && typeof at[key] === typeof value);
  const key = keys[path.at(-1)! % Math.max(keys.length, 1)];
  if (key !== undefined) at[key] = value;
}

const rich = `
syntax = "proto2";
package acme.v1;
import "google/protobuf/descriptor.proto";
import "google/protobuf/timestamp.proto";
extend google.protobuf.FieldOptions { optional Note note = 50123; }
message Note { optional string text = 1; repeated int32 numbers = 2; }
enum Kind { KIND_UNSPECIFIED = 0; KIND_A = 1; KIND_B = 2; reserved 5, 7 to 9; reserved "KIND_X"; }
message User {
  reserved 20, 30 to 40;
  reserved "old";
  extensions 100 to 199;
  optional string name = 1 [default = "x", (note) = { text: "n" numbers: [1, 2] }];
  optional Kind kind = 2 [default = KIND_A];
  repeated int64 ids = 3 [packed = true];
  map<string, User> friends = 4;
  oneof way { string mail = 5; User boss = 6; }
  optional group Inner = 7 { optional bytes data = 1; }
  optional google.protobuf.Timestamp at = 8;
  message Deep { enum Mode { MODE_A = 0; } optional Mode mode = 1; }
  optional Deep deep = 9;
}
extend User { optional int32 more = 100; }
service Users {
  rpc Get(User) returns (stream Note) { option deprecated = true; }
  rpc Put(stream User) returns (Note);
}
`;
