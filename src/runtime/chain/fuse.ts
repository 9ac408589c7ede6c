import { anyType, denseLimit, halves, reservedFrom } from "../lane/build-lane.js";
import { makeWord, STASH } from "../lane/operations.js";
import type { ChainDetail, Detail, Lane, Side } from "../side.js";
import { type Bits, composeBits } from "./bits.js";
import { type Composing, composeRow, type Row } from "./compose.js";
import { composeInjections } from "./injected.js";
import { throughHops } from "./through.js";
import { laneOf, type Trace, traceField } from "./trace.js";

/**
 * Makes one side of those of the hops: it does in one pass what they do one after the other. So for every
 * combination of sides that messages inside can come to.
 * @param sides in the order of travel
 */
export function fuseSides(sides: readonly Side[]): Side {
  const known = new Map<string, Side>();
  const ids = new Map<Side, number>();
  const idOf = (side: Side) => {
    if (!ids.has(side)) ids.set(side, ids.size);
    return ids.get(side)!;
  };
  const queue: Side[] = [];
  const fused = (hops: readonly Side[]): Side => {
    const key = hops.map((side) => (side.changes === undefined ? "=" : idOf(side))).join(" ");
    const found = known.get(key);
    if (found !== undefined) return found;
    // What a message is to the first hop that changes it decides about map entries.
    const side: Side = { ...(hops.find(({ changes }) => changes !== undefined) ?? hops[0]!), hops };
    side.lane = undefined;
    known.set(key, side);
    queue.push(side);
    return side;
  };
  const unchanged = { ...sides[0]!, changes: undefined };
  const root = fused(sides);
  for (let side = queue.pop(); side !== undefined; side = queue.pop())
    if (side.changes !== undefined)
      side.lane = fuseLanes(side.hops!, (inside) => fused(inside.map((each) => each ?? unchanged)));
  return root;
}

function fuseLanes(sides: readonly Side[], insideOf: Composing["insideOf"]): Lane {
  const lanes = sides.map(laneOf);
  const composing: Composing = { through: throughHops(sides, lanes), insideOf, hops: sides.length };
  const numbers = knownNumbers(sides);
  const dense = denseLimit(numbers);
  const far = new Map(numbers.filter((number) => number >= dense).map((number, i) => [number, dense + i]));
  const traces = new Map<number, Trace>(numbers.map((number) => [number, traceField(lanes, number)]));
  const throughFrom = (first: number) =>
    throughHops(
      sides,
      lanes.map((lane, hop) => (hop < first ? undefined : lane)),
    );
  const injections = composeInjections(lanes, traces, throughFrom);
  const injected = injections !== undefined && injections.length <= watchLimit ? injections : [];
  const watched = injected.map(({ unless }) => unless).filter(({ length }) => length > 0);
  const bits = composeBits(lanes, traces, watched);
  const rows: Rows = { table: new Int32Array(4 * (dense + far.size + 1 + sides.length)), details: [] };
  for (let number = 1; number < dense; number++) {
    const trace = traces.get(number) ?? traceField(lanes, number);
    setRow(rows, number, composeRow(number, trace, composing), bits, number);
  }
  for (const [number, row] of far)
    setRow(rows, row, composeRow(number, traces.get(number)!, composing), bits, number);
  const copyRow = dense + far.size;
  rows.table[4 * copyRow] = makeWord(0, anyType);
  for (const hop of sides.keys()) setStashRow(rows, copyRow + 1 + hop, { hop });
  return {
    ...rows,
    dense,
    far,
    copyRow,
    stashNumber: sides[0]!.stashNumber,
    stashRow: copyRow + 1,
    reservedFar: sides.flatMap((side, hop) =>
      reservedFrom(side, dense).map(([start, end]) => [start, end, copyRow + 1 + hop] as const),
    ),
    isAlwaysCareful:
      lanes.some((lane) => lane?.isAlwaysCareful) ||
      injections?.length !== injected.length ||
      sharesDigests(sides),
    injected: injected.map(({ unless, bytes }) => ({ bit: watchBit(watched, unless), bytes })),
    unsaidHigh: 0,
    unsaidLow: 0,
    unsaid: Int32Array.from(sides.flatMap(({ changes }) => halves(changes?.digest ?? ""))),
  };
}

/** Of the bits, some are left for fields that come once. */
const watchLimit = 16;

function watchBit(watched: readonly (readonly number[])[], unless: readonly number[]): number {
  return unless.length === 0 ? 0 : 1 << watched.indexOf(unless);
}

interface Rows {
  readonly table: Int32Array;
  readonly details: (Detail | undefined)[];
}

function setRow(
  { table, details }: Rows,
  at: number,
  { word, there, detail }: Row,
  bits: Bits,
  number: number,
) {
  table[4 * at] = word;
  table[4 * at + 1] = bits.own.get(number) ?? 0;
  table[4 * at + 2] = bits.clash.get(number) ?? 0;
  table[4 * at + 3] = there << 3;
  details[at] = detail;
}

function setStashRow({ table, details }: Rows, at: number, chain: ChainDetail): void {
  table[4 * at] = makeWord(STASH, anyType);
  details[at] = { chain };
}

/** Every number that some hop knows: what none before it knows comes to it as it is. */
function knownNumbers(sides: readonly Side[]): readonly number[] {
  const numbers = new Set(
    sides.flatMap(({ changes, rules }) => (changes === undefined ? [] : [...rules.keys()])),
  );
  numbers.delete(sides[0]!.stashNumber);
  return [...numbers].sort((one, other) => one - other);
}

/** Then a hop takes what one before it set aside, and only hop by hop shows what comes of it. */
function sharesDigests(sides: readonly Side[]): boolean {
  const changed = sides.filter(({ changes }) => changes !== undefined);
  const digests = changed.flatMap(({ changes, values }) => [
    ...new Set([changes!.digest, ...values.map(({ digest }) => digest)]),
  ]);
  return new Set(digests).size < digests.length;
}
