import { defaultDepthLimit, maxDepthLimit, WireError } from "../wire/index.js";
import { type Carry, type Context, type Lost, tooLarge } from "./context.js";
import type { Hooks } from "./hook.js";
import * as pending from "./lane/pending.js";
import type { PrintedLane } from "./lane/printed.js";
import { runLane } from "./lane/run-lane.js";
import { linkPlan } from "./link-plan.js";
import { neededHooks } from "./needed-hooks.js";
import { apartFrom, closeOutput, leaveOutput, openOutput } from "./output.js";
import type { Plan } from "./plan.js";
import type { Side } from "./side.js";
import { TranslateError } from "./translate-error.js";
import { translateMessage } from "./translate-message.js";

export type { Lost } from "./context.js";

/**
 * Carries the bytes of one message between the generations. It needs no stub of either side and keeps no
 * state: one translator serves a whole process. A server takes requests `up` as it trusts its clients, and
 * answers `down` with `{ stash: "trust" }`, because what they hold was written here.
 */
export interface Translator {
  /** v3 → v4. @throws TranslateError when `bytes` is not wire format or exceeds a limit */
  up(bytes: Uint8Array, options?: TranslateOptions): Translated;
  /** v4 → v3. @throws TranslateError when `bytes` is not wire format or exceeds a limit */
  down(bytes: Uint8Array, options?: TranslateOptions): Translated;
}

export interface TranslateOptions {
  /**
   * What to do with stashes that arrive. `strip`, the default, removes them wherever this translator looks
   * in: they come from whoever wrote the bytes, and nothing authenticates them. `trust` restores from them;
   * say so for bytes that were written in this process or by a peer that you run.
   */
  readonly stash?: "strip" | "trust";
  /**
   * Nesting of messages beyond which bytes are refused; 100 as in every protobuf implementation. More than 200
   * count as 200, because the engine goes in once a level.
   */
  readonly depthLimit?: number;
  /** Size of input and output beyond which bytes are refused; 64 MiB. */
  readonly maxBytes?: number;
  /**
   * A buffer to write to, from its start, which saves making one; bytes behind the message may be overwritten
   * too. Where the message does not fit, or the buffer shares memory with the input, `value` is in memory of its own.
   */
  readonly into?: Uint8Array;
  /**
   * What one call may put into stashes; 65,536 items and 16 MiB of originals. What exceeds them is dropped and
   * told in `lost`: many small messages could grow manyfold otherwise.
   */
  readonly stashLimit?: { readonly items?: number; readonly bytes?: number };
}

export interface Translated<Value = Uint8Array> {
  /**
   * The message of the other generation. Bytes may share memory with the input where nothing changed, and its
   * `buffer` with other messages, as a small `Buffer` of Node's does.
   */
  readonly value: Value;
  /** What was stashed and could not be given back; empty in nearly every call. */
  readonly lost: readonly Lost[];
}

export interface TranslatorOptions {
  /** The user code that the plan names. */
  readonly hooks?: Hooks;
  /** What the plug-in printed of the plan, which is tried first while no more than 64 such translators are in use. */
  readonly lanes?: { readonly up?: PrintedLane; readonly down?: PrintedLane };
}

/**
 * The translator of one message. A message of the plan's own is looked up in full when first translated: of what
 * generated code declares, a program uses little, and the plans of a file may refer to each other.
 * @param v3 full name of the message in the elder generation
 * @throws Error when the plan does not hold it, or needs user code that is not given
 */
export function createTranslator(
  plan: Plan,
  v3: string,
  { hooks = {}, lanes }: TranslatorOptions = {},
): Translator {
  let sides: Sides | undefined;
  const linked = () => {
    if (sides === undefined) {
      sides = link(plan, v3, hooks);
      if (lanes !== undefined) printedInUse++;
    }
    return sides;
  };
  if (!plan.messages.some((message) => message.v3 === v3) || Object.keys(hooks).length > 0) linked();
  return {
    up: (bytes, options) =>
      translate(linked().up, bytes, options, carryFast, hooks, unlessTooMany(lanes?.up)),
    down: (bytes, options) =>
      translate(linked().down, bytes, options, carryFast, hooks, unlessTooMany(lanes?.down)),
  };
}

/**
 * Printed code is faster where a few messages come again and again. A gateway through which hundreds of types pass
 * runs each too seldom for the compiler to care: there one table-driven loop that serves all is eight times as fast.
 */
function unlessTooMany(lane: PrintedLane | undefined): PrintedLane | undefined {
  return printedInUse > printedLimit ? undefined : lane;
}

const printedLimit = 64;
/** Translators with printed code that have translated something. */
let printedInUse = 0;

export interface Sides {
  readonly up: Side;
  readonly down: Side;
}

/** @throws Error when the plan does not hold the message, or needs user code that is not given */
export function link(plan: Plan, v3: string, hooks: Hooks): Sides {
  const linked = linkPlan(plan);
  const [up, down] = [linked.up.get(v3), linked.down.get(v3)];
  if (up === undefined || down === undefined) throw new Error(`the plan does not hold ${v3}`);
  for (const name of neededHooks(linked.messages, v3))
    if (hooks[name] === undefined)
      throw new Error(
        `the plan of ${v3} needs the code "${name}": give it as { hooks: { "${name}": … } }, on the command line by --hooks`,
      );
  return { up, down };
}

/**
 * @param carry how every message is carried: by the fast lane where it can, unless told otherwise
 * @param printed what is tried before it
 */
export function translate(
  side: Side,
  bytes: Uint8Array,
  options: TranslateOptions = {},
  carry: Carry = carryFast,
  hooks: Hooks = {},
  printed?: PrintedLane,
): Translated {
  const { stash = "strip", depthLimit = defaultDepthLimit, maxBytes = defaultMaxBytes } = options;
  const into = apartFrom(bytes, options.into);
  const depth = Math.min(depthLimit, maxDepthLimit);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  if (side.changes === undefined)
    return { value: options.into === undefined ? bytes : copyTo(options.into, bytes), lost: [] };
  const out = openOutput(bytes.length, into);
  out.limit = maxBytes;
  const context: Context = {
    out,
    trustStash: stash === "trust",
    stashNumber: side.stashNumber,
    maxBytes,
    lost: [],
    counts: { known: undefined },
    budget: budgetOf(options, bytes.length),
    hooks,
    careful: translateMessage,
    carry,
  };
  const height = pending.mark();
  try {
    if (printed === undefined) carry(side, bytes, context, depth);
    else if (!printed(context, bytes, 0, bytes.length, depth)) {
      pending.forget(height);
      leaveOutput(out);
      return translate(side, bytes, options, carry, hooks);
    }
    if (out.length > maxBytes) throw tooLarge(maxBytes);
  } catch (error) {
    pending.forget(height);
    leaveOutput(out);
    // What stops the fast lane may be overruled by what comes later in the message.
    if (carry === carryFast) return translate(side, bytes, options, translateMessage, hooks);
    throw error instanceof WireError ? new TranslateError(error.code, "", error.message, error) : error;
  }
  return { value: closeOutput(out), lost: context.lost };
}

export function budgetOf({ stashLimit }: TranslateOptions, size: number): Context["budget"] {
  return {
    items: stashLimit?.items ?? 65_536,
    bytes: stashLimit?.bytes ?? 16 * 1024 * 1024,
    inVain: 4 * size,
  };
}

/** By the fast lane, or where it gives up by the engine. */
export function carryFast(side: Side, bytes: Uint8Array, context: Context, depth: number): void {
  if (!runLane(side, bytes, 0, bytes.length, context, depth)) translateMessage(side, bytes, context, depth);
}

export function copyTo(into: Uint8Array, bytes: Uint8Array): Uint8Array {
  if (into.length < bytes.length) return bytes;
  into.set(bytes);
  return into.subarray(0, bytes.length);
}

export const defaultMaxBytes = 64 * 1024 * 1024;
