import { WireError, WireReader } from "../wire/index.js";
import { type Context, reportLost } from "./context.js";
import { isReadable } from "./convert.js";
import { hash64 } from "./murmur3.js";
import { ruleFor, type Side, type ValueRule } from "./side.js";
import type { Item } from "./stash.js";

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
  context: Context,
  depth: number,
): Item | undefined {
  if (originals.length === 0 && rule.way.shortcut?.(held, context.out)) return undefined;
  const original = findOriginal(rule, held, originals, depth);
  for (const item of originals) if (item !== original) reportLost(context, "edited");
  if (original !== undefined) {
    context.out.raw(original.fragment);
    return undefined;
  }
  const converted = rule.way.convert(held, depth);
  context.out.raw(converted);
  const projection = projectionOfLoss(rule, held, converted, depth);
  return projection === undefined ? undefined : { entry: rule.digest, projection, fragment: held };
}

/** Writes what the generation translated to alone can say. */
export function restoreUnsaid(side: Side, items: readonly Item[], context: Context): void {
  for (const { entry, fragment } of items)
    if (entry === side.changes?.digest)
      if (isUnsaid(side.reverse, fragment)) context.out.raw(fragment);
      else reportLost(context, "malformed");
}

function findOriginal(rule: ValueRule, held: Uint8Array, originals: readonly Item[], depth: number) {
  if (originals.length === 0) return undefined;
  const present = hash64(rule.from.read(held, depth).bytes);
  return originals.findLast(
    ({ projection, fragment }) => projection === present && everyTag(fragment, rule.to.owns),
  );
}

/**
 * Whether a parser on the other side that decodes and encodes, and knows nothing of the stash, would make
 * the way back lead elsewhere.
 * @returns the hash of what it reads, if so
 */
function projectionOfLoss(
  { from, to, back: { convert } }: ValueRule,
  held: Uint8Array,
  converted: Uint8Array,
  depth: number,
): string | undefined {
  const here = from.read(held, depth);
  const there = to.read(converted, depth);
  const back = from.read(convert(there.bytes, depth), depth);
  return there.unordered || !isEqual(here.bytes, back.bytes) ? hash64(there.bytes) : undefined;
}

/** Only what the other direction would set aside: the rest has its value in the message already. */
function isUnsaid(side: Side, fragment: Uint8Array): boolean {
  return everyTag(fragment, (tag) => ruleFor(side, tag)?.act === "stash");
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
