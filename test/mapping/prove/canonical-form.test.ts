import { create, toBinary } from "@bufbuild/protobuf";
import { beforeAll, expect, test } from "vitest";
import { canonicalBytes } from "../../../src/mapping/prove/canonical-form.js";
import { type Compiled, compile } from "../compile.js";

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compile({
    "a.proto": `syntax = "proto3"; package a;
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
