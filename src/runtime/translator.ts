import type { Plan } from "./plan.js";

/**
 * Carries the bytes of one message between the generations. It needs no stub of either side and keeps no
 * state: one translator serves a whole process.
 */
export interface Translator {
  /** v3 → v4. @throws TranslateError when `bytes` is not wire format or exceeds a limit */
  up(bytes: Uint8Array, options?: TranslateOptions): Translated;
  /** v4 → v3. @throws TranslateError when `bytes` is not wire format or exceeds a limit */
  down(bytes: Uint8Array, options?: TranslateOptions): Translated;
}

export interface TranslateOptions {
  /**
   * What to do with stashes that arrive. `strip`, the default, removes them: they come from whoever wrote the
   * bytes and nothing authenticates them. `trust` restores from them; say so for bytes that were written in
   * this process or by a peer that you run.
   */
  readonly stash?: "strip" | "trust";
  /** Nesting of messages beyond which bytes are refused; 100 as in every protobuf implementation. */
  readonly depthLimit?: number;
  /** Size of input and output beyond which bytes are refused; 64 MiB. */
  readonly maxBytes?: number;
}

export interface Translated {
  /** The message of the other generation. It may share memory with the input where nothing changed. */
  readonly value: Uint8Array;
  /** What was stashed and could not be given back; empty in nearly every call. */
  readonly lost: readonly Lost[];
}

/** A stashed original that was not restored. */
export interface Lost {
  /** Field names from the root, in the generation translated to: `profile.age`; empty for the message itself. */
  readonly path: string;
  /** `edited`: the value changed meanwhile, and the edit wins. `stripped`: the hop is not trusted. */
  readonly reason: "edited" | "stripped" | "malformed";
}

/**
 * The translator of one message.
 * @param v3 full name of the message in the elder generation
 * @throws Error when the plan does not hold it
 */
export function createTranslator(plan: Plan, v3: string): Translator {
  throw new Error(`${v3} is not in the plan of ${plan.messages.length} messages`);
}
