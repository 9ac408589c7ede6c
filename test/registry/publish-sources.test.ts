import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { sliceFile } from "../../src/image/index.js";
import { encoded } from "../schema/random-contract.js";
import { push } from "./contracts.js";
import { openTestStore } from "./stores.js";

async function pushed(source: string) {
  const store = await openTestStore(`memory:${randomUUID()}`);
  const file = { name: "a.proto", package: "acme.v1", messageType: [{ name: "One" }] };
  const image = { files: [sliceFile(encoded(file))] };
  return push(store, { image, sources: new Map([["a.proto", source]]) });
}

test.each([
  'syntax = "proto3"; package acme.v2; message One {}',
  "package acme . v2\n;",
  "// package acme.v1;\npackage acme.v2;",
  'import "package acme.v1;"; package other;',
  "message One {} package other;",
])("the source text %j is not that of a file of acme.v1", async (source) => {
  await expect(pushed(source)).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("its descriptor is of package acme.v1"),
    location: { path: "a.proto" },
  });
});

test.each([
  'syntax = "proto3"; package acme.v1; message One {}',
  "/* package other; */ package /* here */ acme\n.\nv1 ;",
  "\ufeffpackage acme.v1;",
  "package acme.v1; // package other;",
  'package acme.v1; option java_package = "package other;";',
  "package acme.v1; message One { string package = 1; }",
  "package acme.v1; message One { package.Two package = 1; }",
  "package acme.v1; enum E { package = 0; }",
  "no source at all, which nobody can tell",
  "",
])("the source text %j may be", async (source) => {
  expect((await pushed(source)).outcome).toBe("published");
});

test.each(["/*'\"", "/* */", "; ", "package ", ";package", "'", "//\n", ";  package  a"])(
  "a text of a megabyte of %j is read in no time",
  async (piece) => {
    const began = performance.now();
    await pushed(`${piece.repeat(1_000_000 / piece.length)} package acme.v2`).catch(() => undefined);
    expect(performance.now() - began).toBeLessThan(5_000);
  },
);
