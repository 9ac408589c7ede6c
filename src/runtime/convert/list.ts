import { below } from "../context.js";
import type { FieldPlan } from "../plan.js";
import { zeroOf } from "../read-value.js";
import type { Call, Carried, Way } from "../side.js";
import { foundIn, isEqual, presentValues, written } from "../value-list.js";
import type { Element, Send, Sent } from "./element.js";

/** One direction of a field between whatever labels it has. */
interface ListPlan {
  readonly from: FieldPlan;
  readonly to: FieldPlan;
  readonly send: Send;
  /** What `to` gets where `from` has nothing. */
  readonly fill: Uint8Array | undefined;
  /** A value of `from` that is left out, because `to` has nothing for it. */
  readonly elide: Uint8Array | undefined;
}

/**
 * Carries the values of one field: a list in place of a single value takes all, a single one in place of a
 * list the first. What cannot be said is left out.
 */
function listWay(plan: ListPlan): Way {
  const { to, fill } = plan;
  return {
    bridges: fill !== undefined,
    filling: fill === undefined ? undefined : written(to, [fill]),
    carry: (held, call) => carryList(plan, held, call),
  };
}

/** Both directions of a field; what stands for nothing is filled in one way, and left out the other. */
export function listWays(
  { v3, v4, absent }: { v3: FieldPlan; v4: FieldPlan; absent?: AbsentBytes | undefined },
  { up, down }: Element,
): { readonly up: Way; readonly down: Way } {
  return {
    up: listWay({ from: v3, to: v4, send: up, fill: absent?.v3, elide: absent?.v4 }),
    down: listWay({ from: v4, to: v3, send: down, fill: absent?.v4, elide: absent?.v3 }),
  };
}

/** `v3`: what v4's field gets where v3 has nothing, as v4 encodes it; `v4` the reverse. */
export interface AbsentBytes {
  readonly v3?: Uint8Array | undefined;
  readonly v4?: Uint8Array | undefined;
}

function carryList({ from, to, send, fill, elide }: ListPlan, held: Uint8Array, call: Call): Carried {
  const { values, residue } = presentValues(from, held);
  // Absence comes back as what is declared for it, so that nothing of it goes to the stash.
  if (values.length === 0) return { bytes: written(to, fill === undefined ? [] : [fill]), returns: !residue };
  if (values.length === 1 && elide !== undefined && !to.required && isEqual(values[0]!, elide))
    return { bytes: empty, returns: !residue };
  const sent = sendAll(from, values, send, call);
  if (sent.length === 0 && to.required) return { bytes: written(to, [fill ?? zeroOf(to)]), returns: false };
  const returns = !residue && sent.length === values.length && sent.every((each) => each.returns);
  const list = sent.map(({ value }) => value);
  const kept = foundIn(to, list).length;
  const isFill = fill !== undefined && kept === 1 && isEqual(list[0]!, fill);
  return { bytes: written(to, list), returns: returns && kept === values.length && !isFill };
}

/** What the other side can say of the values, in order. */
export function sendAll(
  field: FieldPlan,
  values: readonly Uint8Array[],
  send: Send,
  call: Call,
): readonly Sent[] {
  if (field.label !== "repeated") return values.flatMap((value) => send(value, call) ?? []);
  // The caller has told the field's name by now.
  return values.flatMap(
    (value, index) =>
      below(
        call.context,
        () => `[${index}]`,
        () => send(value, call),
      ) ?? [],
  );
}

const empty = new Uint8Array();
