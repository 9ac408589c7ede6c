import type { Hooks, Translator } from "../../runtime/index.js";

export interface ProveOptions {
  /** How many messages of each type and side. */
  readonly runs: number;
  readonly seed: number;
  /** Whether a pair is proven, by the full name of v4's message; all if not given. */
  readonly only?: (v4: string) => boolean;
  /** The user code that the mapping names. */
  readonly hooks?: Hooks;
  /** The translator of a message of v3; by default the engine's. */
  readonly translatorOf?: (v3: string) => Translator;
}
