import type { WireErrorCode } from "../wire/index.js";

/**
 * Why a message cannot be translated: it is not wire format, exceeds `maxBytes`, user code fails, or a stub drops
 * what only unknown fields carry.
 */
export type TranslateErrorCode = WireErrorCode | "hook-failed" | "stash-dropped";

/** The one error of the runtime. */
export class TranslateError extends Error {
  readonly code: TranslateErrorCode;
  /**
   * Field names from the root to what is malformed, in the generation translated from: `profile.age`,
   * `orders[3].note`; empty for the root. An offset in the message counts from the start of what they lead to.
   */
  readonly path: string;
  private readonly reason: string;

  constructor(code: TranslateErrorCode, path: string, reason: string, cause?: unknown) {
    super(path === "" ? reason : `${path}: ${reason}`, cause === undefined ? undefined : { cause });
    this.name = "TranslateError";
    this.code = code;
    this.path = path;
    this.reason = reason;
  }

  /** The same, told from one level up. */
  below(segment: string): TranslateError {
    return new TranslateError(this.code, joinPath(segment, this.path), this.reason, this.cause);
  }

  /** The same, of what the hops before left of a message: the path is in the generation that this hop comes from. */
  inHop(hop: number): TranslateError {
    const reason = `in hop ${hop + 1} of the chain: ${this.reason}`;
    return new TranslateError(this.code, this.path, reason, this.cause);
  }
}

export function joinPath(segment: string, path: string): string {
  return segment === "" || path === "" || path.startsWith("[") ? segment + path : `${segment}.${path}`;
}
