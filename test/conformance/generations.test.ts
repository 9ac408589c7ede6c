import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { conformanceProtos } from "../setup/conformance-runner.js";
import { loadGenerations } from "./load-generations.js";
import { stillKept } from "./renumber.js";
import { tally } from "./tally.js";

test("the generations share no field number", async () => {
  const { image } = await loadGenerations(conformanceProtos());
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
  const { fields, longer, shorter, kept } = tally(registry);
  expect(fields).toBeGreaterThan(800);
  expect(longer).toBeGreaterThan(300);
  expect(shorter).toBeGreaterThan(50);
  expect(kept).toEqual([]);
});

test("groups and extensions become those of the other generation", async () => {
  const { plans } = await loadGenerations(conformanceProtos());
  const changed = plans.flatMap(({ messages }) => messages).flatMap(({ changes }) => changes?.changed ?? []);
  const moved = changed.filter(({ kind }) => kind === "renumber" || kind === "nested");
  const told = moved.map((entry) => JSON.stringify(entry));
  expect(told.filter((entry) => entry.includes('"type":"group"')).length).toBeGreaterThan(3);
  expect(told.filter((entry) => entry.includes('.extension_int32)"'))).not.toEqual([]);
});

test.each(stillKept)(
  "the newer generation has %s as they were only because the mapping refuses others",
  async (part) => {
    const kept = stillKept.filter((other) => other !== part);
    await expect(loadGenerations(conformanceProtos(), kept)).rejects.toMatchObject({
      code: "mapping-unsupported",
    });
  },
);
