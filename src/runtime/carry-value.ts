import { below, type Context, reportLost } from "./context.js";
import { everyTag } from "./entry-reader.js";
import { hash64 } from "./murmur3.js";
import { ruleFor, type Side, type ValueRule } from "./side.js";
import type { Item } from "./stash.js";
import { isEqual } from "./value-list.js";

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
  for (const item of originals) if (item !== original) reportEdited(rule, context);
  if (original !== undefined) {
    context.out.raw(original.fragment);
    return undefined;
  }
  const { bytes, returns } = rule.way.carry(held, { context, depth });
  context.out.raw(bytes);
  if (returns) return undefined;
  return { entry: rule.digest, projection: hash64(rule.to.read(bytes, depth).bytes), fragment: held };
}

/** As `carryValue`, also for entries of which parts go to the stash. */
export function carryEntry(
  rule: ValueRule,
  held: Uint8Array,
  originals: readonly Item[],
  context: Context,
  depth: number,
): readonly Item[] {
  const { carryParts } = rule.way;
  if (carryParts === undefined) {
    const item = carryValue(rule, held, originals, context, depth);
    return item === undefined ? [] : [item];
  }
  const { bytes, items } = carryParts(held, originals, { context, depth });
  context.out.raw(bytes);
  return items.map((item) => ({ entry: rule.digest, ...item }));
}

/** Writes what the generation translated to alone can say. */
export function restoreUnsaid(side: Side, items: readonly Item[], context: Context): void {
  for (const { entry, fragment } of items)
    if (entry === side.changes?.digest)
      if (isUnsaid(side.reverse, fragment)) context.out.raw(fragment);
      else reportLost(context, "malformed");
}

/** Writes what stands for a field that the message lacks, of those that only a stash could bring. */
export function bridgeUnsaid({ bridged, changes }: Side, items: readonly Item[], context: Context): void {
  const restored = items.filter(({ entry }) => entry === changes?.digest);
  for (const { field, standard } of bridged)
    if (restored.every(({ fragment }) => everyTag(fragment, (tag) => tag >>> 3 !== field.number)))
      context.out.raw(standard);
}

/** Whether the other direction writes the very fragment where it has nothing. */
export function isStandard({ bridged }: Side, fragment: Uint8Array): boolean {
  return bridged.some(({ standard }) => isEqual(standard, fragment));
}

function reportEdited({ several, field }: ValueRule, context: Context): void {
  below(
    context,
    () => (several ? field.name : ""),
    () => reportLost(context, "edited"),
  );
}

function findOriginal(rule: ValueRule, held: Uint8Array, originals: readonly Item[], depth: number) {
  if (originals.length === 0) return undefined;
  const present = hash64(rule.from.read(held, depth).bytes);
  return originals.findLast(
    ({ projection, fragment }) => projection === present && rule.to.ownsAll(fragment),
  );
}

/** Only what the other direction would set aside: the rest has its value in the message already. */
function isUnsaid(side: Side, fragment: Uint8Array): boolean {
  return everyTag(fragment, (tag) => ruleFor(side, tag)?.act === "stash");
}
