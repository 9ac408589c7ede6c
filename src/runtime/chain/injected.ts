import { defaultDepthLimit, WireError, WireReader, WireWriter } from "../../wire/index.js";
import * as pending from "../lane/pending.js";
import type { ChainDetail, Context, Lane } from "../side.js";
import { translateMessage } from "../translate-message.js";
import { carryFast, defaultMaxBytes } from "../translator.js";
import { isClash, type Marks, marksOf } from "./marks.js";
import { type Trace, traceField } from "./trace.js";

/** What a hop writes where a message has nothing, as it is at the end of the chain. */
export interface Injection {
  /** The fields with which a message comes that has something; none where it is always written. */
  readonly unless: readonly number[];
  readonly bytes: Uint8Array;
}

type Lanes = readonly (Lane | undefined)[];
type Through = NonNullable<ChainDetail["through"]>;

/**
 * Carries what each hop injects through the hops that follow, once and for all.
 * @param throughFrom what carries a field through the hops from one on
 * @returns `undefined` where it depends on the message what becomes of it
 */
export function composeInjections(
  lanes: Lanes,
  traces: ReadonlyMap<number, Trace>,
  throughFrom: (hop: number) => Through,
): readonly Injection[] | undefined {
  const injections: Injection[] = [];
  const present = new Map([...traces].map(([number, { numbers }]) => [`${number}`, marksOf(lanes, numbers)]));
  for (const [hop, lane] of lanes.entries())
    for (const [index, { bit, bytes }] of (lane?.injected ?? []).entries()) {
      if (bytes.length === 0) continue;
      const unless = bit === 0 ? [] : sourcesOf(numberOf(lane!, bit), hop, traces);
      const marks = marksBehind(bytes, hop, lanes);
      const others = [...present].filter(([key]) => !unless?.includes(Number(key))).map(([, each]) => each);
      const carried = carryOn(bytes, lane!.stashNumber, throughFrom(hop + 1));
      if (unless === undefined || carried === undefined || meets(marks, others, lanes)) return undefined;
      present.set(`${hop}.${index} injected`, marks);
      injections.push({ unless, bytes: carried });
    }
  return injections;
}

/** The number of the field that has the bit for itself. */
function numberOf({ table, dense, far }: Lane, bit: number): number | undefined {
  for (let number = 0; number < dense; number++) if (table[4 * number + 1]! & bit) return number;
  return [...far].find(([, row]) => table[4 * row + 1]! & bit)?.[0];
}

/** @returns `undefined` where a field may come to the hop under this number or another */
function sourcesOf(
  number: number | undefined,
  hop: number,
  traces: ReadonlyMap<number, Trace>,
): readonly number[] | undefined {
  if (number === undefined) return undefined;
  const sources = [...traces].filter(([, { numbers }]) => numbers[hop]!.has(number));
  const isSure = sources.every(([, { numbers }]) => numbers[hop]!.size === 1);
  return isSure && sources.length > 0 ? sources.map(([source]) => source) : undefined;
}

/** What an injected field is to the hops that follow. */
function marksBehind(bytes: Uint8Array, hop: number, lanes: Lanes): readonly Marks[] {
  const behind = lanes.map((lane, at) => (at > hop ? lane : undefined));
  return marksOf(behind, traceField(behind, new WireReader(bytes).tag() >>> 3).numbers);
}

/** Whether a later hop does something else with it where another field is there, or injects the same. */
function meets(marks: readonly Marks[], others: readonly (readonly Marks[])[], lanes: Lanes): boolean {
  return (
    others.some((other) => isClash(marks, other) || isClash(other, marks)) ||
    lanes.some((lane, hop) => lane?.injected.some(({ bit }) => (bit & marks[hop]!.own) !== 0))
  );
}

/** @returns `undefined` where a hop sets something aside, or has to look at the whole message */
function carryOn(bytes: Uint8Array, stashNumber: number, through: Through): Uint8Array | undefined {
  const out = new WireWriter();
  const context: Context = {
    out,
    trustStash: true,
    maxBytes: defaultMaxBytes,
    lost: [],
    counts: { known: undefined },
    budget: { items: 1, bytes: defaultMaxBytes, inVain: bytes.length },
    hooks: {},
    stashNumber,
    careful: translateMessage,
    carry: carryFast,
  };
  const height = pending.mark();
  try {
    const isPlain = through(bytes, 0, bytes.length, context, defaultDepthLimit);
    return isPlain && pending.mark() === height ? out.finish() : undefined;
  } catch (error) {
    if (error instanceof WireError) return undefined;
    throw error;
  } finally {
    pending.forget(height);
  }
}
