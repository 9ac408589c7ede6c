import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { anyV3, anyV4 } from "./any-record.js";
import { join } from "./arbitrary-bytes.js";
import { canonicalFormWithoutStash, recode } from "./canonical-form.js";
import { type Kinds, loadKinds } from "./kinds.js";

let kinds: Kinds;
beforeAll(async () => {
  kinds = await loadKinds();
});

/** Fields of the generations that answer for each other. */
interface Counterparts {
  readonly v3: readonly string[];
  readonly v4: readonly string[];
}

const differing: readonly Counterparts[] = [
  { v3: ["nick"], v4: ["handle"] },
  { v3: ["legacy_profile"], v4: ["legacy_profile", "profile_v2"] },
  { v3: ["memo"], v4: ["memo", "note"] },
  { v3: ["legacy_badge"], v4: ["legacy_badge", "badge"] },
  ...[["text", "amount", "kid", "tint", "plain"]].map((oneof) => ({ v3: oneof, v4: oneof })),
];

function counterparts(): readonly Counterparts[] {
  const told = new Set(differing.flatMap(({ v3, v4 }) => [...v3, ...v4]));
  const shared = kinds.v3.fields.filter(
    ({ name }) => !told.has(name) && kinds.v4.fields.some((field) => field.name === name),
  );
  return [...differing, ...shared.map(({ name }) => ({ v3: [name], v4: [name] }))];
}

const own = { v3: ["fax", "telex", "retired"], v4: ["weights", "motto", "spare", "count", "word"] } as const;

test.each([
  { from: "v3", over: "v4", there: "up", back: "down" },
  { from: "v4", over: "v3", there: "down", back: "up" },
] as const)(
  "what $over edits, $from reads; what it leaves, $from has as it was",
  ({ from, over, there, back }) => {
    const { translator } = kinds;
    const [source, edits] = from === "v3" ? [anyV3(kinds), anyV4(kinds)] : [anyV4(kinds), anyV3(kinds)];
    fc.assert(
      fc.property(
        source,
        edits,
        fc.subarray([...counterparts()], { minLength: 1, maxLength: 6 }),
        (bytes, other, chosen) => {
          const before = translator[there](bytes).value;
          const after = edit(
            kinds[over],
            before,
            other,
            chosen.flatMap((each) => each[over]),
          );
          const result = translator[back](after, { stash: "trust" }).value;
          const edited = translator[back](recode(kinds[over], other)).value;
          for (const each of counterparts()) {
            const isSame = formOf(kinds[over], before, each[over]) === formOf(kinds[over], after, each[over]);
            const expected = isSame ? bytes : edited;
            expect(formOf(kinds[from], result, each[from]), String(each[from])).toBe(
              formOf(kinds[from], expected, each[from]),
            );
          }
          expect(formOf(kinds[from], result, own[from])).toBe(formOf(kinds[from], bytes, own[from]));
        },
      ),
      { numRuns: 500 },
    );
  },
);

/** `bytes` with some fields as `other` has them. */
function edit(desc: DescMessage, bytes: Uint8Array, other: Uint8Array, names: readonly string[]): Uint8Array {
  const message = reflect(desc, fromBinary(desc, bytes));
  for (const field of desc.fields) if (names.includes(field.name)) message.clear(field);
  return join([toBinary(desc, message.message), only(desc, other, names)]);
}

/** The fields alone, without unknown ones beside them. */
function only(desc: DescMessage, bytes: Uint8Array, names: readonly string[]): Uint8Array {
  const message = reflect(desc, fromBinary(desc, bytes));
  for (const field of desc.fields) if (!names.includes(field.name)) message.clear(field);
  message.setUnknown([]);
  return toBinary(desc, message.message);
}

function formOf(desc: DescMessage, bytes: Uint8Array, names: readonly string[]): string {
  return canonicalFormWithoutStash(desc, only(desc, bytes, names));
}
