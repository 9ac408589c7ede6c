import type { Field, Message } from "../schema/index.js";
import { ambiguous, unsupported } from "./refuse.js";

/** A field of each generation that are one. */
export interface FieldPair {
  readonly v3: Field;
  readonly v4: Field;
}

/**
 * Pairs the fields of two paired messages: by `was`, then by name, then what is left by number and shape.
 * @param isSameShape whether one field's bytes mean what the other's mean
 * @returns pairs in the order of v4
 * @throws Proto4Error "mapping-ambiguous", "mapping-unsupported"
 */
export function pairFields(
  v3: Message,
  v4: Message,
  isSameShape: (v3: Field, v4: Field) => boolean,
): readonly FieldPair[] {
  const pairs = new Map<Field, Field>();
  const claimed = new Map<Field, Field>();
  const claim = (newer: Field, elder: Field | undefined) => {
    if (elder === undefined || pairs.has(newer)) return;
    pairs.set(newer, elder);
    claimed.set(elder, newer);
  };
  for (const field of v4.fields) {
    const elder = namedByWas(field, v3);
    if (elder !== undefined && claimed.has(elder)) throw claimedTwice(elder, claimed.get(elder)!, field);
    claim(field, elder);
  }
  const free = v3.fields.filter((field) => !claimed.has(field));
  for (const field of v4.fields)
    claim(
      field,
      free.find(({ name }) => name === field.name),
    );
  for (const field of v4.fields) {
    const elder = v3.fieldByNumber.get(field.number);
    if (pairs.has(field) || elder === undefined || claimed.has(elder) || !isSameShape(elder, field)) continue;
    checkIsRename(elder, field, v4);
    claim(field, elder);
  }
  return v4.fields.flatMap((field) => {
    const elder = pairs.get(field);
    return elder === undefined ? [] : { v3: elder, v4: field };
  });
}

function namedByWas(field: Field, v3: Message): Field | undefined {
  const { was } = field.lifecycle.terms;
  if (was === undefined) return undefined;
  if (was.includes("."))
    throw unsupported(
      field,
      `${field.fullName} was "${was}", a field of another message`,
      `keep the field in its message, or leave was out: it then begins anew, and ${was} has to be declared DEPRECATED`,
    );
  const elder = v3.fields.find(({ name }) => name === was);
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
