import { formatLocation, type Location } from "./location.js";

/** What went wrong, for programs; the message is for people. */
export type Proto4ErrorCode =
  | "usage"
  | "config-invalid"
  | "compile-failed"
  | "compiler-missing"
  | "input-unreadable"
  | "image-corrupt"
  | "lifecycle-malformed"
  | "generation-missing"
  | "hook-invalid"
  | "mapping-ambiguous"
  | "mapping-loss"
  | "mapping-unsupported"
  | "message-malformed"
  | "option-unknown"
  | "source-malformed"
  | "stub-failed"
  | "subject-invalid"
  | "subject-missing"
  | "symbol-missing"
  | "package-claimed"
  | "publish-conflict"
  | "contract-unknown"
  | "output-unwritable"
  | "source-changed"
  | "store-unreachable"
  | "store-denied"
  | "store-invalid";

/** Where an error lies: a file, and a position in it where one is known. */
export type ErrorLocation = Partial<Location> & Pick<Location, "path">;

/**
 * The one error that the tools throw: the user's input or surroundings cannot be worked with. The message
 * says what is wrong and what to do; a finding of the gate is a value and never thrown.
 */
export class Proto4Error extends Error {
  readonly code: Proto4ErrorCode;
  readonly location: ErrorLocation | undefined;
  /** Where several things are wrong at once, each by itself, this one's own among them; else empty. */
  readonly problems: readonly Proto4Error[];

  constructor(
    code: Proto4ErrorCode,
    message: string,
    options: {
      readonly location?: ErrorLocation | undefined;
      readonly cause?: unknown;
      readonly problems?: readonly Proto4Error[];
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "Proto4Error";
    this.code = code;
    this.location = options.location;
    this.problems = options.problems ?? [];
  }
}

/** The error as compilers print it: `path:line:column: message`. */
export function formatError(error: Proto4Error): string {
  return error.location === undefined ? error.message : `${formatLocation(error.location)}: ${error.message}`;
}

/** All that the error tells of, each on a line of its own. */
export function formatErrors(error: Proto4Error): string {
  return error.problems.length === 0 ? formatError(error) : error.problems.map(formatError).join("\n");
}
