import { expect, test } from "vitest";
import { sameField } from "../../src/diff/same-field.js";
import type { Field } from "../../src/schema/index.js";
import { schemaOf } from "../schema/real-images.js";

/** Where a field stands, what is told of promises, and what the others decide. */
const noAspects = ["kind", "file", "path", "parent", "lifecycle", "deprecated"];

test("fields are the same only if they are so in every aspect there is", async () => {
  const { elements } = await schemaOf({
    "a.proto": 'syntax = "proto3"; package a; message M { oneof o { int32 f = 1; } }',
  });
  const field = elements.get("a.M.f") as Field;
  expect(sameField(field, { ...field })).toBe(true);
  const unnoticed = Object.keys(field).filter((key) =>
    sameField(field, { ...field, [key]: key === "oneof" ? { name: "another" } : `another ${key}` }),
  );
  expect(unnoticed.sort()).toEqual(noAspects.sort());
});
