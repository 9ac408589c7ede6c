import { WireError, WireReader, WireWriter } from "../wire/index.js";
import { below, type Context, reportLost } from "./context.js";
import { writeValue } from "./field-values.js";
import * as pending from "./lane/pending.js";
import type { FieldPlan } from "./plan.js";
import type { Payload, Side } from "./side.js";
import { stashTagOf } from "./stash.js";
import { TranslateError } from "./translate-error.js";

export const anyName = "google.protobuf.Any";

/**
 * Appends a google.protobuf.Any for the other generation: a payload that the plan translates under its new
 * name, behind the same prefix, and any other as it is. A payload that is malformed stays as it is too, name
 * included: those who only pass an Any on need not be able to read it. A payload keeps its own stash.
 * @param names what may be in it
 * @throws WireError, TranslateError
 */
export function translateAny(
  names: ReadonlyMap<string, Payload>,
  bytes: Uint8Array,
  context: Context,
  depth: number,
): void {
  const message = readAny(bytes, context, depth);
  const slash = message.url.lastIndexOf("/") + 1;
  const payload = names.get(message.url.slice(slash));
  const content = payload && carryPayload(payload.inside, message.value, context, depth);
  const { out } = context;
  if (payload === undefined || content === undefined) {
    out.raw(message.whole);
    return;
  }
  for (const fragment of message.others) out.raw(fragment);
  writeValue(out, urlField, utf8.encode(message.url.slice(0, slash) + payload.name));
  if (content.length > 0) writeValue(out, valueField, content);
}

interface AnyMessage {
  readonly url: string;
  readonly value: Uint8Array;
  /** All but these two. */
  readonly others: readonly Uint8Array[];
  /** All of it that may pass. */
  readonly whole: Uint8Array;
}

/** Of fields that come twice the last counts. */
function readAny(bytes: Uint8Array, context: Context, depth: number): AnyMessage {
  let url = "";
  let value: Uint8Array = new Uint8Array();
  const others: Uint8Array[] = [];
  const whole = new WireWriter(bytes.length);
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    if (tag === URL) url = reader.string();
    else if (tag === VALUE) value = reader.subarray();
    else reader.skip(tag, depth);
    const fragment = bytes.subarray(start, reader.pos);
    if (tag === stashTagOf(context.stashNumber) && !context.trustStash) {
      reportLost(context, "stripped");
      continue;
    }
    if (tag !== URL && tag !== VALUE) others.push(fragment);
    whole.raw(fragment);
  }
  return { url, value, others, whole: whole.finish() };
}

/** @returns `undefined` for what cannot be read */
function carryPayload(
  inside: Side,
  value: Uint8Array,
  context: Context,
  depth: number,
): Uint8Array | undefined {
  const out = new WireWriter(value.length + 16);
  const lost = context.lost.length;
  const height = pending.mark();
  try {
    below(
      context,
      () => "value",
      () => context.carry(inside, value, { ...context, out }, depth - 1),
    );
    return out.finish();
  } catch (error) {
    if (!isMalformed(error)) throw error;
    context.lost.length = lost;
    // What the fast lane had set aside is not the surrounding message's, and what stopped it may be overruled.
    pending.forget(height);
    if (context.carry === context.careful) return undefined;
    return carryPayload(inside, value, { ...context, carry: context.careful }, depth);
  }
}

/** Limits hold in a payload too, and what user code says of it. */
export function isMalformed(error: unknown): boolean {
  if (!(error instanceof WireError || error instanceof TranslateError)) return false;
  return !["too-deep", "too-large", "hook-failed"].includes(error.code);
}

const urlField: FieldPlan = { number: 1, name: "type_url", type: "string", label: "implicit" };
const valueField: FieldPlan = { number: 2, name: "value", type: "bytes", label: "implicit" };
const URL = 0x0a;
const VALUE = 0x12;

const utf8 = new TextEncoder();
