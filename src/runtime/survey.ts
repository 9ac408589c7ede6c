import { WireReader, WireType } from "../wire/index.js";
import { readGroup } from "./read-value.js";
import { type NestedRule, type Rule, ruleFor, type Side, type ValueRule } from "./side.js";

/** What has to be known of a whole message before its first byte can be carried over. */
export interface Survey {
  /** Contents of the stash fields, in order. */
  readonly layers: readonly Uint8Array[];
  /** Occurrences, tags included, of fields that count as one value together. */
  readonly held: ReadonlyMap<HeldRule, Held>;
  /** The member of each oneof that a parser ends up with. */
  readonly winners: ReadonlyMap<string, Winner>;
  /** Where members of oneofs stand whose closed enum does not know the number: to a parser, unknown fields. */
  readonly strays: ReadonlySet<number>;
}

/** Fields whose occurrences merge, or are converted together. */
export type HeldRule = ValueRule | NestedRule;

export interface Held {
  readonly fragments: readonly Uint8Array[];
  /** Where the last of them begins: the place of the value among the fields. */
  readonly at: number;
}

interface Winner {
  readonly number: number;
  /** Where its occurrences begin to count: behind the last one of another member. */
  readonly since: number;
}

/** Reads the tags of a message, nothing below. @throws WireError */
export function survey(side: Side, bytes: Uint8Array, depth: number): Survey {
  const layers: Uint8Array[] = [];
  const held = new Map<HeldRule, OpenHeld>();
  const winners = new Map<string, Winner>();
  const strays = new Set<number>();
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    const content = reader.pos;
    reader.skip(tag, depth);
    const rule = ruleFor(side, tag);
    if (isStash(side, tag)) layers.push(contentOf(bytes.subarray(start, reader.pos)));
    if (rule === undefined) continue;
    if (isStray(side, tag, bytes, content)) strays.add(start);
    else contest(rule, tag >>> 3, start, winners, held);
    if (isHeld(rule)) append(held, rule, bytes.subarray(start, reader.pos), start);
  }
  return { layers, held, winners, strays };
}

export function isStash({ stashNumber }: Side, tag: number): boolean {
  return tag >>> 3 === stashNumber && (tag & 7) === WireType.Bytes;
}

export function isHeld(rule: Rule): rule is HeldRule {
  return rule.act === "value" || (rule.act === "nested" && rule.field.label === undefined);
}

function isStray({ closed }: Side, tag: number, bytes: Uint8Array, content: number): boolean {
  const known = closed.get(tag >>> 3);
  if (known === undefined || (tag & 7) !== WireType.Varint) return false;
  return !known.includes(new WireReader(bytes, content).varint() | 0);
}

/** Whether another member of its oneof came after this occurrence, so that no parser keeps it. */
export function isOverruled(rule: Rule, number: number, at: number, { winners, strays }: Survey): boolean {
  if (strays.has(at)) return false;
  const winner = winners.get(oneofOf(rule) ?? "");
  return winner !== undefined && (winner.number !== number || at < winner.since);
}

function oneofOf(rule: Rule): string | undefined {
  if (rule.act === "stash") return undefined;
  return rule.act === "value" ? rule.oneof : rule.field.oneof;
}

/** The bytes of a length-delimited fragment, or of a group. */
export function contentOf(fragment: Uint8Array): Uint8Array {
  const reader = new WireReader(fragment);
  const tag = reader.tag();
  return (tag & 7) === WireType.StartGroup ? readGroup(reader, tag) : reader.subarray();
}

function contest(
  rule: Rule,
  number: number,
  start: number,
  winners: Map<string, Winner>,
  held: Map<HeldRule, OpenHeld>,
): void {
  const oneof = oneofOf(rule);
  if (oneof === undefined || winners.get(oneof)?.number === number) return;
  winners.set(oneof, { number, since: start });
  for (const other of held.keys()) if (oneofOf(other) === oneof) held.delete(other);
}

interface OpenHeld extends Held {
  readonly fragments: Uint8Array[];
  at: number;
}

function append(held: Map<HeldRule, OpenHeld>, rule: HeldRule, fragment: Uint8Array, at: number): void {
  const known = held.get(rule);
  if (known === undefined) held.set(rule, { fragments: [fragment], at });
  else {
    known.fragments.push(fragment);
    known.at = at;
  }
}
