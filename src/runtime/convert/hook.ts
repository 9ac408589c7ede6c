import { readCanonical } from "../canonical.js";
import { below } from "../context.js";
import type { Fields } from "../field-values.js";
import type { Hook } from "../hook.js";
import type { FieldPlan, HookPlan } from "../plan.js";
import type { Call, Carried, Way } from "../side.js";
import { TranslateError } from "../translate-error.js";
import { hasResidue, isEqual } from "../value-list.js";
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
  readonly there: "up" | "down";
  readonly back: "up" | "down";
  readonly links: Links;
}

function hookWay(way: HookWay): Way {
  // The error of code that gets several fields stands at the first.
  const [first] = [...way.from.values()] as [FieldPlan];
  return {
    carry: (held, call) =>
      below(
        call.context,
        () => first.name,
        () => carryHooked(way, held, call),
      ),
  };
}

function carryHooked(way: HookWay, held: Uint8Array, call: Call): Carried {
  const { name, from, to, there, links } = way;
  const here = normalForm(from, held);
  const isAll = ![...from.values()].some((field) => hasResidue(field, held));
  if (here.length === 0) return { bytes: here, returns: isAll };
  const hook = call.context.hooks[name]!;
  const object = toObject(from, held, links.shapes);
  try {
    const bytes = fromObject(to, hook[there](object), links.shapes);
    return { bytes, returns: isAll && leadsBack(way, hook, here, bytes, call.depth) };
  } catch (cause) {
    throw hookFailed(name, there, cause);
  }
}

/** What user code cannot lead back, whatever its reason, comes home from the stash. */
function leadsBack(way: HookWay, hook: Hook, here: Uint8Array, bytes: Uint8Array, depth: number): boolean {
  const { from, to, back, links } = way;
  try {
    const reading = readCanonical(to, bytes, links.shapes, depth);
    // Nobody asks the code about nothing.
    if (reading.bytes.length === 0) return false;
    const returned = fromObject(from, hook[back](toObject(to, reading.bytes, links.shapes)), links.shapes);
    // Code may go by the order of a map, which no encoder keeps.
    return !reading.unordered && isEqual(normalForm(from, returned), here);
  } catch {
    return false;
  }
}

function hookFailed(name: string, way: "up" | "down", cause: unknown): TranslateError {
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
