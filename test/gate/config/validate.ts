import { isDeepStrictEqual } from "node:util";
import type { JsonSchema, JsonType } from "../../../src/gate/config/json-schema.js";

/**
 * Whether a value fits a JSON Schema.
 * @throws Error for a word of JSON Schema that is not known here, so that none is passed over
 */
export function fits(value: unknown, schema: JsonSchema): boolean {
  return Object.entries(schema).every(([word, bound]) => {
    const check = Object.hasOwn(words, word) ? words[word as keyof typeof words] : undefined;
    if (check === undefined) throw new Error(`the schema has the word ${word}, which is not known here`);
    return check(value, bound as never, schema);
  });
}

type Check<T> = (value: unknown, bound: T, schema: JsonSchema) => boolean;

const always = (): boolean => true;

/** Each says nothing about values of another type than its own, as the specification has it. */
const words = {
  $schema: always,
  title: always,
  description: always,
  type: ((value, types) => [types].flat().includes(typeOf(value))) as Check<JsonType | JsonType[]>,
  enum: ((value, allowed) => allowed.some((other) => isDeepStrictEqual(value, other))) as Check<unknown[]>,
  pattern: ((value, source) =>
    typeof value !== "string" || new RegExp(source, "u").test(value)) as Check<string>,
  items: ((value, item) =>
    !Array.isArray(value) || value.every((each) => fits(each, item))) as Check<JsonSchema>,
  minItems: ((value, least) => !Array.isArray(value) || value.length >= least) as Check<number>,
  uniqueItems: ((value) => !Array.isArray(value) || new Set(value).size === value.length) as Check<true>,
  required: ((value, keys) => !isMap(value) || keys.every((key) => Object.hasOwn(value, key))) as Check<
    string[]
  >,
  properties: ((value, properties) =>
    !isMap(value) ||
    Object.entries(properties).every(
      ([key, schema]) => !Object.hasOwn(value, key) || fits(value[key], schema),
    )) as Check<Record<string, JsonSchema>>,
  additionalProperties: ((value, _, { properties = {} }) =>
    !isMap(value) || Object.keys(value).every((key) => Object.hasOwn(properties, key))) as Check<false>,
};

function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as JsonType;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeOf(value) === "object";
}
