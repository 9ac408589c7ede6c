import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { CodeGeneratorRequestSchema, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import { type FileSlice, type Image, imageFromRequest, loadImage, sliceFile } from "../../src/image/index.js";
import { fingerprint } from "../../src/schema/index.js";
import { protocPath } from "../setup/peers.js";
import { buf, run } from "../setup/sources.js";
import { contractFolder } from "./real-images.js";

type Edit = readonly [path: string, from: string, to: string];

/** A copy of the contract, with the options it imports, changed by `edits`. */
async function contractWith(...edits: readonly Edit[]): Promise<string> {
  const folder = await contractFolder();
  for (const [path, from, to] of edits) {
    const text = await readFile(join(folder, path), "utf8");
    expect(text).toContain(from);
    await writeFile(join(folder, path), text.replace(from, to));
  }
  return folder;
}

async function fingerprintOf(folder: string, packageName = "shop.v1"): Promise<string> {
  return fingerprint(await loadImage(folder), packageName);
}

describe("the fingerprint of a folder is that of", () => {
  test.each(["shop.v1", "shop.v2"])("a buf image, and a limited path, of %s", async (packageName) => {
    const folder = await contractWith();
    const expected = await fingerprintOf(folder, packageName);
    expect(expected).toMatch(/^[0-9a-f]{64}$/);
    await buf(folder, "build", "-o", "image.binpb");
    expect(await fingerprintOf(join(folder, "image.binpb"), packageName)).toBe(expected);
    const path = join(folder, packageName.replace(".", "/"));
    const limited = await loadImage(folder, { paths: [path] });
    expect(fingerprint(limited, packageName)).toBe(expected);
  });

  test("a plug-in request of buf generate", async () => {
    const folder = await contractWith();
    await writeFile(
      join(folder, "buf.gen.yaml"),
      `version: v2\nplugins: [{local: ./protoc-gen-capture, out: gen, strategy: all}]\n`,
    );
    await capturePlugin(folder);
    await buf(folder, "generate");
    for (const packageName of ["shop.v1", "shop.v2"])
      expect(fingerprint(await capturedImage(folder), packageName)).toBe(
        await fingerprintOf(folder, packageName),
      );
  });

  describe.skipIf(protocPath === undefined)("protoc's", () => {
    const protoc = (folder: string, ...args: readonly string[]) =>
      run(folder, protocPath as string, "-I.", ...args, "shop/v1/user.proto", "shop/v1/legacy.proto");

    test("image, with and without source info", async () => {
      const folder = await contractWith();
      const expected = await fingerprintOf(folder);
      await protoc(folder, "-o", "bare.pb", "--include_imports");
      expect(await fingerprintOf(join(folder, "bare.pb"))).toBe(expected);
      await protoc(folder, "-o", "full.pb", "--include_imports", "--include_source_info");
      expect(await fingerprintOf(join(folder, "full.pb"))).toBe(expected);
    });

    test("plug-in request", async () => {
      const folder = await contractWith();
      await capturePlugin(folder);
      await protoc(folder, "--plugin=./protoc-gen-capture", "--capture_out=.");
      const image = await capturedImage(folder);
      expect(fingerprint(image, "shop.v1")).toBe(await fingerprintOf(folder));
      expect(image.files.filter(({ isImport }) => !isImport).map(({ path }) => path)).toEqual([
        "shop/v1/legacy.proto",
        "shop/v1/user.proto",
      ]);
    });
  });
});

const user = "shop/v1/user.proto";
const legacy = "shop/v1/legacy.proto";
const opts = "shop/common/opts.proto";
const editions = "shop/v2/user.proto";
const outer =
  'message Outer {\n  option (shop.common.size).extra.why = "x";\n  option (shop.common.size).max = 1;\n  message Nested {\n    optional int32 v = 1;\n  }\n}\n';
const twoImports = 'import "proto4/options.proto";\nimport "shop/common/opts.proto";';
const limitInPieces =
  "(shop.common.limit).max = 4,\n    (shop.common.limit).inner.min = 2,\n    (shop.common.limit).inner.max = 3";
const limitAtOnce = "(shop.common.limit) = {inner {max: 3 min: 2} max: 4}";
const terms = '(.proto4.field_terms).sunset = "2027-01-31",\n    (.proto4.field_terms).reason = ""';

describe("does not change with", () => {
  test.each<[what: string, packageName: string, edit: Edit]>([
    ["a comment", "shop.v1", [user, "// A user.", "// Somebody."]],
    ["the order of imports", "shop.v1", [user, twoImports, twoImports.split("\n").toReversed().join("\n")]],
    ["terms written in another order", "shop.v1", [user, terms, terms.split(",\n").toReversed().join(",\n")]],
    ["options in one piece", "shop.v1", [user, limitInPieces, limitAtOnce]],
    [
      "options in pieces",
      "shop.v1",
      [
        user,
        '(.proto4.enum_value_terms) = {was: "TOP", since: "2026-01-01"}',
        '(.proto4.enum_value_terms).since = "2026-01-01", (.proto4.enum_value_terms).was = "TOP"',
      ],
    ],
    [
      "a JSON name spelled as the default",
      "shop.v1",
      [user, "string id = 1", 'string id = 1 [json_name = "id"]'],
    ],
    ["a number spelled otherwise", "shop.v1", [legacy, "default = 1e10", "default = 10000000000"]],
    ["file options", "shop.v1", [user, "package shop.v1;", 'package shop.v1; option go_package = "x";']],
    [
      "the definition of an option",
      "shop.v1",
      [opts, "repeated Limit limits", "optional string more = 51009; repeated Limit limits"],
    ],
    ["a package that it does not reach", "shop.v1", [editions, "string city = 1", "string town = 1"]],
    [
      "a feature that was in force anyway",
      "shop.v2",
      [editions, "string id = 1", "string id = 1 [features.field_presence = IMPLICIT]"],
    ],
  ])("%s", async (_, packageName, edit) => {
    expect(await fingerprintOf(await contractWith(edit), packageName)).toBe(await unchanged(packageName));
  });

  test("a message that moved into a file of its own, elsewhere", async () => {
    const folder = await contractWith(
      [user, outer, ""],
      [
        user,
        'import "shop/v1/legacy.proto";',
        'import "shop/v1/legacy.proto"; import "elsewhere/outer.proto";',
      ],
    );
    await mkdir(join(folder, "elsewhere"));
    await writeFile(
      join(folder, "elsewhere/outer.proto"),
      `syntax = "proto3"; package shop.v1; import "shop/common/opts.proto"; ${outer}`,
    );
    expect(await fingerprintOf(folder)).toBe(await unchanged("shop.v1"));
  });
});

describe("changes with", () => {
  test.each<[what: string, packageName: string, edit: Edit]>([
    ["a field's type", "shop.v1", [user, "string id = 1", "bytes id = 1"]],
    ["a field's name", "shop.v1", [user, "string id = 1", "string key = 1"]],
    ["a field's presence", "shop.v1", [user, "string id = 1", "optional string id = 1"]],
    ["a JSON name", "shop.v1", [user, 'json_name = "profile"', 'json_name = "other"']],
    ["a default", "shop.v1", [legacy, "default = 0.1", "default = 0.2"]],
    ["a reserved number", "shop.v1", [legacy, "reserved 20,", "reserved 21,"]],
    ["a value's number", "shop.v1", [user, "HIGH = -1", "HIGH = 2"]],
    ["a streaming side", "shop.v1", [user, "Watch(stream User)", "Watch(User)"]],
    [
      "a lifecycle",
      "shop.v1",
      [user, "(.proto4.field_lifecycle) = STABLE", "(.proto4.field_lifecycle) = FROZEN"],
    ],
    [
      "an option deep inside",
      "shop.v1",
      [user, "(shop.common.limit).inner.max = 3", "(shop.common.limit).inner.max = 4"],
    ],
    [
      "the order of repeated options",
      "shop.v1",
      [
        user,
        "(shop.common.marks) = 3,\n    (shop.common.marks) = -1",
        "(shop.common.marks) = -1,\n    (shop.common.marks) = 3",
      ],
    ],
    [
      "an element that it reaches elsewhere",
      "shop.v1",
      [opts, "optional int32 max = 2", "optional int64 max = 2"],
    ],
    ["a new element", "shop.v1", [user, "message Outer {", "message More {}\nmessage Outer {"]],
    ["an option that only the source keeps", "shop.v2", [editions, "for the source only", "still for it"]],
    ["a feature of a field", "shop.v2", [editions, "utf8_validation = NONE", "utf8_validation = VERIFY"]],
    ["a feature of the file", "shop.v2", [editions, "option features.field_presence = IMPLICIT;", ""]],
  ])("%s", async (_, packageName, edit) => {
    expect(await fingerprintOf(await contractWith(edit), packageName)).not.toBe(await unchanged(packageName));
  });
});

test("what comes with the compiler counts by name, whatever its version holds", async () => {
  const image = await loadImage(await contractWith());
  const files = image.files.map((file) => (file.path === timestamp ? otherVersion(file) : file));
  expect(files).not.toEqual(image.files);
  expect(fingerprint({ files }, "shop.v1")).toBe(fingerprint(image, "shop.v1"));
});

test("a package that the image does not hold is an error that says so", async () => {
  const image = await loadImage(await contractWith());
  expect(() => fingerprint(image, "shop.v9")).toThrow(
    expect.objectContaining({ code: "usage", message: expect.stringContaining('"shop.v9"') }),
  );
});

const known = new Map<string, Promise<string>>();

/** The fingerprint of the contract as it lies there. */
function unchanged(packageName: string): Promise<string> {
  const found = known.get(packageName) ?? contractWith().then((folder) => fingerprintOf(folder, packageName));
  known.set(packageName, found);
  return found;
}

/** supported_features = 3, minimum_edition = 998, maximum_edition = 1001. */
const answer = "\\020\\003\\030\\346\\007\\040\\351\\007";

async function capturePlugin(folder: string): Promise<void> {
  await writeFile(join(folder, "protoc-gen-capture"), `#!/bin/sh\ncat >request.bin\nprintf '${answer}'\n`);
  await chmod(join(folder, "protoc-gen-capture"), 0o755);
}

const timestamp = "google/protobuf/timestamp.proto";

function otherVersion(file: FileSlice): FileSlice {
  const proto = fromBinary(FileDescriptorProtoSchema, file.bytes);
  proto.messageType[0]!.reservedName.push("other");
  return sliceFile(toBinary(FileDescriptorProtoSchema, proto), file.isImport);
}

async function capturedImage(folder: string): Promise<Image> {
  const request = await readFile(join(folder, "request.bin"));
  return imageFromRequest(fromBinary(CodeGeneratorRequestSchema, request));
}
