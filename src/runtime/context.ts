import type { WireWriter } from "../wire/index.js";

/** What one call carries from message to message. */
export interface Context {
  readonly out: WireWriter;
  readonly trustStash: boolean;
  readonly maxBytes: number;
  readonly lost: Lost[];
  /** Names of the fields that lead to what is being carried; left as it is when an error ends the call. */
  readonly path: string[];
}

/** A stashed original that was not restored. */
export interface Lost {
  /** Field names from the root, in the generation translated from: `profile.age`; empty for the root. */
  readonly path: string;
  /**
   * `edited`: the value changed meanwhile, and the edit wins. `stripped`: the hop is not trusted.
   * `malformed`: what the stash holds is nothing that belongs there.
   */
  readonly reason: "edited" | "stripped" | "malformed";
}

/** Says that the message or value being carried lost something. */
export function reportLost({ lost, path }: Context, reason: Lost["reason"]): undefined {
  lost.push({ path: path.join("."), reason });
}
