import { WireError, type WireWriter } from "../wire/index.js";
import type { Side } from "./side.js";
import { joinPath, TranslateError } from "./translate-error.js";

/** What one call carries from message to message. */
export interface Context {
  readonly out: WireWriter;
  readonly trustStash: boolean;
  readonly maxBytes: number;
  readonly lost: Lost[];
  /** The engine for what the fast lane gives up: it reads the whole message first. */
  readonly careful: Carry;
  /** How messages inside are carried. */
  readonly carry: Carry;
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
   * `malformed`: what the stash holds is nothing that belongs there.
   */
  readonly reason: "edited" | "stripped" | "malformed";
}

export function tooLarge(maxBytes: number): TranslateError {
  return new TranslateError("too-large", "", `the message exceeds ${maxBytes} bytes`);
}

/** Says that the message or value being carried lost something. */
export function reportLost({ lost }: Context, reason: Lost["reason"]): undefined {
  lost.push({ path: "", reason });
}

/**
 * Carries a part of a message. Paths are told from the part to the root, on the way out: nobody asks for them
 * in nearly every call.
 * @param segment tells which part it is: `profile`, `orders[3]`
 * @throws TranslateError
 */
export function below<Result>(context: Context, segment: () => string, carry: () => Result): Result {
  const before = context.lost.length;
  try {
    return carry();
  } catch (error) {
    throw errorBelow(error, segment());
  } finally {
    if (context.lost.length > before) lostBelow(context, before, segment());
  }
}

/** The error of a part as that of the whole. */
export function errorBelow(error: unknown, segment: string): unknown {
  if (error instanceof WireError) return new TranslateError(error.code, segment, error.message, error);
  return error instanceof TranslateError ? error.below(segment) : error;
}

/** What was lost in a part, from index `start` of the list on, as lost in the whole. */
export function lostBelow({ lost }: Context, start: number, segment: string): void {
  for (let i = start; i < lost.length; i++) lost[i] = { ...lost[i]!, path: joinPath(segment, lost[i]!.path) };
}
