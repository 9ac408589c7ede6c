import type { Field, Message } from "../schema/index.js";
import { toldName } from "./declared-fields.js";
import type { FieldPair, FieldPairing, Unpaired } from "./field-pair.js";
import { includes } from "./ranges.js";
import { ambiguous } from "./refuse.js";

/**
 * Pairs fields of one number and shape, which is a guess: it is made where no other field that is left could be
 * meant. Two fields that swap their numbers, or one that takes that of a field which ended, would be read as each
 * other without a word.
 */
export function pairByNumber(left: Unpaired, pairing: FieldPairing): readonly FieldPair[] {
  const pairs = left.v4.flatMap((newer) => {
    const elder = left.v3.find(({ number }) => number === newer.number);
    return elder !== undefined && pairing.isSameShape(elder, newer) ? [{ v3: elder, v4: newer }] : [];
  });
  const told = new Set<Field>();
  for (const pair of pairs) {
    if (told.has(pair.v3)) continue;
    pairing.problems.attempt(() => {
      checkIsRename(pair, pairing.v4);
      const candidates = candidatesFor(pair, left, pairing);
      for (const field of candidates.v3) told.add(field);
      if (candidates.v3.length + candidates.v4.length > 2) throw unsure(candidates, pairing);
    });
  }
  return pairs;
}

/** The fields that could be meant; those that ended are none. */
function candidatesFor({ v3, v4 }: FieldPair, left: Unpaired, pairing: FieldPairing): Unpaired {
  return {
    v3: left.v3.filter(
      (elder) => elder === v3 || (pairing.isSameShape(elder, v4) && !isRetired(elder, pairing.v4)),
    ),
    v4: left.v4.filter((newer) => pairing.isSameShape(v3, newer)),
  };
}

function unsure({ v3, v4 }: Unpaired, messages: FieldPairing): Error {
  return ambiguous(
    v4[0]!,
    `nothing but type and number tells what continues what: ${tell(v3)} of ${messages.v3.fullName}, ${tell(v4)} of ${messages.v4.fullName}`,
    `write (proto4.field_terms) = {was: "${v3[0]?.name}"} on the field that continues it, or say what ended: ` +
      `[(proto4.field_lifecycle) = DEPRECATED] in ${messages.v3.fullName}, or reserved in ${messages.v4.fullName}`,
  );
}

function tell(fields: readonly Field[]): string {
  return fields.map((field) => `${toldName(field)} = ${field.number}`).join(", ");
}

/** The same number and shape under another name: renamed, or retired and its number taken again? */
function checkIsRename({ v3, v4 }: FieldPair, message: Message): void {
  const goesOn = v4.lifecycle.state === "DEPRECATED" && !message.reservedNames.includes(v3.name);
  if (goesOn || !isRetired(v3, message)) return;
  throw ambiguous(
    v4,
    `${v4.fullName} has number and type of ${v3.fullName}, which is retired`,
    `write (proto4.field_terms) = {was: "${v3.name}"} if it continues it, and take another number if it does not`,
  );
}

function isRetired(elder: Field, v4: Message): boolean {
  return (
    v4.reservedNames.includes(elder.name) || includes(v4.reservedRanges, elder.number) || isDeprecated(elder)
  );
}

function isDeprecated({ lifecycle }: Field): boolean {
  return lifecycle.state === "DEPRECATED" && lifecycle.source !== "inferred";
}
