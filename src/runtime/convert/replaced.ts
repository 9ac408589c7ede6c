import type { ReplacedPlan } from "../plan.js";
import type { Call, Carried, Way } from "../side.js";
import { foundIn, presentValues, written } from "../value-list.js";
import type { Element, Send, Sent } from "./element.js";
import { sendAll } from "./list.js";

/** v3's value goes to v4's field where it fits there, else to the bridge; v4's field comes first. */
export function replacedWays(plan: ReplacedPlan, { up, down }: Element): { up: Way; down: Way } {
  return {
    up: { carry: (held, call) => replace(plan, up, held, call) },
    down: { carry: (held, call) => giveBack(plan, { up, down }, held, call) },
  };
}

function replace({ v3, v4, bridge }: ReplacedPlan, send: Send, held: Uint8Array, call: Call): Carried {
  const { values, residue } = presentValues(v3, held);
  const sent = sendAll(v3, values, send, call);
  const fits = sent.length === values.length && sent.every(isWhole);
  const list = fits ? sent.map(({ value }) => value) : values;
  const field = fits ? v4 : bridge;
  const kept = foundIn(field, list).length === list.length;
  const returns = !residue && kept && (!fits || sent.every((each) => each.returns));
  return { bytes: written(field, list), returns };
}

function giveBack(
  { v3, v4, bridge }: ReplacedPlan,
  { up, down }: Element,
  held: Uint8Array,
  call: Call,
): Carried {
  const [newer, bridged] = [presentValues(v4, held), presentValues(bridge, held)];
  const sent = sendAll(v4, newer.values, down, call);
  const isNewer = sent.length > 0;
  const list = isNewer ? sent.map(({ value }) => value) : bridged.values;
  const isAlone = isNewer ? bridged.values.length === 0 : newer.values.length === 0;
  const isKept = foundIn(v3, list).length === (isNewer ? newer : bridged).values.length;
  const returns =
    isAlone &&
    isKept &&
    !newer.residue &&
    !bridged.residue &&
    sent.every((each) => each.returns) &&
    // On the way back a value goes where it fits, so that a bridge is told from it only by what does not.
    (list.length === 0 || list.every((value) => fits(up, value, call)) === isNewer);
  return { bytes: written(v3, list), returns };
}

function isWhole({ cut }: Sent): boolean {
  return !cut;
}

function fits(send: Send, value: Uint8Array, call: Call): boolean {
  // A trial, of which nothing is to be told, or counted.
  const { context } = call;
  const sent = send(value, { ...call, context: { ...context, lost: [], budget: { ...context.budget } } });
  return sent !== undefined && isWhole(sent);
}
