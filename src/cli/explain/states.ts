import type { Lifecycle } from "../../schema/index.js";

/** What a state means to those who depend on an element. @see ../../../docs/lifecycle.md */
export interface StatePage {
  readonly promise: string;
  readonly gate: string;
  /** Into which states it may go. */
  readonly moves: string;
  /** What generated code shows of it. */
  readonly code: string;
  readonly example: string;
}

export const statePages: Readonly<Record<Lifecycle, StatePage>> = {
  EXPERIMENTAL: {
    promise: "None: it may change or leave on any day.",
    gate: "What breaks it is an info. A number that leaves is still to be reserved, and is never used again.",
    moves: "STABLE, DEPRECATED, or removed",
    code: "@experimental",
    example: "string greeting = 8 [(proto4.field_lifecycle) = EXPERIMENTAL];",
  },
  STABLE: {
    promise: "Compatible for ever.",
    gate: "What breaks it is an error.",
    moves: "FROZEN or DEPRECATED",
    code: "nothing",
    example: "string name = 1 [(proto4.field_lifecycle) = STABLE];",
  },
  FROZEN: {
    promise:
      "It does not change at all: name, number, type, presence, default, resolved features, tracked options; nothing is added inside.",
    gate: "Every change of it is an error.",
    moves: "DEPRECATED",
    code: "nothing",
    example: "string id = 1 [(proto4.field_lifecycle) = FROZEN];",
  },
  DEPRECATED: {
    promise: "It is still on the wire, until the last day that its sunset names.",
    gate: "Every change of it is an error. It may leave once the sunset of the version before has passed, and its number and name are reserved then.",
    moves: "the state that it had before, or removed",
    code: "@deprecated, with reason and sunset",
    example:
      'bytes profile = 3 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {sunset: "2027-06-30" replaced_by: "profile_v2"}];',
  },
};
