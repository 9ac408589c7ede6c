import { anyType } from "../lane/build-lane.js";
import {
  BLOB,
  CHECKED,
  COPY,
  ENUM,
  GIVE_UP,
  HOME,
  IMPLICIT,
  makeWord,
  NARROW,
  NESTED,
  RENUMBER,
  SIGNED,
  SIGNED_LIST,
  STASH,
  UNSIGNED,
  UNSIGNED_LIST,
  VALUE,
} from "../lane/operations.js";
import type { ChainDetail, Detail, Side } from "../side.js";
import type { Step, Trace } from "./trace.js";

/** A row of a fused lane, without its bits. */
export interface Row {
  readonly word: number;
  /** The field number at the end of the chain. */
  readonly there: number;
  readonly detail: Detail;
}

/** What rows share whose field has to go hop by hop, at least for some values. */
export interface Composing {
  readonly through: NonNullable<ChainDetail["through"]>;
  /** The composed side of a message inside; by hop, what it is there, `undefined` where it does not change. */
  readonly insideOf: (sides: readonly (Side | undefined)[]) => Side;
  readonly hops: number;
}

/** Makes one operation of those that the hops have for a field. */
export function composeRow(number: number, trace: Trace, composing: Composing): Row {
  const { steps } = trace;
  const wireTypes = wireTypesOf(steps);
  const row = composeSteps(number, steps, composing);
  const { operation, there = number, flags = 0, detail = {}, chain = {} } = row ?? { operation: VALUE };
  const isRefused = steps.some((step) => step.operation === GIVE_UP);
  const mayLook = steps.some((step) => lookers.has(step.operation));
  return {
    word: isRefused ? makeWord(GIVE_UP, 0) : makeWord(operation, wireTypes, flags),
    there,
    detail: { ...detail, chain: { hop: 0, mayLook, through: composing.through, ...chain } },
  };
}

const lookers: ReadonlySet<number> = new Set([NESTED, VALUE, BLOB, HOME, GIVE_UP]);

/** As long as the value keeps its form, every hop has a say; one that reads it may write it in another. */
function wireTypesOf(steps: readonly Step[]): number {
  const first = steps.findIndex(({ operation }) => operation === VALUE);
  const asItCame = first < 0 ? steps : steps.slice(0, first + 1);
  return asItCame.reduce((mask, { word }) => mask & ((word >>> 8) & 0xff), anyType);
}

interface Composed {
  readonly operation: number;
  readonly flags?: number;
  readonly there?: number;
  readonly detail?: Detail;
  readonly chain?: Partial<ChainDetail>;
}

/** @returns `undefined` where the value has to go hop by hop */
function composeSteps(number: number, steps: readonly Step[], composing: Composing): Composed | undefined {
  const last = steps.at(-1);
  const there = last?.to ?? number;
  const active = steps.filter(({ operation }) => operation !== COPY && operation !== RENUMBER);
  if (active.length === 0) return { operation: there === number ? COPY : RENUMBER, there };
  if (last?.operation === STASH) return composeStash(active, last);
  const flags = active.reduce((sum, { word }) => sum | (word & IMPLICIT), 0);
  const all = (...operations: readonly number[]) =>
    active.every(({ operation }) => operations.includes(operation));
  if (all(NESTED)) return { operation: NESTED, there, ...composeInside(number, active, composing) };
  // An unknown field that a later generation knows, and one after that changes.
  if (all(HOME, NESTED) && !all(HOME))
    return { operation: VALUE, ...composeInside(number, active, composing) };
  if (all(ENUM)) return { operation: ENUM, there, flags, detail: { numbers: composeNumbers(active) } };
  if (all(SIGNED)) return composeNumber(SIGNED, flags, there, active);
  if (all(UNSIGNED)) return composeNumber(UNSIGNED, flags, there, active);
  if (!all(SIGNED, UNSIGNED, SIGNED_LIST, UNSIGNED_LIST, BLOB, HOME)) return undefined;
  const [only] = active;
  if (active.length === 1 && only !== undefined && isAlike(only, number, there))
    return { operation: only.operation, there, flags, detail: only.detail };
  return { operation: CHECKED, there, chain: { checks: active } };
}

/**
 * Whether the row of the one hop that looks does for all. What comes home has to keep its number, and bytes that
 * hold a message have their length written anew where their number changes, and only there.
 */
function isAlike({ operation, from, to }: Step, number: number, there: number): boolean {
  if (operation === HOME) return number === there;
  return operation !== BLOB || (from === to) === (number === there);
}

/** A field of which no hop before changes more than the number. */
function composeStash(active: readonly Step[], { hop, from }: Step): Composed | undefined {
  return active.length === 1 ? { operation: STASH, chain: { hop, from } } : undefined;
}

function composeInside(
  number: number,
  active: readonly Step[],
  { insideOf, hops }: Composing,
): Pick<Composed, "detail" | "chain"> {
  const byHop = Array.from({ length: hops }, (_, hop) => active.find((step) => step.hop === hop)?.detail);
  const inside = insideOf(byHop.map((detail) => detail?.inside));
  const fields = byHop.map((detail) => detail?.inside && { ...detail.field!, number });
  return { detail: { inside }, chain: { fields } };
}

/** −1 where one of the hops has to look. */
function composeNumbers(active: readonly Step[]): Int32Array {
  return Int32Array.from({ length: 128 }, (_, value) =>
    active.reduce((number, { detail }) => detail.numbers![number] ?? -1, value),
  );
}

/** A number that is too large for the first hop that reads it is cut there, and fits all others. */
function composeNumber(operation: number, flags: number, there: number, active: readonly Step[]): Composed {
  const [first] = active;
  if (first === undefined || (first.word & NARROW) === 0) return { operation, flags, there };
  const { hop, from, to } = first;
  const { digestHigh, digestLow } = first.detail;
  return {
    operation,
    flags: flags | NARROW,
    there,
    detail: { digestHigh: digestHigh!, digestLow: digestLow! },
    chain: { hop, from, to },
  };
}
