import { defaultDepthLimit } from "../../wire/index.js";
import { type Context, tooLarge } from "../context.js";
import type { Hooks } from "../hook.js";
import * as pending from "../lane/pending.js";
import { runLane } from "../lane/run-lane.js";
import { apartFrom, closeOutput, leaveOutput, openOutput } from "../output.js";
import type { Lost, Side } from "../side.js";
import { TranslateError } from "../translate-error.js";
import {
  budgetOf,
  carryFast,
  copyTo,
  defaultMaxBytes,
  type Translated,
  type TranslateOptions,
  translate,
} from "../translator.js";
import { carryHops } from "./carry-hops.js";
import { mayHoldStash, stripAhead } from "./strip-ahead.js";

/**
 * Carries a message through all hops at once. What stops it, a hop alone may not mind: then they run one after
 * the other, and what they say is said.
 * @param side of a chain
 * @throws TranslateError
 */
export function translateChain(
  side: Side,
  bytes: Uint8Array,
  options: TranslateOptions = {},
  hooks: Hooks = {},
): Translated {
  const { stash = "strip", depthLimit = defaultDepthLimit, maxBytes = defaultMaxBytes } = options;
  const into = apartFrom(bytes, options.into);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  if (side.changes === undefined)
    return { value: options.into === undefined ? bytes : copyTo(options.into, bytes), lost: [] };
  const out = openOutput(bytes.length, into);
  out.limit = maxBytes;
  const context: Context = {
    out,
    trustStash: stash === "trust",
    maxBytes,
    lost: [],
    counts: { known: undefined },
    budget: budgetOf(options, bytes.length),
    hooks,
    stashNumber: side.stashNumber,
    careful: carryHops,
    carry: carryFused,
  };
  const height = pending.mark();
  try {
    carryFused(side, bytes, context, depthLimit);
  } catch {
    pending.forget(height);
    leaveOutput(out);
    return translateHops(side, bytes, options, hooks);
  }
  return { value: closeOutput(out), lost: inOrderOfHops(context.lost) };
}

function carryFused(side: Side, bytes: Uint8Array, context: Context, depth: number): void {
  if (!runLane(side, bytes, 0, bytes.length, context, depth)) carryHops(side, bytes, context, depth);
}

/** What one hop loses after the other, whichever part of the message came first. */
function inOrderOfHops(lost: readonly Lost[]): readonly Lost[] {
  return lost.length < 2 ? lost : lost.toSorted((one, other) => one.hop! - other.hop!);
}

/** Carries a message through one hop after the other, each of them from its start to its end. */
function translateHops(side: Side, bytes: Uint8Array, options: TranslateOptions, hooks: Hooks): Translated {
  const isForeign = options.stash !== "trust" && mayHoldStash(side, bytes);
  const stripped = isForeign ? stripAhead(side, bytes) : undefined;
  const lost: Lost[] = (stripped?.lost ?? []).map((each) => ({ ...each, hop: 0 }));
  const stash = (stripped?.isSure ?? true) ? "trust" : "strip";
  const { into, ...others } = options;
  const last = side.hops!.findLastIndex(({ changes }) => changes !== undefined);
  let value = stripped?.bytes ?? bytes;
  for (const [hop, inner] of side.hops!.entries()) {
    const given = { ...others, stash, ...(hop === last && into !== undefined ? { into } : {}) } as const;
    const translated = ofHop(hop, () => translate(inner, value, given, carryFast, hooks));
    value = translated.value;
    lost.push(...translated.lost.map((each) => ({ ...each, hop })));
  }
  return { value, lost };
}

/** The bytes that a later hop cannot translate are none that the caller knows. */
function ofHop<Result>(hop: number, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw error instanceof TranslateError && hop > 0 ? error.inHop(hop) : error;
  }
}
