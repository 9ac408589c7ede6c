import { expect, test } from "vitest";
import { check } from "../../src/gate/index.js";
import { loadImage } from "../../src/image/index.js";
import { bufBreaking, buildImages, writeTree } from "./batch.js";
import { categories, inFolder } from "./compare.js";

const before = `syntax = "proto2"; package pkg;
message Set { option message_set_wire_format = true; extensions 4 to max; }
message M { extend Set { optional M set = 2147483646; optional M other = 1000; } optional int32 a = 1; }`;
const after = `syntax = "proto2"; package pkg;
message Set { option message_set_wire_format = true; extensions 1000 to max; }
message N {} message M { extend Set { optional N set = 2147483646; } }`;

test("MessageSets, which buf refuses, are judged", async () => {
  await inFolder(async (...sides) => {
    for (const [index, text] of [before, after].entries())
      await writeTree(sides[index]!, [new Map([["a.proto", text]])]);
    expect((await buildImages(sides)).size).toBe(0);
    const [one, other] = sides.map((side) => `${side}.binpb`) as [string, string];
    await expect(bufBreaking(one, other, categories)).rejects.toThrow("is a MessageSet");
    const findings = check(await loadImage(one), await loadImage(other), {
      today: "2026-01-01",
      categories,
      likeBuf: true,
    });
    expect(findings.map(({ rule, at }) => `${at?.startLine}:${at?.startColumn} ${rule}`)).toEqual([
      "2:1 EXTENSION_MESSAGE_NO_DELETE",
      "3:14 EXTENSION_NO_DELETE",
      "3:14 FIELD_NO_DELETE",
      "3:14 FIELD_NO_DELETE_UNLESS_NAME_RESERVED",
      "3:14 FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
      "3:14 PACKAGE_EXTENSION_NO_DELETE",
      "3:48 FIELD_SAME_TYPE",
      "3:48 FIELD_WIRE_COMPATIBLE_TYPE",
      "3:48 FIELD_WIRE_JSON_COMPATIBLE_TYPE",
    ]);
  });
});
