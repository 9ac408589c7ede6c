import type { Fields } from "../field-values.js";
import type { Hook, HookFields } from "../hook.js";
import type { FieldPlan, HookPlan } from "../plan.js";
import type { Call, Carried, Way } from "../side.js";
import { TranslateError } from "../translate-error.js";
import { isEqual } from "../value-list.js";
import { fromObject, normalForm, toObject } from "./hook-object.js";
import type { Links } from "./link-element.js";

/**
 * Fields that user code converts, all at once. It is asked only where one of them is set, and asked back to
 * find out whether what it made leads home.
 */
export function hookWays(plan: HookPlan, links: Links): { readonly up: Way; readonly down: Way } {
  const v3: Fields = byNumber(plan.v3);
  const v4: Fields = byNumber(plan.v4);
  return {
    up: hookWay({ name: plan.name, from: v3, to: v4, there: "up", back: "down", links }),
    down: hookWay({ name: plan.name, from: v4, to: v3, there: "down", back: "up", links }),
  };
}

interface HookWay {
  readonly name: string;
  readonly from: Fields;
  readonly to: Fields;
  readonly there: keyof Hook;
  readonly back: keyof Hook;
  readonly links: Links;
}

function hookWay(way: HookWay): Way {
  return { carry: (held, call) => carryHooked(way, held, call) };
}

function carryHooked({ name, from, to, there, back, links }: HookWay, held: Uint8Array, call: Call): Carried {
  const { shapes } = links;
  const here = normalForm(from, held);
  if (here.length === 0) return { bytes: here, returns: true };
  const hook = call.context.hooks[name]!;
  const convert = (way: keyof Hook, object: HookFields, fields: Fields) =>
    fromObject(fields, hook[way](object), shapes);
  let bytes: Uint8Array;
  const object = toObject(from, held, shapes);
  try {
    bytes = convert(there, object, to);
  } catch (cause) {
    throw hookFailed(name, there, cause);
  }
  return { bytes, returns: leadsBack(() => convert(back, toObject(to, bytes, shapes), from), here, from) };
}

/** What user code cannot lead back, whatever its reason, comes home from the stash. */
function leadsBack(convert: () => Uint8Array, here: Uint8Array, from: Fields): boolean {
  try {
    return isEqual(normalForm(from, convert()), here);
  } catch {
    return false;
  }
}

function hookFailed(name: string, way: keyof Hook, cause: unknown): TranslateError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TranslateError(
    "hook-failed",
    "",
    `the code "${name}" failed on the way ${way}: ${reason}`,
    cause,
  );
}

function byNumber(fields: readonly FieldPlan[]): Fields {
  return new Map(fields.map((field) => [field.number, field]));
}
