import type { WireErrorCode } from "../wire/index.js";

/** Why a message cannot be translated: it is not wire format, or exceeds `maxBytes`. */
export type TranslateErrorCode = WireErrorCode | "too-large";

/** The one error of the runtime. */
export class TranslateError extends Error {
  readonly code: TranslateErrorCode;
  /**
   * Field names from the root to what is malformed, in the generation translated from: `profile.age`; empty
   * for the root. An offset in the message counts from the start of what they lead to.
   */
  readonly path: string;

  constructor(code: TranslateErrorCode, path: string, message: string, cause?: unknown) {
    super(path === "" ? message : `${path}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = "TranslateError";
    this.code = code;
    this.path = path;
  }
}
