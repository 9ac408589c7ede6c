import type { BufOptions } from "../../image/index.js";
import { loadSide } from "../workspace/load-side.js";
import type { Baseline } from "./check-baselines.js";

/** A version to compare with that is still to be loaded. */
export interface NamedInput extends Omit<Baseline, "side"> {
  readonly input: string;
  /** How the input spells a path that limits it; as it is, if not given. */
  readonly limit?: ((path: string) => string) | undefined;
}

/**
 * Loads versions, a few at a time. Where several fail, the first one's error counts.
 * @throws Proto4Error as `loadSide` does
 */
export async function loadBaselines(
  inputs: readonly NamedInput[],
  options: BufOptions,
): Promise<readonly Baseline[]> {
  const loaded: Baseline[] = [];
  for (let at = 0; at < inputs.length; at += AT_ONCE) {
    const batch = await Promise.allSettled(inputs.slice(at, at + AT_ONCE).map((each) => load(each, options)));
    for (const outcome of batch) {
      if (outcome.status === "rejected") throw outcome.reason;
      loaded.push(outcome.value);
    }
  }
  return loaded;
}

async function load({ name, date, input, limit }: NamedInput, options: BufOptions): Promise<Baseline> {
  if (limit === undefined) return { name, date, side: await loadSide(input, options) };
  const { paths = [], excludePaths = [] } = options;
  const limits = { paths: paths.map(limit), excludePaths: excludePaths.map(limit) };
  return { name, date, side: await loadSide(input, { ...options, ...limits }) };
}

/** Compilers that run at once: each takes a processor and its share of memory. */
const AT_ONCE = 4;
