import type { Field, Message } from "../schema/index.js";
import { ownName } from "./declared-fields.js";
import type { FieldPairing, PairedFields, Unpaired } from "./field-pair.js";
import type { PairedBy } from "./mapping.js";
import { pairByNumber } from "./pair-by-number.js";
import { ambiguous, unsupported } from "./refuse.js";

/**
 * Pairs the fields of two paired messages: by `was`, then by name, then what is left by number and shape. A guess
 * that is not sure is left with the problems, and made all the same, so that nothing else is said of its fields.
 * @returns pairs in the order of v4
 * @throws Proto4Error "mapping-ambiguous", "mapping-unsupported"
 */
export function pairFields({ v3, v4 }: Unpaired, pairing: FieldPairing): readonly PairedFields[] {
  const pairs = new Map<Field, PairedFields>();
  const claimed = new Map<Field, Field>();
  const claim = (newer: Field, elder: Field | undefined, pairedBy: PairedBy) => {
    if (elder === undefined || pairs.has(newer)) return;
    pairs.set(newer, { v3: elder, v4: newer, pairedBy });
    claimed.set(elder, newer);
  };
  for (const field of v4) {
    const elder = namedByWas(field, v3, pairing.v3);
    if (elder !== undefined && claimed.has(elder)) throw claimedTwice(elder, claimed.get(elder)!, field);
    claim(field, elder, "was");
  }
  const free = new Map(v3.flatMap((field) => (claimed.has(field) ? [] : [[ownName(field), field]])));
  for (const field of v4) claim(field, free.get(ownName(field)), "name");
  const left = {
    v3: v3.filter((field) => !claimed.has(field)),
    v4: v4.filter((field) => !pairs.has(field)),
  };
  for (const pair of pairByNumber(left, pairing)) claim(pair.v4, pair.v3, "number");
  return v4.flatMap((field) => pairs.get(field) ?? []);
}

/** Of an extension, `was` may be the full name. */
function namedByWas(field: Field, among: readonly Field[], v3: Message): Field | undefined {
  const { was } = field.lifecycle.terms;
  // A path into another message is none of a field's in this one.
  if (was === undefined || (field.extendee === undefined && was.includes("."))) return undefined;
  const elder =
    among.find(({ name, extendee }) => extendee === undefined && name === was) ??
    among.find(
      ({ name, fullName, extendee }) => extendee !== undefined && (fullName === was || name === was),
    );
  if (elder !== undefined) return elder;
  throw unsupported(
    field,
    `${field.fullName} was "${was}", and ${v3.fullName} has no such field`,
    `write the name of a field of ${v3.fullName}, or leave was out`,
  );
}

function claimedTwice(elder: Field, first: Field, second: Field): Error {
  return ambiguous(
    second,
    `both ${first.fullName} and ${second.name} say that they continue ${elder.fullName}`,
    `leave (proto4.field_terms) = {was: "${elder.name}"} on one of them`,
  );
}
