import type { Field, Message } from "../schema/index.js";
import { ownName } from "./declared-fields.js";
import { ambiguous, unsupported } from "./refuse.js";

/** A field of each generation that are one. */
export interface FieldPair {
  readonly v3: Field;
  readonly v4: Field;
}

/** The fields of two paired messages that are still to be paired, extensions included. */
export interface Unpaired {
  readonly v3: readonly Field[];
  readonly v4: readonly Field[];
}

/**
 * Pairs the fields of two paired messages: by `was`, then by name, then what is left by number and shape.
 * @param isSameShape whether one field's bytes mean what the other's mean
 * @returns pairs in the order of v4
 * @throws Proto4Error "mapping-ambiguous", "mapping-unsupported"
 */
export function pairFields(
  { v3, v4 }: Unpaired,
  messages: { readonly v3: Message; readonly v4: Message },
  isSameShape: (v3: Field, v4: Field) => boolean,
): readonly FieldPair[] {
  const pairs = new Map<Field, Field>();
  const claimed = new Map<Field, Field>();
  const claim = (newer: Field, elder: Field | undefined) => {
    if (elder === undefined || pairs.has(newer)) return;
    pairs.set(newer, elder);
    claimed.set(elder, newer);
  };
  for (const field of v4) {
    const elder = namedByWas(field, v3, messages.v3);
    if (elder !== undefined && claimed.has(elder)) throw claimedTwice(elder, claimed.get(elder)!, field);
    claim(field, elder);
  }
  const free = new Map(v3.flatMap((field) => (claimed.has(field) ? [] : [[ownName(field), field]])));
  for (const field of v4) claim(field, free.get(ownName(field)));
  for (const field of v4) {
    const elder = v3.find(({ number }) => number === field.number);
    if (pairs.has(field) || elder === undefined || claimed.has(elder) || !isSameShape(elder, field)) continue;
    checkIsRename(elder, field, messages.v4);
    claim(field, elder);
  }
  return v4.flatMap((field) => {
    const elder = pairs.get(field);
    return elder === undefined ? [] : { v3: elder, v4: field };
  });
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

/** The same number and shape under another name: renamed, or retired and its number taken again? */
function checkIsRename(elder: Field, newer: Field, v4: Message): void {
  const retired =
    v4.reservedNames.includes(elder.name) ||
    (elder.lifecycle.state === "DEPRECATED" &&
      elder.lifecycle.source !== "inferred" &&
      newer.lifecycle.state !== "DEPRECATED");
  if (retired)
    throw ambiguous(
      newer,
      `${newer.fullName} has number and type of ${elder.fullName}, which is retired`,
      `write (proto4.field_terms) = {was: "${elder.name}"} if it continues it, and take another number if it does not`,
    );
}

function claimedTwice(elder: Field, first: Field, second: Field): Error {
  return ambiguous(
    second,
    `both ${first.fullName} and ${second.name} say that they continue ${elder.fullName}`,
    `leave (proto4.field_terms) = {was: "${elder.name}"} on one of them`,
  );
}
