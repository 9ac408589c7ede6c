import type { DescMessage } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { compilePlan, mapSchema } from "../../src/mapping/index.js";
import { createTranslator, type Translator } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { compile } from "../mapping/compile.js";
import { arbitraryBytes, join, tagged, unknownField } from "./arbitrary-bytes.js";
import { canonicalForm, canonicalFormWithoutStash, recode } from "./canonical-form.js";

// Groups, closed enums, required fields, extensions and defaults.

const common = `
  required string id = 1;
  optional group Part = 2 { optional int32 size = 1; repeated group Hole = 2 { optional bytes at = 1; } }
  repeated group Piece = 3 { optional Shape shape = 1; }
  optional Color color = 4 [default = GREEN];
  repeated Color colors = 5 [packed = true];
  optional bool on = 6 [default = true];
  oneof pick { Shape form = 11; string word = 12; }
  extensions 100 to 199;
`;

const sources = {
  "old/v1/m.proto": `syntax = "proto2"; package old.v1; import "proto4/options.proto";
    enum Shape { ROUND = 1; FLAT = 2; }
    enum Color { RED = 1; GREEN = 2; }
    message M { ${common}
      optional int32 count = 7 [default = 3];
      optional group Gone = 8 { repeated Color colors = 1; map<string, Color> named = 2; }
      optional bytes raw = 9;
      oneof moved { Shape outline = 13; int32 sides = 14; }
      oneof lost { Shape mould = 15; string cast = 16; }
      extensions 200 to 210;
      option (proto4.message_lifecycle) = DEPRECATED;
    }
    extend M { repeated string note = 100; }`,
  "old/v2/m.proto": `syntax = "proto2"; package old.v2; import "proto4/options.proto";
    enum Shape { ROUND = 1; FLAT = 2; }
    enum Color { RED = 1; GREEN = 2; BLUE = 3; }
    message M { ${common}
      optional int64 count = 17 [default = 3];
      optional bytes raw = 9 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "piece_of"}];
      optional P piece_of = 10;
      oneof moved { Shape outline = 23; int32 sides = 14; }
    }
    message P { repeated group Item = 1 { optional Color color = 1 [default = GREEN]; optional float weight = 2; } }
    extend M { repeated string note = 100; }`,
};

let v1: DescMessage;
let v2: DescMessage;
let piece: DescMessage;
let translator: Translator;
beforeAll(async () => {
  const { schema, registry } = await compile(sources);
  [v1, v2, piece] = ["old.v1.M", "old.v2.M", "old.v2.P"].map((name) => registry.getMessage(name)!) as [
    DescMessage,
    DescMessage,
    DescMessage,
  ];
  translator = createTranslator(compilePlan(mapSchema(schema, { v4: "old.v2" })!), "old.v1.M");
});

const trust = { stash: "trust" } as const;

function complete(bytes: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return bytes.map((each) => join([tagged(1, WireType.Bytes, Uint8Array.of(0x61)), each]));
}

test("proto2 comes back from the stub of the newer generation as it was", () => {
  const raw = fc.oneof(arbitraryBytes(piece), fc.uint8Array({ maxLength: 6 }));
  const bytes = arbitraryBytes(v1, {
    values: { "old.v1.M.raw": raw },
    unknown: { "old.v1.M": unknownField(10, 17, 23, 100, 150, 205, 300) },
  });
  fc.assert(
    fc.property(complete(bytes), (elder) => {
      const up = translator.up(recode(v1, elder));
      const down = translator.down(recode(v2, up.value), trust);
      expect([...up.lost, ...down.lost]).toEqual([]);
      expect(canonicalFormWithoutStash(v1, down.value)).toBe(canonicalForm(v1, elder));
    }),
    { numRuns: 600 },
  );
});

test("proto2 comes back from the stub of the elder generation as it was", () => {
  const bytes = arbitraryBytes(v2, {
    unknown: { "old.v2.M": unknownField(7, 8, 13, 15, 16, 100, 150, 205, 300) },
  });
  fc.assert(
    fc.property(complete(bytes), (newer) => {
      const down = translator.down(recode(v2, newer));
      const up = translator.up(recode(v1, down.value), trust);
      expect([...down.lost, ...up.lost]).toEqual([]);
      expect(canonicalFormWithoutStash(v2, up.value)).toBe(canonicalForm(v2, newer));
    }),
    { numRuns: 600 },
  );
});

test.each([
  ["that both have", 11, tagged(12, WireType.Bytes, Uint8Array.of(0x68))],
  ["whose numbers change", 13, tagged(14, WireType.Varint, Uint8Array.of(4))],
  ["that v4 does not have", 15, tagged(16, WireType.Bytes, Uint8Array.of(0x68))],
])("a number that a closed enum does not know unsets no other member of a oneof %s", (_, number, member) => {
  const stray = tagged(number, WireType.Varint, Uint8Array.of(99));
  const bytes = join([tagged(1, WireType.Bytes, Uint8Array.of(0x61)), member, stray]);
  const up = translator.up(bytes);
  const { value } = translator.down(recode(v2, up.value), trust);
  expect(value.subarray(0, bytes.length)).toEqual(bytes);
});
