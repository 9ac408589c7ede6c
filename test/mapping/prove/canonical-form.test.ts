import { create, toBinary } from "@bufbuild/protobuf";
import { AnySchema } from "@bufbuild/protobuf/wkt";
import { beforeAll, expect, test } from "vitest";
import { canonicalBytes } from "../../../src/mapping/prove/canonical-form.js";
import { type Compiled, compile } from "../compile.js";

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compile({
    "a.proto": `syntax = "proto3"; package a; import "google/protobuf/any.proto";
      message Holder { google.protobuf.Any any = 1; map<string, int32> counts = 2; }
      message A { optional int32 level = 1; optional string name = 2; repeated A parts = 3; }`,
  });
});

test("a value that stands for an absent one counts as absent, at every level, and no other does", () => {
  const desc = compiled.registry.getMessage("a.A")!;
  const bytes = (value: object) => toBinary(desc, create(desc, value as never));
  const defaults = new Map([
    ["a.A.level", "07"],
    ["a.A.name", Buffer.from("x").toString("hex")],
  ]);
  const form = (value: object) =>
    Buffer.from(canonicalBytes(desc, bytes(value), { defaults })).toString("hex");
  const parts = (value: object) => ({ parts: [create(desc, value as never)] });
  expect(form({ level: 7, name: "x" })).toBe(form({}));
  expect(form(parts({ level: 7 }))).toBe(form(parts({})));
  expect(form({ level: 8 })).not.toBe(form({}));
  expect(form({ name: "7" })).not.toBe(form({}));
});

test("so does one that an elder message carries as an unknown field, where the last of its number counts", () => {
  const desc = compiled.registry.getMessage("a.A")!;
  const form = (...bytes: readonly number[]) =>
    Buffer.from(
      canonicalBytes(desc, Uint8Array.from(bytes), { defaults: new Map([["a.A#9", "03"]]) }),
    ).toString("hex");
  expect(form(0x48, 3)).toBe("");
  expect(form(0x48, 5, 0x48, 3)).toBe("");
  expect(form(0x48, 3, 0x48, 5)).toBe("48034805");
  expect(form(0x50, 3)).toBe("5003");
});

test("payloads of known types are compared as messages, others as bytes, and maps without an order", () => {
  const { registry } = compiled;
  const desc = registry.getMessage("a.Holder")!;
  const form = (value: object) =>
    Buffer.from(canonicalBytes(desc, toBinary(desc, create(desc, value as never)), { registry })).toString(
      "hex",
    );
  const any = (name: string, ...value: readonly number[]) => ({
    any: create(AnySchema, { typeUrl: `type.googleapis.com/${name}`, value: Uint8Array.from(value) }),
  });
  expect(form(any("a.A", 18, 0, 8, 1))).toBe(form(any("a.A", 8, 1, 18, 0)));
  expect(form(any("a.A", 8, 2))).not.toBe(form(any("a.A", 8, 1)));
  expect(form(any("b.B", 18, 0, 8, 1))).not.toBe(form(any("b.B", 8, 1, 18, 0)));
  expect(form(any("a.A", 255))).not.toBe(form(any("a.A")));
  expect(form({ counts: { b: 1, a: 2 } })).toBe(form({ counts: { a: 2, b: 1 } }));
});
