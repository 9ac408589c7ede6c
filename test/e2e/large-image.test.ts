import { rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WireWriter } from "../../src/wire/index.js";
import { makeFolder, proto4 } from "../cli/proto4.js";

const FILES = 2_000;
const COMMENT = "a comment as long as a novel's chapter ".repeat(2_700);

let folder: string;

beforeAll(async () => {
  folder = await makeFolder({ "before.binpb": image("string", FILES), "after.binpb": image("bytes", FILES) });
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test("an image of 200 MB is checked, each of its files changed", { timeout: 120_000 }, async () => {
  const { code, stdout, stderr } = await proto4(folder, "check", "after.binpb", "--against", "before.binpb");
  expect({ code, stderr }).toEqual({ code: 100, stderr: `${FILES} errors\n` });
  expect(stdout.match(/^f\d+\.proto:2:1: error FIELD_SAME_TYPE /gm)?.length).toBe(FILES);
});

test("cut in the middle, it is refused in a sentence", { timeout: 120_000 }, async () => {
  await truncate(join(folder, "before.binpb"), 100_000_000);
  const outcome = await proto4(folder, "check", "after.binpb", "--against", "before.binpb", "--like-buf");
  expect(outcome).toMatchObject({ code: 1, stdout: "" });
  expect(outcome.stderr).toMatch(/^before\.binpb: this is not a whole image: .*build it again[^\n]*\n$/);
});

test("an empty file is refused, too", async () => {
  await writeFile(join(folder, "empty.binpb"), "");
  const outcome = await proto4(folder, "check", "empty.binpb", "--against", "empty.binpb");
  expect(outcome).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^empty\.binpb: /) });
});

function image(type: "string" | "bytes", files: number): Uint8Array {
  const image = new WireWriter(files * (COMMENT.length + 200));
  for (let index = 0; index < files; index++) {
    image.varint((1 << 3) | 2);
    image.lengthDelimited(file(`f${index}`, type));
  }
  return image.finish();
}

/** One message with one field, whose place is known and has a comment. */
function file(name: string, type: "string" | "bytes"): Uint8Array {
  const field = { name: "a", number: 1, label: 1, type: type === "string" ? 9 : 12 } as const;
  return toBinary(
    FileDescriptorProtoSchema,
    create(FileDescriptorProtoSchema, {
      name: `${name}.proto`,
      package: name,
      syntax: "proto3",
      messageType: [{ name: "M", field: [field] }],
      sourceCodeInfo: {
        location: [{ path: [4, 0, 2, 0, 5], span: [1, 0, 10], leadingComments: COMMENT }],
      },
    }),
  );
}
