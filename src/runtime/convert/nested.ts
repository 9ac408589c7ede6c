import { WireWriter } from "../../wire/index.js";
import type { Side } from "../side.js";
import type { Element, Send } from "./element.js";

/**
 * A message that changes inside. It comes back by itself, for what it cannot say is stashed in it: to the
 * field that holds it, it is lost only as a whole.
 */
export function nestedElement({ up, down }: { readonly up: Side; readonly down: Side }): Element {
  return { up: sendMessage(up), down: sendMessage(down) };
}

function sendMessage(inside: Side): Send {
  return (value, { context, depth }) => {
    const out = new WireWriter(value.length + 16);
    context.carry(inside, value, { ...context, out }, depth - 1);
    return { value: out.finish(), returns: true };
  };
}
