import { makeTag, WireError, WireReader, WireType, WireWriter } from "../wire/index.js";
import { translateAny } from "./any.js";
import { bridgeUnsaid, carryEntry, isStandard, restoreUnsaid } from "./carry-value.js";
import { below, type Context, reportLost, spend, tooLarge } from "./context.js";
import { concat, merge, writeGroup } from "./field-values.js";
import { segmentOf } from "./segment.js";
import { type NestedRule, type RenumberRule, ruleFor, type Side, type ValueRule } from "./side.js";
import { type Item, makeLayer, openStash, writeLayer } from "./stash.js";
import {
  contentOf,
  type Held,
  type HeldRule,
  isHeld,
  isOverruled,
  isStash,
  type Survey,
  survey,
} from "./survey.js";

/**
 * Appends the other generation's form of a message. Each field stays at its place: one that counts as a whole
 * at that of its last occurrence. Behind them follow the values that the message does not have, what returns
 * from the stash, and what goes there.
 * @param depth how many levels of messages may follow
 * @throws WireError, TranslateError
 */
export function translateMessage(side: Side, bytes: Uint8Array, context: Context, depth: number): void {
  const { out } = context;
  if (side.changes === undefined) out.raw(bytes);
  else if (side.any !== undefined) {
    if (depth < 0) throw new WireError("too-deep", 0);
    translateAny(side.any, bytes, context, depth);
  } else {
    if (depth < 0) throw new WireError("too-deep", 0);
    const surveyed = survey(side, bytes, depth);
    const { items, passing } = receiveStash(side, surveyed.layers, context);
    const message: OpenMessage = { side, bytes, surveyed, items, context, depth, stashed: [] };
    const unsaid = carryFields(message);
    for (const rule of side.values) if (!surveyed.held.has(rule)) carryAbsent(message, rule);
    restoreUnsaid(side, items, context);
    bridgeUnsaid(side, items, context);
    if (unsaid.length > 0) message.stashed.push({ entry: side.changes.digest, fragment: unsaid });
    // A map's entry cannot carry a stash: parsers drop its unknown fields, and so the unsaid ones too.
    if (!side.changes.mapEntry) writeStash(side, passing, message.stashed, context);
  }
  if (out.length > context.maxBytes) throw tooLarge(context.maxBytes);
}

/** A message while it is carried over. */
interface OpenMessage {
  readonly side: Side;
  readonly bytes: Uint8Array;
  readonly surveyed: Survey;
  readonly items: readonly Item[];
  readonly context: Context;
  readonly depth: number;
  /** What goes to the stash, in the order of the fields. */
  readonly stashed: Item[];
}

function receiveStash(side: Side, layers: readonly Uint8Array[], context: Context) {
  if (layers.length === 0) return { items: [], passing: [] };
  if (!context.trustStash) {
    reportLost(context, "stripped");
    return { items: [], passing: [] };
  }
  const keyed = new Map(side.values.map(({ digest, way }) => [digest, way.keyed === true]));
  return openStash(layers, ({ entry, path }) =>
    entry === side.changes?.digest ? path === undefined : keyed.get(entry) === (path !== undefined),
  );
}

function writeStash(
  side: Side,
  passing: readonly Uint8Array[],
  stashed: readonly Item[],
  context: Context,
): void {
  for (const layer of passing) writeLayer(context.out, layer, context.stashNumber);
  const kept = stashed.filter((item) => {
    const fits = spend(context, 1, item.fragment.length);
    const name = side.values.find(({ digest }) => digest === item.entry)?.field.name ?? "";
    if (!fits)
      below(
        context,
        () => name,
        () => reportLost(context, "limit"),
      );
    return fits;
  });
  if (kept.length > 0) writeLayer(context.out, makeLayer(kept), context.stashNumber);
}

/**
 * Copies runs of fields that need no change whole.
 * @returns the fragments that cannot be said over there
 */
function carryFields(message: OpenMessage): Uint8Array {
  const { side, bytes, surveyed, context, depth } = message;
  const { out } = context;
  // One buffer: an array for each fragment would take many times the memory of the message.
  const unsaid = new WireWriter(0);
  const reader = new WireReader(bytes);
  let copied = 0;
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    const content = reader.pos;
    reader.skip(tag, depth);
    const fragment = () => bytes.subarray(start, reader.pos);
    const fate = fateOf(message, tag, start);
    if (fate === "copy") continue;
    out.raw(bytes, copied, start);
    copied = reader.pos;
    if (fate === "leave") continue;
    if (fate === "stash") {
      if (!isStandard(side.reverse, fragment())) unsaid.raw(bytes, start, reader.pos);
    } else if (fate.act === "renumber") {
      out.varint(makeTag(fate.number, (tag & 7) as WireType));
      copied = content;
    } else if (isHeld(fate)) carryHeld(message, fate, surveyed.held.get(fate)!);
    else carryNested(message, fate, [contentOf(fragment())], start);
  }
  out.raw(bytes, copied);
  return unsaid.finish();
}

/** `leave`: it is no field of its own, but part of what is carried as a whole, or of nothing. */
type Fate = "copy" | "leave" | "stash" | RenumberRule | NestedRule | ValueRule;

function fateOf({ side, surveyed, items }: OpenMessage, tag: number, start: number): Fate {
  const rule = ruleFor(side, tag);
  if (rule === undefined) return isStash(side, tag) ? "leave" : "copy";
  // What the other side does not know stays where it is, unless an original takes its place.
  const isCarried = rule.act === "value" && rule.way.copies === true && originalsOf(rule, items).length === 0;
  if (isHeld(rule) && !isCarried) return surveyed.held.get(rule)?.at === start ? rule : "leave";
  if (isOverruled(rule, tag >>> 3, start, surveyed)) return "leave";
  if (isCarried) return "copy";
  return rule.act === "copy" || rule.act === "stash" ? rule.act : rule;
}

/** @param at where its last occurrence begins */
function carryNested(
  { side, bytes, context, depth }: OpenMessage,
  rule: NestedRule,
  occurrences: readonly Uint8Array[],
  at: number,
): void {
  const { out } = context;
  // What a map calls key and value is no level of its own to who reads a path.
  const segment = () => (side.changes?.mapEntry ? "" : segmentOf(rule.field, bytes, at, context.counts));
  below(context, segment, () => {
    const content = merge(occurrences);
    const inner = () => context.carry(rule.inside, content, context, depth - 1);
    if (rule.group) writeGroup(out, rule.number, content, inner);
    else {
      out.varint(makeTag(rule.number, WireType.Bytes));
      const start = out.open(content.length);
      inner();
      out.close(start, content.length);
    }
  });
}

function carryHeld(message: OpenMessage, rule: HeldRule, { fragments, at }: Held): void {
  if (rule.act === "nested") carryNested(message, rule, fragments.map(contentOf), at);
  else carryOne(message, rule, concat(fragments));
}

/** A value that the message does not have may be in the stash. */
function carryAbsent(message: OpenMessage, rule: ValueRule): void {
  const { surveyed, items, context } = message;
  const originals = originalsOf(rule, items);
  if (originals.length === 0 && !rule.way.bridges) return;
  // Where another member of the oneof is set, to write this one would unset it.
  if (!surveyed.winners.has(rule.oneof ?? "")) carryOne(message, rule, empty);
  else if (originals.length > 0)
    below(
      context,
      () => rule.field.name,
      () => reportLost(context, "edited"),
    );
}

function carryOne({ items, context, depth, stashed }: OpenMessage, rule: ValueRule, held: Uint8Array): void {
  const carry = () => carryEntry(rule, held, originalsOf(rule, items), context, depth);
  for (const item of below(context, () => (rule.several ? "" : rule.field.name), carry)) stashed.push(item);
}

function originalsOf(rule: ValueRule, items: readonly Item[]): readonly Item[] {
  if (items.length === 0) return items;
  const known = byEntry.get(items) ?? groupByEntry(items);
  byEntry.set(items, known);
  return known.get(rule.digest) ?? none;
}

/** Each occurrence of a field asks for its items anew. */
const byEntry = new WeakMap<readonly Item[], ReadonlyMap<string, readonly Item[]>>();

const none: readonly Item[] = [];

function groupByEntry(items: readonly Item[]): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(item.entry);
    if (group === undefined) groups.set(item.entry, [item]);
    else group.push(item);
  }
  return groups;
}

const empty = new Uint8Array();
