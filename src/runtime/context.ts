import { WireError } from "../wire/index.js";
import type { Context, Lost } from "./side.js";
import { joinPath, TranslateError } from "./translate-error.js";

export type { Carry, Context, Lost } from "./side.js";

export function tooLarge(maxBytes: number): TranslateError {
  return new TranslateError("too-large", "", `the message exceeds ${maxBytes} bytes`);
}

/**
 * Takes what goes to a stash from what the call may stash.
 * @returns false where that is used up
 * @throws Error in the fast lane, which may have counted what it gave up later: the engine has to count
 */
export function spend({ budget, carry, careful }: Context, items: number, bytes: number): boolean {
  if (items <= budget.items && bytes <= budget.bytes) {
    budget.items -= items;
    budget.bytes -= bytes;
    return true;
  }
  if (carry !== careful) throw new Error("the stash is full");
  return false;
}

/**
 * Says that the message or value being carried lost something. Hostile bytes could lose something in each of ten
 * million messages, so that a list has an end: an entry that says `limit`, for all that is not told one by one.
 */
export function reportLost({ lost }: Context, reason: Lost["reason"]): undefined {
  if (lost.length < lostLimit) lost.push({ path: "", reason });
  else if (lost.length === lostLimit) lost.push({ path: "", reason: "limit" });
}

/** Losses that one call tells one by one. */
const lostLimit = 100_000;

/**
 * Carries a part of a message. Paths are told from the part to the root, on the way out: nobody asks for them
 * in nearly every call.
 * @param segment tells which part it is: `profile`, `orders[3]`
 * @throws TranslateError
 */
export function below<Result>(
  context: Pick<Context, "lost">,
  segment: () => string,
  carry: () => Result,
): Result {
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
function errorBelow(error: unknown, segment: string): unknown {
  if (error instanceof WireError) return new TranslateError(error.code, segment, error.message, error);
  return error instanceof TranslateError ? error.below(segment) : error;
}

/** What was lost in a part, from index `start` of the list on, as lost in the whole. */
export function lostBelow({ lost }: Pick<Context, "lost">, start: number, segment: string): void {
  for (let i = start; i < lost.length; i++) lost[i] = { ...lost[i]!, path: joinPath(segment, lost[i]!.path) };
}
