import { beforeAll, expect, test } from "vitest";
import { compilePlan, type Mapping, mapSchema } from "../../src/mapping/index.js";
import type { Schema } from "../../src/schema/index.js";
import { compile } from "./compile.js";
import { kinds } from "./kinds.js";
import { sourcesOf } from "./pair.js";
import { tellEntry } from "./tell.js";

let schema: Schema;
beforeAll(async () => {
  ({ schema } = await compile(Object.fromEntries(kinds.flatMap((each, index) => sourcesOf(each, index)))));
});

test.each(kinds.map((kind, index) => ({ ...kind, index })))("$name", ({ index, entries, contract }) => {
  const mapping = mapSchema(schema, { v4: `case${index}.v4` })!;
  const message = mapping.messages.find(({ v4 }) => v4.name === "M");
  expect(message?.entries.map(tellEntry)).toEqual(entries);
  expect(message?.contract).toBe(contract);
  expect(unknownShapes(mapping)).toEqual([]);
});

/** Messages that some field of the plan has to be read for, and that the plan has no shape of. */
function unknownShapes(mapping: Mapping): readonly string[] {
  const { messages, shapes } = compilePlan(mapping);
  const known = new Set(shapes.map(({ message }) => message));
  const read = messages.flatMap(({ changes }) => [
    ...(changes?.changed ?? []).filter(({ kind }) => kind !== "nested" && kind !== "renumber"),
    ...(changes?.only ?? []).filter(({ digest }) => digest !== undefined),
  ]);
  const named = JSON.stringify([read, shapes]).matchAll(/"message":"([^"]+)"/g);
  const nested = new Set(messages.map(({ v3 }) => v3));
  return [...named].map(([, name]) => name!).filter((name) => !known.has(name) && !nested.has(name));
}
