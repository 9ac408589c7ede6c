import { fromBinary } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { checkStubKeepsStash } from "../../src/runtime/check-keeps-stash.js";
import { attachStash, createTranslator, detachStash, type Plan } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { compile } from "../mapping/compile.js";
import { join, tagged } from "./arbitrary-bytes.js";

const number = (field: number, value: number) => tagged(field, WireType.Varint, Uint8Array.of(value));

test("a stub with required fields is asked whether it keeps stashes, too", async () => {
  const { registry } = await compile({
    "r/v3/m.proto": `syntax = "proto2"; package r.v3; enum E { X = 1; }
      message M { required int32 a = 1; required E e = 2; required Part part = 3; repeated Part parts = 4; map<string, Part> by_name = 5; }
      message Part { required string name = 1; optional M m = 2; }`,
  });
  checkStubKeepsStash(registry.getMessage("r.v3.M")!);
});

test("a field that the stub has come to know is the message's own to say", async () => {
  const source = (more: string) => ({
    "k/v3/m.proto": `syntax = "proto3"; package k.v3; message M { int32 a = 1; ${more} }`,
  });
  const [elder, newer] = await Promise.all([source(""), source("int32 b = 2;")].map(compile));
  const [before, after] = [elder, newer].map((compiled) => compiled!.registry.getMessage("k.v3.M")!);
  const { value, stash } = detachStash(before!, join([number(1, 1), number(2, 7), number(3, 9)]));
  expect(attachStash(before!, value, stash)).toEqual({
    value: join([number(1, 1), number(2, 7), number(3, 9)]),
    lost: [],
  });
  const edited = join([number(1, 1), number(2, 8)]);
  const attached = attachStash(after!, edited, stash);
  expect(fromBinary(after!, attached.value)).toMatchObject({ a: 1, b: 8 });
  expect(attached).toEqual({ value: join([edited, number(3, 9)]), lost: [{ path: "", reason: "edited" }] });
});

test("user code need not say what every object inherits", () => {
  const own = { number: 1, name: "has_own_property", type: "string" } as const;
  const size = { number: 2, name: "size", type: "int32" } as const;
  const plan: Plan = {
    messages: [
      {
        v3: "o.v3.M",
        v4: "o.v4.M",
        contract: "CANON",
        changes: {
          digest: "00000000000000ff",
          same: [],
          changed: [
            { kind: "hook", digest: "00000000000000a1", name: "twice", v3: [own, size], v4: [own, size] },
          ],
          only: [],
          reserved: [],
        },
      },
    ],
    shapes: [],
  };
  const twice = {
    up: ({ size }: { readonly size?: unknown }) => ({ size: Number(size) * 2 }),
    down: ({ size }: { readonly size?: unknown }) => ({ size: Number(size) / 2 }),
  };
  const { up } = createTranslator(plan, "o.v3.M", { hooks: { twice } });
  expect(up(number(2, 3))).toEqual({ value: number(2, 6), lost: [] });
});
