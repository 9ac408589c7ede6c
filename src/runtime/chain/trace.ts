import { buildLane, rowOf } from "../lane/build-lane.js";
import { COPY, GIVE_UP, HOME, STASH, VALUE } from "../lane/operations.js";
import type { Detail, Lane, Side } from "../side.js";

/** What happens to a field on its way through a chain. */
export interface Trace {
  /** By hop, the numbers under which it may arrive there; none once it is set aside. */
  readonly numbers: readonly ReadonlySet<number>[];
  /** What the hops do with it that have changes, as long as they find it plain: up to one that never does. */
  readonly steps: readonly Step[];
}

/** A row of the lane of one hop. */
export interface Step {
  readonly hop: number;
  /** The field number that it comes with, and the one that it leaves with. */
  readonly from: number;
  readonly to: number;
  readonly operation: number;
  readonly word: number;
  readonly detail: Detail;
}

/** The lane of a hop; `undefined` where bytes pass it as they are. */
export function laneOf(side: Side): Lane | undefined {
  if (side.changes === undefined) return undefined;
  side.lane ??= buildLane(side);
  return side.lane;
}

/** @param number that a field has before the first hop */
export function traceField(lanes: readonly (Lane | undefined)[], number: number): Trace {
  const numbers: ReadonlySet<number>[] = [];
  const steps: Step[] = [];
  let current: ReadonlySet<number> = new Set([number]);
  let plain: number | undefined = number;
  for (const [hop, lane] of lanes.entries()) {
    numbers.push(current);
    if (lane === undefined) continue;
    if (plain !== undefined) steps.push(stepOf(lane, hop, plain));
    current = new Set([...current].flatMap((from) => numbersAfter(stepOf(lane, hop, from))));
    plain = plain === undefined ? undefined : numberAfter(steps.at(-1)!);
  }
  return { numbers, steps };
}

const none: Detail = {};

function stepOf(lane: Lane, hop: number, from: number): Step {
  const row = rowOf(lane, from);
  const word = lane.table[4 * row]!;
  const operation = word & 0xff;
  const there = lane.table[4 * row + 3]! >>> 3;
  const stays = operation === COPY || operation === HOME || there === 0;
  return { hop, from, to: stays ? from : there, operation, word, detail: lane.details[row] ?? none };
}

/** Of a value that the hop finds plain; `undefined` where only its conversion tells. */
function numberAfter({ operation, to }: Step): number | undefined {
  return operation === STASH || operation === GIVE_UP || operation === VALUE ? undefined : to;
}

/** A value that does not fit may go to another field, or be carried as the unknown field that it was. */
function numbersAfter({ operation, detail, to }: Step): readonly number[] {
  if (operation === STASH || operation === GIVE_UP) return [];
  return [to, ...(detail.rule?.to.fields.keys() ?? [])];
}
