import { beforeAll, expect, test } from "vitest";
import { type Mapping, mapSchema, prove, renderProof } from "../../../src/mapping/index.js";
import type { Hook, HookFields } from "../../../src/runtime/index.js";
import { compile } from "../compile.js";

// User code held to its laws: what it may not do, each found in the smallest message, and told as it was asked.

const terms = (text: string) => `[(proto4.field_terms) = {${text}}]`;
const body = (n: number, fields: string) =>
  `syntax = "proto3"; package h.v${n}; import "proto4/options.proto"; message P { ${fields} }`;

let mapping: Mapping;
beforeAll(async () => {
  const { schema } = await compile({
    "h/v1.proto": body(1, "string text = 1; map<string, int32> counts = 2; repeated bytes keys = 3;"),
    "h/v2.proto": body(
      2,
      `optional string words = 4 ${terms('hook: "it", was: "text"')};
       map<string, int32> counts = 5 ${terms('hook: "it"')}; repeated bytes keys = 6 ${terms('hook: "it"')};`,
    ),
  });
  mapping = mapSchema(schema, { v4: "h.v2" })!;
});

const carry: Hook = {
  up: ({ text, ...others }) => ({ words: text, ...others }),
  down: ({ words, ...others }) => ({ text: words, ...others }),
};

async function proveWith(it: Hook) {
  const proof = await prove(mapping, { runs: 150, seed: 4, hooks: { it } });
  return { failure: proof.types[0]!.failure, text: renderProof(proof) };
}

test("code that keeps all is LENS, PRISM and OPAQUE, and ISO only if an empty text comes back", async () => {
  for (const promise of [undefined, "OPAQUE", "LENS", "PRISM"] as const) {
    const { failure, text } = await proveWith(promise ? { ...carry, class: promise } : carry);
    expect(failure).toBeUndefined();
    expect(text).toContain("1 of 1 pairs hold");
  }
  // v3 has no presence.
  expect((await proveWith({ ...carry, class: "ISO" })).failure).toMatchObject({
    from: "v4",
    law: "hook",
    what: 'the code "it" says that it is ISO, and makes nothing of this on the way down',
    hook: {
      name: "it",
      class: "ISO",
      calls: [{ way: "down", given: '{ words: "" }', gave: '{ text: "" }' }],
    },
  });
  const whole: Hook = {
    class: "ISO",
    up: carry.up,
    down: ({ words, ...others }) => ({ text: words === "" ? undefined : words, ...others }),
  };
  expect((await proveWith(whole)).failure?.hook?.calls[0]?.given).toBe('{ words: "" }');
});

const throws = (): HookFields => {
  throw new Error("no such luck");
};
let count = 0;
const cases: readonly (readonly [string, Partial<Hook>, object])[] = [
  [
    "throws",
    { up: ({ text, ...others }) => (text === undefined ? carry.up(others) : throws()) },
    {
      from: "v3",
      what: 'the code "it" fails on the way up: no such luck',
      fields: ["text", "counts", "keys"],
      hook: { name: "it", class: "OPAQUE", calls: [{ way: "up" }] },
    },
  ],
  [
    "gives what does not fit",
    { down: ({ counts }) => ({ text: counts }) },
    {
      what: expect.stringMatching(/^the code "it" fails on the way (up|down): text has to be a string/),
      hook: { name: "it", class: "OPAQUE", calls: expect.anything() },
    },
  ],
  [
    "answers otherwise when it is asked again",
    { up: (fields) => ({ ...carry.up(fields), words: String(count++) }) },
    {
      from: "v3",
      what: 'the code "it" gives another answer when it is asked again on the way up',
      hook: { name: "it", class: "OPAQUE", calls: [{ way: "up" }, { way: "up" }] },
    },
  ],
  [
    "changes what it gets",
    {
      down: (fields) => {
        const { keys } = fields;
        if (Array.isArray(keys)) keys.pop();
        return carry.down(fields);
      },
    },
    { what: expect.stringContaining("it must not change what it gets, and left { keys: [] }") },
  ],
  [
    "says ISO, and drops an entry of a map",
    {
      class: "ISO",
      up: ({ counts, text, ...others }) => ({
        ...others,
        words: text,
        counts: Object.fromEntries(Object.entries(counts ?? {}).slice(0, 1)),
      }),
    },
    {
      from: "v3",
      what: 'the code "it" says that it is ISO, and comes back on the way down with other fields',
      hook: { name: "it", class: "ISO", calls: [{ way: "up" }, { way: "down" }] },
    },
  ],
  [
    "is asked about its own answer, and fails",
    {
      up: (fields) => ({ ...carry.up(fields), words: "mine" }),
      down: ({ words, ...others }) => (words === "mine" ? throws() : carry.down({ words, ...others })),
    },
    { from: "v3", what: 'the code "it" fails on the way down: no such luck' },
  ],
];

test.each(cases)("code that %s is found", async (_, wrong, expected) => {
  const { failure, text } = await proveWith({ ...carry, ...wrong });
  expect(failure).toMatchObject({ law: "hook", ...expected });
  // As much as it takes: a field, or two entries of a map.
  expect(Object.keys(failure!.given.json as object)).toHaveLength(1);
  for (const { way, given } of failure!.hook!.calls) expect(text).toContain(`          ${way}(${given}) `);
});

test("every law of the stash holds for code that loses as it likes", async () => {
  const { failure } = await proveWith({
    class: "LENS",
    up: ({ text }) => ({ words: text === undefined ? undefined : String(text).toUpperCase() }),
    down: ({ words = "" }) => ({ text: String(words).toLowerCase() }),
  });
  expect(failure).toBeUndefined();
});
