import type { Way } from "./convert.js";
import type { EntryReader } from "./entry-reader.js";
import type { FieldShape } from "./lane/canonical-field.js";
import type { FieldPlan, MessageChanges, ValuePlan } from "./plan.js";
import { accepts } from "./wire-form.js";

/** One direction of one message, ready to be looked up by field number. */
export interface Side {
  /** The other direction. */
  readonly reverse: Side;
  /** `undefined` where bytes pass as they are, whatever is in them. */
  readonly changes: MessageChanges | undefined;
  readonly rules: ReadonlyMap<number, Rule>;
  /** The rules that work on all occurrences of a field at once. */
  readonly values: readonly ValueRule[];
  /** Whether this is the way up. */
  readonly isUp: boolean;
  /** By field number, what the closed enums of members of oneofs know. */
  readonly closed: ReadonlyMap<number, readonly number[]>;
  /** Made when first used. */
  lane: Lane | undefined;
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
  readonly inside: Side;
}

/** A value that is read, converted and, where that loses something, stashed. */
export interface ValueRule {
  readonly act: "value";
  readonly digest: string;
  /** Lends its name to what is lost. */
  readonly field: FieldPlan;
  /** The oneof that this side knows it to be in. */
  readonly oneof: string | undefined;
  readonly from: EntryReader;
  readonly to: EntryReader;
  readonly way: Way;
  readonly back: Way;
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
  /** Whether some numbers above are kept out of unknown fields. */
  readonly reservesFar: boolean;
  /** By row. */
  readonly details: readonly (Detail | undefined)[];
  /** What is written behind the fields where none of `bit` was set. */
  readonly injected: readonly { readonly bit: number; readonly bytes: Uint8Array }[];
  /** Under which fields go to the stash: 64 bits in two numbers. */
  readonly unsaidLow: number;
  readonly unsaidHigh: number;
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
  /** Of ENUM: numbers below 128; −1 where the table does not say. */
  readonly numbers?: Int32Array;
  /** Of BLOB, HOME: what is taken as it is. */
  readonly shape?: FieldShape;
}

/** A side that is still being filled. */
export interface OpenSide extends Side {
  reverse: Side;
  readonly rules: Map<number, Rule>;
  readonly values: ValueRule[];
  readonly closed: Map<number, readonly number[]>;
}

/** The empty directions of a message, each the other's reverse. */
export function openSides(changes: MessageChanges | undefined): readonly [up: OpenSide, down: OpenSide] {
  const parts = () => ({ changes, rules: new Map(), values: [], closed: new Map(), lane: undefined });
  const up = { ...parts(), isUp: true } as unknown as OpenSide;
  const down: OpenSide = { ...parts(), isUp: false, reverse: up };
  up.reverse = down;
  return [up, down];
}

/** What one side declares and the other does not must not pass there as an unknown field. */
export function reserveDeclared(declared: OpenSide, side: OpenSide): void {
  for (const number of declared.rules.keys()) if (!side.rules.has(number)) side.rules.set(number, stash);
}
