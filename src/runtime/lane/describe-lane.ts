import { fieldsOf } from "../fields-of.js";
import { linkPlan } from "../link-plan.js";
import type { FieldPlan, MessageChanges, Plan } from "../plan.js";
import type { Lane, Side, ValueRule } from "../side.js";
import { buildLane, changedNumbers } from "./build-lane.js";
import {
  BLOB,
  COPY,
  ELIDE,
  ENUM,
  IMPLICIT,
  NARROW,
  NESTED,
  RENUMBER,
  SIGNED,
  SIGNED_LIST,
  STASH,
  UNSIGNED,
  UNSIGNED_LIST,
} from "./operations.js";

/** What a table says, for printing it as code. */
export interface LaneDescription {
  readonly fields: readonly FieldDescription[];
  /** Of the message's changes. */
  readonly digestHigh: number;
  readonly digestLow: number;
  readonly isMapEntry: boolean;
  /** What is written behind the fields where none of `bit` was set. */
  readonly injected: Lane["injected"];
}

export interface FieldDescription {
  readonly operation: FieldOperation;
  readonly number: number;
  /** The tags that it is taken with. */
  readonly tags: readonly number[];
  /** Its number over there. */
  readonly there: number;
  /** What it sets, and what must not be set when it comes. */
  readonly bit: number;
  readonly clash: number;
  /** 1 where a zero is looked at closely. */
  readonly least: 0 | 1;
  readonly isNarrow: boolean;
  readonly digestHigh: number;
  readonly digestLow: number;
  /** `MessagePlan.v3` of the message that changes inside. */
  readonly inside?: string;
  /** Full name of the message that bytes hold. */
  readonly message?: string;
  /** The values of an enum that change, and its numbers on both sides where it is closed. */
  readonly changed?: readonly (readonly [from: number, to: number])[];
  readonly closed?: readonly [from: readonly number[] | undefined, to: readonly number[] | undefined];
  /** A field that one side alone declares. */
  readonly field?: FieldPlan;
  /** What is left out of it, tag included. */
  readonly elided?: Uint8Array;
}

type FieldOperation =
  | "copy"
  | "renumber"
  | "nested"
  | "signed"
  | "unsigned"
  | "signed-list"
  | "unsigned-list"
  | "enum"
  | "blob"
  | "elide"
  | "stash";

/**
 * What printed code has to do with each field.
 * @returns `undefined` where nothing changes, and where some field takes more than printed code can do
 */
export function describeLane(plan: Plan, v3: string, way: "up" | "down"): LaneDescription | undefined {
  const { up, down } = linkPlan(plan);
  const sides = way === "up" ? up : down;
  const side = sides.get(v3);
  if (side?.changes === undefined) return undefined;
  const names = new Map<Side | undefined, string>([...sides].map(([name, each]) => [each, name]));
  const lane = buildLane(side);
  if (lane.isAlwaysCareful) return undefined;
  const declared = declaredIn(side.changes, way);
  const fields = [...declared]
    .sort((one, other) => one - other)
    .flatMap((number): readonly FieldDescription[] => {
      const row = lane.far.get(number) ?? number;
      const [word = 0, bit = 0, clash = 0, there = 0] = lane.table.subarray(4 * row, 4 * row + 4);
      const operation = operations.get(word & 0xff);
      const { digestHigh = 0, digestLow = 0, inside, rule } = lane.details[row] ?? {};
      if (operation === undefined || (inside !== undefined && !names.has(inside))) return [];
      return [
        {
          operation,
          number,
          tags: tagsOf(number, operation, (word >>> 8) & 0x3f),
          there: there >>> 3,
          bit,
          clash,
          least: (word & IMPLICIT) === 0 ? 0 : 1,
          isNarrow: (word & NARROW) !== 0,
          digestHigh,
          digestLow,
          ...(inside === undefined ? {} : { inside: names.get(inside)! }),
          ...particularsOf(rule, number, way),
        },
      ];
    });
  if (fields.length < declared.size) return undefined;
  return {
    fields,
    digestHigh: lane.unsaidHigh,
    digestLow: lane.unsaidLow,
    isMapEntry: side.changes.mapEntry === true,
    injected: lane.injected,
  };
}

/** Numbers of the fields that the generation has which the way begins in; a bridge holds what is unusual. */
function declaredIn({ same, changed, only }: MessageChanges, way: "up" | "down"): ReadonlySet<number> {
  const side = way === "up" ? "v3" : "v4";
  const fields = [
    ...same,
    ...changed.flatMap((entry) => (entry.kind === "replaced" ? entry[side] : fieldsOf(entry)[side])),
    ...only.filter((each) => each.side === side).map(({ field }) => field),
  ];
  return new Set(fields.map(({ number }) => number));
}

/** What is particular to one kind of value. */
function particularsOf(
  rule: ValueRule | undefined,
  number: number,
  way: "up" | "down",
): Pick<FieldDescription, "message" | "changed" | "closed" | "field" | "elided"> {
  if (rule === undefined) return {};
  const { entry, from, to } = rule;
  if (entry === undefined) {
    const field = from.fields.get(number) ?? to.fields.get(number);
    return { ...(field && { field }), ...(rule.way.elided && { elided: rule.way.elided }) };
  }
  if (entry.kind !== "convert" && entry.kind !== "replaced") return {};
  const [before, after] = way === "up" ? [entry.v3, entry.v4] : [entry.v4, entry.v3];
  if (entry.element.kind === "blob") {
    const message = before.message ?? after.message;
    return message === undefined ? {} : { message };
  }
  if (entry.element.kind !== "enum") return {};
  const changed = changedNumbers(entry.element.values, way === "up");
  return { changed, closed: [before.closed, after.closed] };
}

const operations: ReadonlyMap<number, FieldOperation> = new Map([
  [COPY, "copy"],
  [RENUMBER, "renumber"],
  [NESTED, "nested"],
  [SIGNED, "signed"],
  [UNSIGNED, "unsigned"],
  [SIGNED_LIST, "signed-list"],
  [UNSIGNED_LIST, "unsigned-list"],
  [ENUM, "enum"],
  [BLOB, "blob"],
  [ELIDE, "elide"],
  [STASH, "stash"],
]);

/** Numbers come one by one or packed, of which each operation prints the usual one. */
function tagsOf(number: number, operation: FieldOperation, wireTypes: number): readonly number[] {
  const all = [0, 1, 2, 5].filter((wireType) => (wireTypes >>> wireType) & 1);
  const usual = operation.endsWith("-list")
    ? [2]
    : operation === "signed" || operation === "unsigned"
      ? [0]
      : all;
  return usual
    .filter((wireType) => all.includes(wireType))
    .map((wireType) => ((number << 3) | wireType) >>> 0);
}
