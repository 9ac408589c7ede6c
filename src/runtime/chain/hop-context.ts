import type { WireWriter } from "../../wire/index.js";
import type { Context } from "../side.js";
import { translateMessage } from "../translate-message.js";
import { carryFast } from "../translator.js";

/** The context of one hop within that of a chain. */
export function hopContext(context: Context, out: WireWriter, trustStash: boolean): Context {
  return { ...context, out, trustStash, lost: [], careful: translateMessage, carry: carryFast };
}
