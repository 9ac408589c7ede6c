/** What one client asked and was answered. Times are of one clock, which all processes of a machine share. */
export type Call = Reading | Publishing;

interface Span {
  readonly client: string;
  /** Microseconds. */
  readonly began: number;
  readonly ended: number;
}

interface Reading extends Span {
  readonly kind: "read";
  /** 0 where there is no subject yet. */
  readonly seq: number;
  readonly fields: readonly number[];
}

export interface Publishing extends Span {
  readonly kind: "publish";
  readonly id: string;
  readonly fields: readonly number[];
  readonly answer: Answer;
}

/**
 * - `failed`: whether it was published is not known
 * - `overtaken`: it was not, others were faster
 */
export type Answer =
  | { readonly outcome: "published"; readonly seq: number }
  | { readonly outcome: "refused"; readonly against: number }
  | { readonly outcome: "overtaken" | "failed"; readonly message: string };

/** A version as it is found when all is over. */
export interface Truth {
  readonly seq: number;
  readonly publish: string;
  readonly fields: readonly number[];
}

/** Microseconds. */
export function clock(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/** Numbers from 0 to below 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
