import type { Hooks } from "../hook.js";
import { linkPlan } from "../link-plan.js";
import type { Plan } from "../plan.js";
import { link, type Sides, type Translated, type Translator, type TranslatorOptions } from "../translator.js";
import { fuseSides } from "./fuse.js";
import { translateChain } from "./translate-chain.js";

/**
 * The translator of one message through several generations at once: v1 → v2 → v3 by the plans of v1 → v2 and
 * v2 → v3. It writes, byte for byte, what one translator after the other writes that trusts the stash of the one
 * before, in about the time of one.
 * @param plans each begins in the generation in which the one before it ends
 * @param message full name of the message in the eldest generation
 * @throws Error when a plan does not hold what the message has become by then, or needs user code that is not given
 */
export function createChain(
  plans: readonly Plan[],
  message: string,
  { hooks = {} }: TranslatorOptions = {},
): Translator {
  if (plans.length === 0) throw new Error("a chain needs a plan at least: that of its first two generations");
  const hops = linkHops(plans, message, hooks);
  const up = fuseSides(hops.map((hop) => hop.up));
  const down = fuseSides(hops.map((hop) => hop.down).reverse());
  const last = plans.length - 1;
  return {
    up: (bytes, options) => translateChain(up, bytes, options, hooks),
    down: (bytes, options) => byPlan(translateChain(down, bytes, options, hooks), last),
  };
}

function linkHops(plans: readonly Plan[], message: string, hooks: Hooks): readonly Sides[] {
  const hops: Sides[] = [];
  let name = message;
  for (const plan of plans) {
    const hop = link(plan, name, hooks);
    const { stashNumber } = hops[0]?.up ?? hop.up;
    if (hop.up.stashNumber !== stashNumber)
      throw new Error(
        `the plan of ${name} keeps stashes in field ${hop.up.stashNumber}, those before it in ${stashNumber}: ` +
          "let all contracts of a chain choose the same",
      );
    hops.push(hop);
    name = linkPlan(plan).messages.get(name)!.v4;
  }
  return hops;
}

/** On the way down the last plan is the first hop. */
function byPlan({ value, lost }: Translated, last: number): Translated {
  return { value, lost: lost.map((each) => ({ ...each, hop: last - each.hop! })) };
}
