import { WireError, WireReader } from "../wire/index.js";
import { type Fields, readCanonical, type Shapes } from "./canonical.js";
import { type Context, reportLost } from "./context.js";
import { isReadable } from "./convert.js";
import { ruleFor, type Side, type ValueRule } from "./link-plan.js";
import { hash64 } from "./murmur3.js";
import type { Item } from "./stash.js";
import { accepts } from "./wire-form.js";

/**
 * Writes the value of one entry: the stashed original where the value is still the one that it was stashed
 * for, else the value converted.
 * @param held all fragments of the entry's fields; none where the message has no value
 * @param originals the items of the entry that came along
 * @returns the item to stash, where converting loses something
 * @throws WireError where the value cannot be read
 */
export function carryValue(
  rule: ValueRule,
  held: Uint8Array,
  originals: readonly Item[],
  shapes: Shapes,
  context: Context,
  depth: number,
): Item | undefined {
  const original = findOriginal(rule, held, originals, shapes, depth);
  for (const item of originals) if (item !== original) reportLost(context, "edited", rule.field.name);
  if (original !== undefined) {
    context.out.raw(original.fragment);
    return undefined;
  }
  const converted = rule.convert(held, depth);
  context.out.raw(converted);
  const projection = projectionOfLoss(rule, held, converted, shapes, depth);
  return projection === undefined ? undefined : { entry: rule.digest, projection, fragment: held };
}

/** Writes what the generation translated to alone can say. */
export function restoreUnsaid(side: Side, items: readonly Item[], context: Context): void {
  for (const { entry, fragment } of items)
    if (entry === side.changes?.digest)
      if (isUnsaid(side.reverse, fragment)) context.out.raw(fragment);
      else reportLost(context, "malformed");
}

function findOriginal(
  rule: ValueRule,
  held: Uint8Array,
  originals: readonly Item[],
  shapes: Shapes,
  depth: number,
) {
  if (originals.length === 0) return undefined;
  const present = hash64(readCanonical(rule.from, held, shapes, depth).bytes);
  return originals.findLast(
    ({ projection, fragment }) => projection === present && isMadeOf(rule.to, fragment),
  );
}

/**
 * Whether a parser on the other side that decodes and encodes, and knows nothing of the stash, would make
 * the way back lead elsewhere.
 * @returns the hash of what it reads, if so
 */
function projectionOfLoss(
  { from, to, convertBack }: ValueRule,
  held: Uint8Array,
  converted: Uint8Array,
  shapes: Shapes,
  depth: number,
): string | undefined {
  const here = readCanonical(from, held, shapes, depth);
  const there = readCanonical(to, converted, shapes, depth);
  const back = readCanonical(from, convertBack(there.bytes, depth), shapes, depth);
  return there.unordered || !isEqual(here.bytes, back.bytes) ? hash64(there.bytes) : undefined;
}

function isMadeOf(fields: Fields, fragment: Uint8Array): boolean {
  return everyTag(fragment, (tag) => {
    const field = fields.get(tag >>> 3);
    return field !== undefined && accepts(field, tag & 7);
  });
}

/** Only what the other direction would set aside: the rest has its value in the message already. */
function isUnsaid(side: Side, fragment: Uint8Array): boolean {
  return everyTag(fragment, (tag) => {
    const act = ruleFor(side, tag)?.act;
    return act === "stash" || act === "arrive";
  });
}

function everyTag(fragment: Uint8Array, holds: (tag: number) => boolean): boolean {
  const reader = new WireReader(fragment);
  return isReadable(() => {
    while (!reader.done) {
      const tag = reader.tag();
      if (!holds(tag)) throw new WireError("tag-invalid", reader.pos);
      reader.skip(tag);
    }
  });
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
