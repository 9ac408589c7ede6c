import { WireReader } from "../../wire/index.js";
import { collectValues } from "../field-values.js";
import type { ElementPlan, FieldPlan } from "../plan.js";
import { zeroOf } from "../read-value.js";
import { isNotANumber, ofField, written } from "../value-list.js";
import type { Element, Send } from "./element.js";

type WrapPlan = ElementPlan & { readonly kind: "wrap" };

/**
 * Between a message of one field and the value in it. An empty wrapper holds the default; unknown fields in
 * it are what the value cannot say.
 * @param inner between the field in the wrapper and the other side's field
 */
export function wrapElement({ side, value }: WrapPlan, inner: Element): Element {
  return side === "v3"
    ? { up: unwrap(value, inner.up), down: wrap(value, inner.down) }
    : { up: wrap(value, inner.up), down: unwrap(value, inner.down) };
}

function unwrap(field: FieldPlan, send: Send): Send {
  return (wrapper, call) => {
    const collected = collectValues(new Map([[field.number, field]]), wrapper).get(field.number) ?? [];
    const values = ofField(field, collected);
    const value = values[0] ?? zeroOf(field);
    const sent = send(value, call);
    const isTold = values.length === 1 || (values.length === 0 && field.label === "implicit");
    const isWhole = isTold && !isNotANumber(field, value);
    return sent && { ...sent, returns: sent.returns && isWhole && !hasOthers(field, wrapper) };
  };
}

function wrap(field: FieldPlan, send: Send): Send {
  return (value, call) => {
    const sent = send(value, call);
    return sent && { ...sent, value: written(field, [sent.value]) };
  };
}

/** Whether a message has fields besides the one. */
export function hasOthers({ number }: FieldPlan, wrapper: Uint8Array): boolean {
  const reader = new WireReader(wrapper);
  while (!reader.done) {
    const tag = reader.tag();
    if (tag >>> 3 !== number) return true;
    reader.skip(tag);
  }
  return false;
}
