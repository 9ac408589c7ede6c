import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { WireReader } from "../../../src/wire/index.js";
import { join } from "../arbitrary-bytes.js";
import { recode } from "../canonical-form.js";
import { forEachMessage } from "./each-message.js";
import { formOf, isComplete } from "./form.js";
import { type Part, partsOf } from "./parts.js";
import { randomBytes } from "./random-bytes.js";
import { loadRandomCases, type RandomCase, type RandomCases, type RandomMessage } from "./random-cases.js";
import { settings } from "./settings.js";

let cases: RandomCases;
beforeAll(async () => {
  cases = await loadRandomCases(settings.pairs, settings.seed);
}, settings.timeout);

const trust = { stash: "trust" } as const;

const ways = [
  { from: "v3", over: "v4", there: "up", back: "down" },
  { from: "v4", over: "v3", there: "down", back: "up" },
] as const;

type Way = (typeof ways)[number];

test.each(ways)(
  "what $over edits comes home to $from as edited, and what it leaves is as it was",
  (way) => {
    const counts = { edited: 0, left: 0 };
    forEachMessage(cases, (random, message) => {
      const parts = partsOf(random.mapping.messages.find(({ v3 }) => v3.fullName === message.v3.typeName)!);
      if (parts.length === 0) return;
      const bytes = randomBytes(random, way.from, message[way.from]);
      const edits = randomBytes(random, way.over, message[way.over]);
      const maxLength = Math.min(3, parts.length);
      const chosen = fc.subarray([...parts], { minLength: 1, maxLength });
      fc.assert(
        fc.property(bytes, edits, chosen, (bytes, edits, chosen) => {
          const counted = holdEdit(random, message, way, { bytes, edits, parts, chosen });
          counts.edited += counted.edited;
          counts.left += counted.left;
        }),
        { numRuns: settings.messages, seed: settings.seed },
      );
    });
    // A test of edits that edits nothing would pass.
    expect(counts.edited).toBeGreaterThan(cases.accepted.length * settings.messages);
    expect(counts.left).toBeGreaterThan(cases.accepted.length * settings.messages);
  },
  settings.timeout,
);

interface Trial {
  readonly bytes: Uint8Array;
  readonly edits: Uint8Array;
  readonly parts: readonly Part[];
  readonly chosen: readonly Part[];
}

function holdEdit(random: RandomCase, message: RandomMessage, way: Way, trial: Trial) {
  const { from, over, there, back } = way;
  const { translator } = message;
  const counts = { edited: 0, left: 0 };
  const carry = (bytes: Uint8Array) => recode(message[over], translator[there](bytes).value);
  const given = filled(random, message, way, trial.bytes);
  const before = carry(given);
  const numbers = new Set(trial.chosen.flatMap((part) => [...part[over]]));
  const edits = recode(message[over], trial.edits);
  const after = join([
    ...fieldsIn(before, (number) => !numbers.has(number)),
    ...fieldsIn(edits, (number) => numbers.has(number)),
  ]);
  if (!isComplete(random, message[over], after)) return counts;
  const result = translator[back](after, trust).value;
  const alone = translator[back](edits).value;
  for (const part of trial.parts) {
    const form = (bytes: Uint8Array) => partForm(random, message[from], bytes, part[from]);
    const seen = (bytes: Uint8Array) => partForm(random, message[over], bytes, part[over]);
    const known = (bytes: Uint8Array) => partForm(random, message[over], bytes, part[over], false);
    const isLeft = !trial.chosen.includes(part);
    if (isLeft) expect(seen(after)).toBe(seen(before));
    // Unknown fields, and stashes, in what is exchanged are nothing that anybody edits; what joins has laws of its own.
    else if (part.joins || known(before) === known(after)) continue;
    counts[isLeft ? "left" : "edited"]++;
    expect(form(result), [...part[from]].join()).toBe(form(isLeft ? given : alone));
  }
  return counts;
}

/** Where v3 has nothing, v4 gets what is declared: after that it comes back as it is. */
function filled(random: RandomCase, message: RandomMessage, way: Way, bytes: Uint8Array): Uint8Array {
  const { from, there, back } = way;
  const written = recode(message[from], bytes);
  if (from === "v3") return written;
  const { value } = message.translator[back](message.translator[there](written).value, trust);
  return Uint8Array.from(Buffer.from(formOf(random, message[from], value), "hex"));
}

/** Taken from the whole in canonical form, because a part may lack what the whole requires. */
function partForm(
  random: RandomCase,
  desc: RandomMessage["v3"],
  bytes: Uint8Array,
  numbers: ReadonlySet<number>,
  unknown = true,
): string {
  const whole = Uint8Array.from(Buffer.from(formOf(random, desc, bytes, { unknown }), "hex"));
  return Buffer.concat(fieldsIn(whole, (number) => numbers.has(number))).toString("hex");
}

function fieldsIn(bytes: Uint8Array, keep: (number: number) => boolean): readonly Uint8Array[] {
  const reader = new WireReader(bytes);
  const kept: Uint8Array[] = [];
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    reader.skip(tag);
    if (keep(tag >>> 3)) kept.push(bytes.subarray(start, reader.pos));
  }
  return kept;
}
