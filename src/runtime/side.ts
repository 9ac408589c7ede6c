import type { WireWriter } from "../wire/index.js";
import type { EntryReader } from "./entry-reader.js";
import type { Hooks } from "./hook.js";
import type { FieldShape } from "./lane/canonical-field.js";
import type { FieldPlan, MessageChanges, ValuePlan } from "./plan.js";
import type { Counts } from "./segment.js";
import type { Shortcut } from "./shortcut.js";
import type { Item } from "./stash.js";
import { accepts } from "./wire-form.js";

/** One direction of one message, ready to be looked up by field number. */
export interface Side {
  /** The other direction. */
  readonly reverse: Side;
  /** `undefined` where bytes pass as they are, whatever is in them. */
  readonly changes: MessageChanges | undefined;
  /** The field that carries stashes. */
  readonly stashNumber: number;
  readonly rules: ReadonlyMap<number, Rule>;
  /** The rules that work on all occurrences of a field at once. */
  readonly values: readonly ValueRule[];
  /** Whether this is the way up. */
  readonly isUp: boolean;
  /** By field number, what the closed enums of members of oneofs know. */
  readonly closed: ReadonlyMap<number, readonly number[]>;
  /** Of google.protobuf.Any: what its payload may be that is translated, by full name. */
  readonly any: ReadonlyMap<string, Payload> | undefined;
  /** Fields that it stashes, and what the other direction writes where it has none, which is not stashed. */
  readonly bridged: readonly Bridged[];
  /** Made when first used. */
  lane: Lane | undefined;
  /** Of a chain: what it is composed of, in the order of travel; bytes pass a hop without `changes` as they are. */
  readonly hops?: readonly Side[];
}

/** A message that may be in an Any. */
export interface Payload {
  /** Full name in the generation translated to. */
  readonly name: string;
  readonly inside: Side;
}

export interface Bridged {
  readonly field: FieldPlan;
  /** With its tag. */
  readonly standard: Uint8Array;
}

/** What happens to the occurrences of a field that the plan knows. */
export type Rule = CopyRule | RenumberRule | NestedRule | ValueRule | StashRule;

/** The other side reads it alike. */
interface CopyRule {
  readonly act: "copy";
  readonly field: FieldPlan;
}

export interface RenumberRule {
  readonly act: "renumber";
  readonly field: FieldPlan;
  readonly number: number;
}

export interface NestedRule {
  readonly act: "nested";
  readonly field: FieldPlan;
  readonly number: number;
  /** Whether the other side writes it as a group. */
  readonly group: boolean;
  readonly inside: Side;
}

/** A value that is read, converted and, where that loses something, stashed. */
export interface ValueRule {
  readonly act: "value";
  readonly digest: string;
  /** Lends its name to what is lost, if it does not only stand for several fields. */
  readonly field: FieldPlan;
  /** Whether the entry is of several fields, which tell their names themselves. */
  readonly several: boolean;
  /** The oneof that this side knows it to be in. */
  readonly oneof: string | undefined;
  readonly from: EntryReader;
  readonly to: EntryReader;
  readonly way: Way;
  /** What the rule was made of; `undefined` for a field that travels without being known over there. */
  readonly entry: ValuePlan | undefined;
}

/** The other side cannot carry it under its number. */
export interface StashRule {
  readonly act: "stash";
}

export const stash: StashRule = { act: "stash" };

/** What happens to a fragment with this tag; `undefined` for an unknown field that passes. */
export function ruleFor({ rules, changes }: Side, tag: number): Rule | undefined {
  const number = tag >>> 3;
  const rule = rules.get(number);
  if (rule === undefined)
    return changes?.reserved.some(([start, end]) => start <= number && number <= end) ? stash : undefined;
  if (rule.act === "stash") return rule;
  // A known number with another wire type is an unknown field, which the other side may fail to read.
  return (rule.act === "value" ? rule.from.owns(tag) : accepts(rule.field, tag & 7)) ? rule : stash;
}

/**
 * One direction of one message as a table of numbers: what the fast lane does with each field. It is made of
 * the same rules as the engine's, and leaves to the engine whatever is out of the ordinary.
 */
export interface Lane {
  /**
   * Four numbers a row: operation and wire types taken (see `makeWord`); the bits that the field sets; the
   * bits that must not be set when it comes; the field number over there, shifted as in a tag.
   */
  readonly table: Int32Array;
  /** Numbers below it have their row at their own index. */
  readonly dense: number;
  /** Rows of the numbers above. */
  readonly far: ReadonlyMap<number, number>;
  /** Rows for numbers that have none: copied, or kept out. */
  readonly copyRow: number;
  readonly stashRow: number;
  /** The field that carries stashes, whose row is that of what is given up. */
  readonly stashNumber: number;
  /** Whether the engine has to look at every such message. */
  readonly isAlwaysCareful: boolean;
  /** Numbers above that are kept out of unknown fields, and the row for them. */
  readonly reservedFar: readonly (readonly [start: number, end: number, row: number])[];
  /** By row. */
  readonly details: readonly (Detail | undefined)[];
  /** What is written behind the fields where none of `bit` was set. */
  readonly injected: readonly { readonly bit: number; readonly bytes: Uint8Array }[];
  /** Under which fields go to the stash: 64 bits in two numbers. */
  readonly unsaidLow: number;
  readonly unsaidHigh: number;
  /** Of a chain the same for each hop, the high half first. */
  readonly unsaid?: Int32Array;
}

export interface Detail {
  /** Of all that names a place. */
  readonly field?: FieldPlan;
  /** Of NESTED. */
  readonly inside?: Side;
  /** Of all that fall back on the engine for one value. */
  readonly rule?: ValueRule;
  /** Of NUMBER, ENUM: the entry's digest. */
  readonly digestLow?: number;
  readonly digestHigh?: number;
  /** Of a packed list whose numbers are cut to 32 bits where they have more. */
  readonly cutsList?: boolean;
  /** Of ENUM: numbers below 128; −1 where the table does not say. */
  readonly numbers?: Int32Array;
  /** Of BLOB, HOME: what is taken as it is. */
  readonly shape?: FieldShape;
  /** What only chains have. */
  readonly chain?: ChainDetail;
}

export interface ChainDetail {
  /** Of STASH, and of numbers that are cut: which hop sets it aside. */
  readonly hop: number;
  /** The field number that it comes to this hop with, and the one that it leaves with. */
  readonly from?: number;
  readonly to?: number;
  /** Whether a hop may look for stashes in what the field holds. */
  readonly mayLook?: boolean;
  /** Of what has messages inside: by hop, the field as the generation calls it that the hop comes from. */
  readonly fields?: readonly (FieldPlan | undefined)[];
  /** Of CHECKED: what has to be plain. */
  readonly checks?: readonly Check[];
  /**
   * Carries one occurrence hop by hop.
   * @returns false where the message has to be looked at as a whole
   */
  readonly through?: (
    src: Uint8Array,
    start: number,
    end: number,
    context: Context,
    depth: number,
  ) => boolean;
}

interface Check {
  readonly operation: number;
  readonly word: number;
  readonly detail: Detail;
}

/** One direction of an entry. */
export interface Way {
  readonly shortcut?: Shortcut | undefined;
  /** Whether it leaves fragments as they are, wherever they stand. */
  readonly copies?: boolean;
  /** Whether a message that has no value for the entry may get one. */
  readonly bridges?: boolean;
  /** What such a message gets, tag included, where that is always the same and comes back. */
  readonly filling?: Uint8Array | undefined;
  /** What is left out because the other side gets it by itself, tag included, in canonical form. */
  readonly elided?: Uint8Array | undefined;
  /** Whether its items tell by a path for which part they are. */
  readonly keyed?: boolean;
  /**
   * Turns what a generation wrote for an entry, fragments with their tags, into what the other one reads.
   * @throws WireError where no parser could read it
   */
  carry(held: Uint8Array, call: Call): Carried;
  /**
   * In place of `carry`, where parts of the value have items of their own.
   * @param originals the items of the entry that came along
   */
  carryParts?(held: Uint8Array, originals: readonly Item[], call: Call): CarriedParts;
}

/** Where a conversion is under way. */
export interface Call {
  readonly context: Context;
  /** How many more levels of messages may follow. */
  readonly depth: number;
}

export interface Carried {
  /** Fragments with their tags. */
  readonly bytes: Uint8Array;
  /**
   * Whether a stub of the other side that decodes and encodes, and knows nothing of the stash, leads back to
   * what it was made of.
   */
  readonly returns: boolean;
}

export interface CarriedParts {
  readonly bytes: Uint8Array;
  /** What to stash; the entry's digest is added. */
  readonly items: readonly Omit<Item, "entry">[];
}

/** What one call carries from message to message. */
export interface Context {
  readonly out: WireWriter;
  readonly trustStash: boolean;
  readonly stashNumber: number;
  readonly maxBytes: number;
  readonly lost: Lost[];
  /** For the names of elements of lists. */
  readonly counts: Counts;
  /** What may yet go to stashes, and be tried. */
  readonly budget: Budget;
  /** User code by name. */
  readonly hooks: Hooks;
  /** The engine for what the fast lane gives up: it reads the whole message first. */
  readonly careful: Carry;
  /** How messages inside are carried. */
  readonly carry: Carry;
}

interface Budget {
  items: number;
  bytes: number;
  /** Bytes that the fast lane may yet read before it gives a message up; then the engine takes all that follows. */
  inVain: number;
}

/** Appends the other generation's form of a message. @throws WireError, TranslateError */
export type Carry = (side: Side, bytes: Uint8Array, context: Context, depth: number) => void;

/** A stashed original that was not restored. */
export interface Lost {
  /**
   * Field names from the root, in the generation translated from: `profile.age`, `orders[3].note`,
   * `labels["a"]`; empty for the root.
   */
  readonly path: string;
  /**
   * `edited`: the value changed meanwhile, and the edit wins. `stripped`: the hop is not trusted.
   * `malformed`: what the stash holds is nothing that belongs there. `limit`: it would have gone to the stash,
   * and that is full; as the last of 100,001 entries: more was lost than the list tells.
   */
  readonly reason: "edited" | "stripped" | "malformed" | "limit";
  /** Of a chain: the index of the plan by which it was lost. `path` is in the generation that this hop comes from. */
  readonly hop?: number;
}
