import { makeTag, WireError, WireReader, WireType } from "../wire/index.js";
import { carryValue, restoreUnsaid } from "./carry-value.js";
import { type Context, reportLost } from "./context.js";
import { concat, merge } from "./field-values.js";
import { type NestedRule, type RenumberRule, ruleFor, type Side } from "./side.js";
import { type Item, makeLayer, openStash, writeLayer } from "./stash.js";
import { contentOf, isHeld, isOverruled, isStash, type Survey, survey } from "./survey.js";

/** Output that exceeds `maxBytes`. */
export class OutputTooLarge extends Error {}

/**
 * Appends the other generation's form of a message. First the fields that can be taken as they come, in their
 * order, then those that count as a whole, then what returns from the stash and what goes there.
 * @param depth how many levels of messages may follow
 * @throws WireError, OutputTooLarge
 */
export function translateMessage(side: Side, bytes: Uint8Array, context: Context, depth: number): void {
  const { out } = context;
  if (side.changes === undefined) out.raw(bytes);
  else {
    if (depth < 0) throw new WireError("too-deep", 0);
    const surveyed = survey(side, bytes, depth);
    const { items, passing } = receiveStash(side, surveyed.layers, context);
    const unsaid = carryFields(side, bytes, surveyed, context, depth);
    const stashed = carryHeld(side, surveyed, items, context, depth);
    restoreUnsaid(side, items, context);
    if (unsaid.length > 0) stashed.push({ entry: side.changes.digest, fragment: concat(unsaid) });
    // A map's entry cannot carry a stash: parsers drop its unknown fields, and so the unsaid ones too.
    if (!side.changes.mapEntry) writeStash(passing, stashed, context);
  }
  if (out.length > context.maxBytes) throw new OutputTooLarge();
}

function receiveStash(side: Side, layers: readonly Uint8Array[], context: Context) {
  if (layers.length === 0) return { items: [], passing: [] };
  if (!context.trustStash) {
    reportLost(context, "stripped");
    return { items: [], passing: [] };
  }
  const known = new Set([side.changes?.digest, ...side.values.map(({ digest }) => digest)]);
  return openStash(layers, (entry) => known.has(entry));
}

function writeStash(passing: readonly Uint8Array[], stashed: readonly Item[], { out }: Context): void {
  for (const layer of passing) writeLayer(out, layer);
  if (stashed.length > 0) writeLayer(out, makeLayer(stashed));
}

/**
 * Copies runs of fields that need no change whole.
 * @returns the fragments that cannot be said over there
 */
function carryFields(side: Side, bytes: Uint8Array, surveyed: Survey, context: Context, depth: number) {
  const { out } = context;
  const unsaid: Uint8Array[] = [];
  const reader = new WireReader(bytes);
  let copied = 0;
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    const content = reader.pos;
    reader.skip(tag, depth);
    const fragment = () => bytes.subarray(start, reader.pos);
    const fate = fateOf(side, tag, start, surveyed);
    if (fate === "copy") continue;
    out.raw(bytes, copied, start);
    copied = reader.pos;
    if (fate === "stash") unsaid.push(fragment());
    else if (fate !== "leave" && fate.act === "nested")
      carryNested(fate, [contentOf(fragment())], context, depth);
    else if (fate !== "leave") {
      out.varint(makeTag(fate.number, (tag & 7) as WireType));
      copied = content;
    }
  }
  out.raw(bytes, copied);
  return unsaid;
}

/** `leave`: it is no field of its own, but part of what is carried as a whole, or of nothing. */
type Fate = "copy" | "leave" | "stash" | RenumberRule | NestedRule;

function fateOf(side: Side, tag: number, start: number, surveyed: Survey): Fate {
  const rule = ruleFor(side, tag);
  if (rule === undefined) return isStash(tag) ? "leave" : "copy";
  if (isHeld(rule) || isOverruled(rule, tag >>> 3, start, surveyed)) return "leave";
  return rule.act === "copy" || rule.act === "stash" ? rule.act : rule;
}

function carryNested(
  rule: NestedRule,
  occurrences: readonly Uint8Array[],
  context: Context,
  depth: number,
): void {
  const { out, path } = context;
  path.push(rule.field.name);
  const content = merge(occurrences);
  out.varint(makeTag(rule.number, WireType.Bytes));
  const start = out.open(content.length);
  translateMessage(rule.inside, content, context, depth - 1);
  out.close(start, content.length);
  path.pop();
}

/**
 * Carries the fields whose occurrences count as one value.
 * @returns what goes to the stash
 */
function carryHeld(
  side: Side,
  { held, winners }: Survey,
  items: readonly Item[],
  context: Context,
  depth: number,
): Item[] {
  for (const [rule, fragments] of held)
    if (rule.act === "nested") carryNested(rule, fragments.map(contentOf), context, depth);
  return side.values.flatMap((rule) => {
    const fragments = held.get(rule);
    const originals = items.length === 0 ? items : items.filter(({ entry }) => entry === rule.digest);
    if (fragments === undefined && originals.length === 0) return [];
    context.path.push(rule.field.name);
    // Where another member of the oneof is set, to restore this one would unset it.
    const isTaken = fragments === undefined && winners.has(rule.oneof ?? "");
    const item = isTaken
      ? reportLost(context, "edited")
      : carryValue(rule, concat(fragments ?? []), originals, context, depth);
    context.path.pop();
    return item ?? [];
  });
}
