import { type DescExtension, type DescMessage, type FileRegistry, ScalarType } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { compilePlan, mapSchema } from "../../src/mapping/index.js";
import { createTranslator } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { arbitraryBytes, join, tagged } from "../runtime/arbitrary-bytes.js";
import { canonicalFormWithoutStash, recode } from "../runtime/canonical-form.js";
import { type Compiled, compile } from "./compile.js";
import { kinds } from "./kinds.js";
import { sourcesOf } from "./pair.js";

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compile(Object.fromEntries(kinds.flatMap((each, index) => sourcesOf(each, index))));
});

const trust = { stash: "trust" } as const;

/** Hooks need code; see the tests of the runtime. */
const translated = kinds
  .map((kind, index) => ({ ...kind, index }))
  .filter(({ entries }) => !entries.some((entry) => entry.startsWith("hook")));

describe.each(translated)("$name", ({ index, contract }) => {
  test.each([
    ["v3", "v4", "up", "down"],
    ["v4", "v3", "down", "up"],
  ] as const)("%s comes back from a stub of %s", (from, over, there, back) => {
    const { schema, registry } = compiled;
    const plan = compilePlan(mapSchema(schema, { v4: `case${index}.v4` })!);
    const translator = createTranslator(plan, `case${index}.v3.M`);
    const [source, other] = [from, over].map((side) => registry.getMessage(`case${index}.${side}.M`)!);
    const roundTrip = (bytes: Uint8Array) => {
      const outward = translator[there](recode(source!, bytes));
      const home = translator[back](recode(other!, outward.value), trust);
      expect([...outward.lost, ...home.lost]).toEqual([]);
      return home.value;
    };
    // Where v3 has nothing, v4 gets what is declared: after that it comes back as it is.
    const filled = (bytes: Uint8Array) => (contract === "MODULO" && from === "v4" ? roundTrip(bytes) : bytes);
    const form = (bytes: Uint8Array) => canonicalFormWithoutStash(source!, bytes);
    fc.assert(
      fc.property(anyMessage(source!, registry), (bytes) => {
        const before = filled(bytes);
        expect(form(roundTrip(before))).toBe(form(before));
      }),
      { numRuns: 100 },
    );
  });
});

/** With extensions as an encoder writes them, each once: the stubs leave them as they are. */
function anyMessage(message: DescMessage, registry: FileRegistry): fc.Arbitrary<Uint8Array> {
  const extensions = [...registry].filter(
    (desc): desc is DescExtension => desc.kind === "extension" && desc.extendee === message,
  );
  const parts = extensions.map((extension) =>
    fc.oneof(fc.constant(new Uint8Array()), extensionField(extension)),
  );
  return fc.tuple(arbitraryBytes(message), ...parts).map(join);
}

function extensionField({ number, message, scalar }: DescExtension): fc.Arbitrary<Uint8Array> {
  const small = fc.integer({ min: 1, max: 9 }).map((value) => Uint8Array.of(value));
  if (message !== undefined)
    return small.map((value) => tagged(number, WireType.Bytes, tagged(1, WireType.Varint, value)));
  return small.map((value) =>
    tagged(number, scalar === ScalarType.STRING ? WireType.Bytes : WireType.Varint, value),
  );
}
