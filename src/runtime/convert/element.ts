import type { Call } from "../side.js";

/**
 * One direction of single values, which come and go in canonical form, without tag and length.
 * @returns `undefined` where the other side has no words for the value
 */
export type Send = (value: Uint8Array, call: Call) => Sent | undefined;

export interface Sent {
  readonly value: Uint8Array;
  /** Whether a stub that decodes and encodes it leads back to the very value. */
  readonly returns: boolean;
  /** Whether it is another number now: bits or digits were cut. */
  readonly cut?: boolean;
}

/** Both directions of single values. */
export interface Element {
  readonly up: Send;
  readonly down: Send;
}

/** For what both sides write alike. A NaN may have bits that reading it in its canonical form drops. */
export const copyElement: Element = { up: copy, down: copy };

function copy(value: Uint8Array): Sent {
  return { value, returns: true };
}
