import { create, type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, test } from "vitest";
import { compilePlan, mapSchema } from "../../src/mapping/index.js";
import { createTranslator, type Translator } from "../../src/runtime/index.js";
import { compile } from "../mapping/compile.js";
import { canonicalForm, recode } from "./canonical-form.js";
import { messageOf } from "./hand-plan.js";

// What one release of the contracts stashed, later releases restore, whatever became of other fields.

/** What the releases say beside the fields that were stashed. */
const others = [
  {
    v3: "int32 aside = 20; string gone = 21;",
    v4: "int32 aside = 20; string gone = 21;",
    values3: "",
    values4: "",
    inner: "",
  },
  {
    v3: "int32 aside = 20; string gone = 21; bool more = 22;",
    v4: "int64 aside = 20; string gone = 21; bool more = 22; bytes own = 23;",
    values3: "GREY = 7;",
    values4: "GREY = 7;",
    inner: "",
  },
  {
    v3: 'int32 aside = 20; bool more = 22; Tint late = 24; reserved 21; reserved "gone";',
    v4: 'int64 aside = 30 [(proto4.field_terms) = {was: "aside"}]; bool more = 22; Tint late = 24; reserved 21, 23; reserved "gone", "own";',
    values3: "GREY = 7;",
    values4: "GREY = 8; PINK = 9;",
    inner: "int32 depth = 7;",
  },
] as const;

function sources({
  v3,
  v4,
  values3,
  values4,
  inner,
}: (typeof others)[number]): Readonly<Record<string, string>> {
  return {
    "rel/v1/m.proto": `syntax = "proto3"; package rel.v1; enum Tint { X = 0; RED = 1; BLUE = 2; ${values3} }
      message M { int32 score = 1; repeated int32 scores = 2; Tint tint = 3; bytes legacy = 4; repeated int32 telex = 5; M next = 6; ${v3} }`,
    "rel/v2/m.proto": `syntax = "proto3"; package rel.v2; import "proto4/options.proto";
      enum Tint { X = 0; RED = 2; BLUE = 1; ${values4} } message Profile { string name = 1; ${inner} }
      message M { reserved 5; int64 score = 1; repeated int64 scores = 2; Tint tint = 3;
        bytes legacy = 4 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "profile"}];
        Profile profile = 10; M next = 6; ${v4} }`,
  };
}

interface Release {
  readonly v3: DescMessage;
  readonly v4: DescMessage;
  readonly translator: Translator;
}

let releases: readonly Release[];
beforeAll(async () => {
  releases = await Promise.all(
    others.map(async (other) => {
      const { schema, registry } = await compile(sources(other));
      const plan = compilePlan(mapSchema(schema, { v4: "rel.v2" })!);
      const [v3, v4] = [messageOf(registry, "rel.v1.M"), messageOf(registry, "rel.v2.M")];
      return { v3, v4, translator: createTranslator(plan, v3.typeName) };
    }),
  );
});

const trust = { stash: "trust" } as const;

/** v3 messages, and what the first release made of them. */
const elder = [
  {
    // Telex, which v4 does not have, at two levels, and a profile that no encoder writes so.
    init: { score: 4, tint: 9, legacy: Uint8Array.of(10, 0), telex: [1, 2], next: { telex: [3] } },
    stored:
      "0804180952020a003214e2bc0910120e09f6c0762cc75715e91a032a0103e2bc092b121809949ceca4f0cf10e6113f187b5e95d7cacb1a0422020a00120f09f6c0762cc75715e91a042a020102",
  },
];

/** v4 messages, and what the first release made of them. */
const newer = [
  {
    init: { score: 2n ** 40n + 5n, scores: [1n, 2n ** 33n], tint: 4, next: { score: 2n ** 50n } },
    stored:
      "08051202010018043223e2bc091f121d0970f65e67151b82ea1100000000000000001a09088080808080808002e2bc093b121b0970f65e67151b82ea11f0d7d7c5431ab8571a0708858080808020121c091e3d5ea31440b6b811dad8de0cbe7ba5141a081206018080808020",
  },
];

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytesOf = (digits: string) => Uint8Array.from(Buffer.from(digits, "hex"));

describe.each([0, 1, 2])("release %i", (index) => {
  test("restores what the first release stashed of v3", () => {
    const { v3, v4, translator } = releases[index]!;
    for (const { init, stored } of elder) {
      const down = translator.down(recode(v4, bytesOf(stored)), trust);
      expect(canonicalForm(v3, down.value)).toBe(canonicalForm(v3, toBinary(v3, create(v3, init))));
      expect(down.lost).toEqual([]);
    }
  });

  test("restores what the first release stashed of v4", () => {
    const { v3, v4, translator } = releases[index]!;
    for (const { init, stored } of newer) {
      const up = translator.up(recode(v3, bytesOf(stored)), trust);
      expect(canonicalForm(v4, up.value)).toBe(canonicalForm(v4, toBinary(v4, create(v4, init))));
      expect(up.lost).toEqual([]);
    }
  });

  test("lets an edit win over it", () => {
    const { v3, v4, translator } = releases[index]!;
    // biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
    const message: any = fromBinary(v3, bytesOf(newer[0]!.stored));
    message.score = 6;
    const up = translator.up(toBinary(v3, message), trust);
    expect(fromBinary(v4, up.value)).toMatchObject({ score: 6n, scores: [1n, 2n ** 33n] });
    expect(up.lost).toEqual([{ path: "score", reason: "edited" }]);
  });
});

test("the first release still stashes so", () => {
  const { v3, v4, translator } = releases[0]!;
  for (const { init, stored } of elder)
    expect(hex(translator.up(toBinary(v3, create(v3, init))).value)).toBe(stored);
  for (const { init, stored } of newer)
    expect(hex(translator.down(toBinary(v4, create(v4, init))).value)).toBe(stored);
});
