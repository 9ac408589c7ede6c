import { WireReader, WireWriter } from "../../wire/index.js";
import { isReadable } from "../is-readable.js";
import type { FieldPlan } from "../plan.js";
import type { Element, Send } from "./element.js";

/** Between string and bytes: what is not UTF-8 is left out of a string. */
export function textElement(v3: FieldPlan, v4: FieldPlan): Element {
  return { up: sendText(v4), down: sendText(v3) };
}

function sendText({ type, text }: FieldPlan): Send {
  const isText = type === "string" || text === true;
  return (value) => (!isText || isUtf8(value) ? { value, returns: true } : undefined);
}

function isUtf8(value: Uint8Array): boolean {
  const out = new WireWriter(value.length + 5);
  out.lengthDelimited(value);
  return isReadable(() => new WireReader(out.finish()).string());
}
