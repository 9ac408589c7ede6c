import { expect, test } from "vitest";
import { inspectSchema } from "../../src/gate/inspect.js";
import { affectedFiles, type Image } from "../../src/image/index.js";
import { allRules, defaultPolicy, type Inspection } from "../../src/rules/index.js";
import { buildSchema } from "../../src/schema/index.js";
import { imageOf, shopContract } from "../schema/real-images.js";

const policy = { ...defaultPolicy, unannotated: "require" } as const;
const near = allRules.filter((rule) => rule.looksAfar !== true);

test("only rules that say so look at the whole image", async () => {
  const { files } = await shopContract();
  const blind: Inspection = {
    policy,
    get whole(): never {
      throw new Error("looked at");
    },
  };
  const schema = buildSchema(files);
  expect(inspectSchema(schema, near, blind).length).toBeGreaterThan(0);
  expect(() => inspectSchema(schema, allRules, blind)).toThrow("looked at");
});

test("of what is not compared, those that look afar are asked alone, and all others say what they said", async () => {
  const source = (state: string): Promise<Image> =>
    imageOf({
      "type.proto": `syntax = "proto3"; package a; import "proto4/options.proto";
        message T { option (proto4.message_lifecycle) = ${state}; }`,
      "user.proto": `syntax = "proto3"; package a; import "proto4/options.proto"; import "type.proto";
        message U { T t = 1 [(proto4.field_lifecycle) = STABLE]; }`,
      "far.proto": `syntax = "proto3"; package a; import "proto4/options.proto"; import "user.proto";
        message F { U u = 1 [(proto4.field_lifecycle) = DEPRECATED]; }`,
    });
  const [before, after] = await Promise.all([source("STABLE"), source("EXPERIMENTAL")]);
  const { compared } = affectedFiles(before, after);
  expect([...compared].toSorted()).toEqual(["type.proto", "user.proto"]);
  const schema = buildSchema(after.files);
  const inspection = { policy: defaultPolicy, whole: schema };
  const all = inspectSchema(schema, near, inspection);
  const asked = inspectSchema(schema, near, inspection, compared);
  const [left, rest] = [all, asked].map((found) => new Set(found.map(({ id }) => id)));
  const dropped = all.filter(({ id }) => !rest!.has(id));
  expect([...new Set(dropped.map(({ symbol }) => symbol.split(".")[1]))]).toEqual(["F"]);
  expect(asked.every(({ id }) => left!.has(id))).toBe(true);
  expect(asked.map(({ rule }) => rule)).toContain("LIFECYCLE_REFERENCE");
});
