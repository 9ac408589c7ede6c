import { statSync } from "node:fs";
import type { Comparison } from "../comparison.js";
import { type LoadedComparison, loadAfter, loadComparison } from "../load-comparison.js";
import { refsState } from "./refs-state.js";

/**
 * A loader that keeps the elder side while it is what it was: a branch or tag that moves, or an image that is written
 * anew, is loaded again. Where the elder side depends on the newer one, so is all of it.
 */
export function keepElder(input: string, options: Comparison): () => Promise<LoadedComparison> {
  const isApart = options.mapPackage === undefined && options.limitToInputFiles !== true;
  let kept: { readonly state: string; readonly baselines: LoadedComparison["baselines"] } | undefined;
  return async () => {
    const asking = stateOf(options);
    if (kept === undefined || !isApart) return keep(await asking, await loadComparison(input, options));
    // Both at once: most often nothing has moved.
    const loading = loadAfter(input, options);
    loading.catch(() => {});
    const state = await asking;
    if (state !== undefined && state === kept.state)
      return { baselines: kept.baselines, after: await loading };
    return keep(state, await loadComparison(input, options));
  };

  function keep(state: string | undefined, loaded: LoadedComparison): LoadedComparison {
    kept = state === undefined ? undefined : { state, baselines: loaded.baselines };
    return loaded;
  }
}

/** What the elder side hangs on, in words that change with it; `undefined` where that cannot be told from outside. */
async function stateOf({ against = [], againstLast, subject }: Comparison): Promise<string | undefined> {
  const tags = againstLast !== undefined && subject === undefined ? [refsState(".")] : [];
  const states = await Promise.all([...tags, ...against.map(stateOfOne)]);
  return states.includes(undefined) ? undefined : states.join("\n");
}

/** What lies elsewhere counts as it was when the watch began. */
async function stateOfOne(input: string): Promise<string | undefined> {
  if (/^registry:|^\w{2,}:\/\/|^[^/]*@[^/]*:/.test(input)) return input;
  const [, repository] = /^(.*?)\/?\.git\/?#/.exec(input) ?? [];
  if (repository !== undefined) return refsState(repository || ".");
  const found = statSync(input.replace(/#.*/s, ""), { throwIfNoEntry: false });
  return found?.isFile() ? `${input} ${found.size} ${found.mtimeMs}` : undefined;
}
