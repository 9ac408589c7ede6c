import type { LinkedPlan } from "../link-plan.js";
import type { Side } from "../side.js";
import { buildLane } from "./build-lane.js";
import {
  BLOB,
  COPY,
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
}

export type FieldOperation =
  | "copy"
  | "renumber"
  | "nested"
  | "signed"
  | "unsigned"
  | "signed-list"
  | "unsigned-list"
  | "enum"
  | "blob"
  | "stash";

/**
 * The fields that printed code can carry.
 * @returns `undefined` where a message needs more for what is ordinary
 */
export function describeLane(
  { up, down }: LinkedPlan,
  v3: string,
  way: "up" | "down",
): LaneDescription | undefined {
  const sides = way === "up" ? up : down;
  const side = sides.get(v3);
  if (side?.changes === undefined) return undefined;
  const names = new Map<Side | undefined, string>([...sides].map(([name, each]) => [each, name]));
  const lane = buildLane(side);
  if (lane.injected.length > 0) return undefined;
  const fields = [...side.rules.keys()]
    .sort((one, other) => one - other)
    .flatMap((number): readonly FieldDescription[] => {
      const row = lane.far.get(number) ?? number;
      const [word = 0, bit = 0, clash = 0, there = 0] = lane.table.subarray(4 * row, 4 * row + 4);
      const operation = operations.get(word & 0xff);
      const { digestHigh = 0, digestLow = 0, inside } = lane.details[row] ?? {};
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
        },
      ];
    });
  return {
    fields,
    digestHigh: lane.unsaidHigh,
    digestLow: lane.unsaidLow,
    isMapEntry: side.changes.mapEntry === true,
  };
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
