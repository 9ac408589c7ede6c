import type { ErrorLocation } from "../../diagnostics/index.js";
import type { JsonSchema } from "./json-schema.js";
import { nearestFirst } from "./nearest.js";
import { entries, invalid, invalidKey, items, type YamlNode } from "./yaml-node.js";

/**
 * What a value in a file may be. A reader and a schema made from one description cannot come to differ: what the one
 * refuses, the other refuses.
 */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** @throws Proto4Error "config-invalid" with the place of what does not fit */
  read(node: YamlNode): T;
}

/**
 * One of some words.
 * @param unknown the sentence for a word that is none of them
 */
export function choice<const T extends string>(
  words: readonly T[],
  unknown: (word: string) => string = noSuchWord(words),
): Shape<T> {
  return {
    schema: { type: "string", enum: words },
    read: (node) => {
      const found = words.find((word) => word === node.value);
      if (found !== undefined) return found;
      throw invalid(node, typeof node.value === "string" ? unknown(node.value) : mustBe("a word", node));
    },
  };
}

/** Text of a form that `what` describes. */
export function matching(pattern: RegExp, what: string): Shape<string> {
  return {
    schema: { type: "string", pattern: pattern.source },
    read: (node) => {
      if (typeof node.value === "string" && pattern.test(node.value)) return node.value;
      throw invalid(node, mustBe(what, node));
    },
  };
}

/** A list of words, none of them twice. */
export function listOf<T extends string>(item: Shape<T>, least: 0 | 1 = 0): Shape<readonly T[]> {
  return {
    schema: { type: "array", items: item.schema, minItems: least, uniqueItems: true },
    read: (node) => {
      const words = items(node).map((each) => item.read(each));
      const twice = items(node).find((_, index) => words.indexOf(words[index]!) < index);
      if (twice !== undefined) throw invalid(twice, `${twice.value} is listed twice; once is enough`);
      if (words.length < least) throw invalid(node, "this list is empty; name something, or leave it out");
      return words;
    },
  };
}

/** A list of what a shape reads one by one, which may hold the same twice. */
export function many<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    schema: { type: "array", items: item.schema },
    read: (node) => items(node).map((each) => item.read(each)),
  };
}

/** A map of one of two kinds: of the first, where it has a key. */
export function withKey<T, U>(key: string, one: Shape<T>, other: Shape<U>): Shape<T | U> {
  return {
    schema: { type: "object", oneOf: [one.schema, other.schema] },
    read: (node) => (entries(node).has(key) ? one : other).read(node),
  };
}

/** What is read knows where it stands. */
export function placed<T>({ schema, read }: Shape<T>): Shape<T & Placed> {
  return { schema, read: (node) => ({ ...read(node), at: node.at, keys: placesIn(node) }) };
}

export interface Placed {
  readonly at: ErrorLocation;
  /** Where each value stands, by its key. */
  readonly keys: ReadonlyMap<string, ErrorLocation>;
}

function placesIn(node: YamlNode): Placed["keys"] {
  return new Map([...entries(node)].map(([key, { at }]) => [key, at]));
}

type Shapes = Readonly<Record<string, Shape<unknown>>>;
type Values<S extends Shapes> = { readonly [K in keyof S]?: S[K] extends Shape<infer T> ? T : never };

/**
 * A map, its values by key. A key with nothing behind it is as if it were left out.
 * @param needed by the key that must be there, the sentence for when it is not
 * @param unknown the sentence for a key that there is not
 */
export function record<S extends Shapes>(
  shapes: S,
  needed: Readonly<Record<string, string>> = {},
  unknown: (key: string) => string = noSuchKey(Object.keys(shapes)),
): Shape<Values<S>> {
  return {
    schema: recordSchema(shapes, Object.keys(needed)),
    read: (node) => {
      const values = new Map<string, unknown>();
      for (const [key, value] of entries(node)) {
        const shape = Object.hasOwn(shapes, key) ? shapes[key] : undefined;
        if (shape === undefined) throw invalidKey(value, unknown(key));
        if (value.value !== null) values.set(key, shape.read(value));
      }
      const missing = Object.keys(needed).find((key) => !values.has(key));
      if (missing !== undefined) throw invalid(node, needed[missing] ?? "");
      // Each value came from the shape under its key, which an index by a string cannot express.
      return Object.fromEntries(values) as Values<S>;
    },
  };
}

/** The same shape, of which editors tell more. */
export function described<T>(description: string, { schema, read }: Shape<T>): Shape<T> {
  return { schema: { description, ...schema }, read };
}

/** A shape whose value is read on. */
export function converted<T, U>({ schema, read }: Shape<T>, convert: (value: T) => U): Shape<U> {
  return { schema, read: (node) => convert(read(node)) };
}

function recordSchema(shapes: Shapes, needed: readonly string[]): JsonSchema {
  const properties = Object.entries(shapes).map(
    ([key, { schema }]) => [key, needed.includes(key) ? schema : orNothing(schema)] as const,
  );
  const required = needed.length === 0 ? {} : { required: needed };
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...required,
    additionalProperties: false,
  };
}

function orNothing(schema: JsonSchema): JsonSchema {
  const words = schema.enum === undefined ? {} : { enum: [...schema.enum, null] };
  return { ...schema, type: typeof schema.type === "string" ? [schema.type, "null"] : schema.type, ...words };
}

function noSuchWord(words: readonly string[]): (word: string) => string {
  return (word) => {
    const [nearest, ...others] = nearestFirst(word, words);
    if (others.length === 0) return `this must be ${nearest}, not "${word}"`;
    return `"${word}" is none of what there is here; did you mean ${nearest}? There are ${words.join(", ")}`;
  };
}

function noSuchKey(keys: readonly string[]): (key: string) => string {
  return (key) => {
    const [nearest] = nearestFirst(key, keys);
    return `there is no key "${key}" here; did you mean ${nearest}? There are ${keys.join(", ")}`;
  };
}

function mustBe(what: string, { value }: YamlNode): string {
  const is = value instanceof Map ? "a map" : Array.isArray(value) ? "a list" : JSON.stringify(value);
  return `this must be ${what}, not ${is}`;
}
