import { defaultDepthLimit, WireError } from "../wire/index.js";
import type { Lost } from "./context.js";
import { layoutOf } from "./layout.js";
import type { Plan } from "./plan.js";
import { stashNumber } from "./stash.js";
import { type Stripping, stripMessage } from "./strip-message.js";
import { TranslateError } from "./translate-error.js";

/**
 * Removes the stashes from a message of either generation and from all that the plan knows it to hold: also
 * from messages that do not change, as far down as the plan tells their fields. `stripStash` does so for
 * messages of protobuf-es, whose fields are all known.
 * @param message full name of the message
 * @returns the bytes themselves where there was none, and where there was one
 * @throws Error when the plan does not hold the message; TranslateError when `bytes` is not wire format
 */
export function strip(
  plan: Plan,
  message: string,
  bytes: Uint8Array,
): { value: Uint8Array; lost: readonly Lost[] } {
  const layout = layoutOf(plan, message);
  if (layout === undefined) throw new Error(`the plan does not hold ${message}`);
  try {
    const number = plan.stashNumber ?? stashNumber;
    const stripping: Stripping = { lost: [], counts: { known: undefined }, stashNumber: number };
    return { value: stripMessage(layout, bytes, stripping, defaultDepthLimit), lost: stripping.lost };
  } catch (error) {
    throw error instanceof WireError ? new TranslateError(error.code, "", error.message, error) : error;
  }
}
