import type { NumberRange } from "../schema/index.js";

/**
 * One edit of a source that meets a finding, or a part of it: plain data, so that it can be shown, kept and applied
 * anywhere. The element it is about stands in the contract after, at `path`, which is spelled as imports spell it.
 */
export type Fix = ReserveFix | InsertFix | ReplaceFix | OptionFix;

interface FixBase {
  /** The file to edit. */
  readonly path: string;
  /** Full name of the element to edit; a file's is its path. */
  readonly symbol: string;
}

/** Reserves numbers and names in a message or an enum, merged into what it reserves already. */
interface ReserveFix extends FixBase {
  readonly kind: "reserve";
  readonly numbers: readonly NumberRange[];
  readonly names: readonly string[];
}

/** Writes a statement, comments included, into a file, message, oneof, enum or service. */
interface InsertFix extends FixBase {
  readonly kind: "insert";
  /** Without indentation; lines end with \n. */
  readonly statement: string;
  /** Full names of the siblings that stood before it, nearest last: it comes behind the nearest that is there. */
  readonly after: readonly string[];
}

/** Exchanges a part of a statement. Names stand where they are declared, not where they are used. */
interface ReplaceFix extends FixBase {
  readonly kind: "replace";
  /** `type` takes label and type together; `statement` all from the first word to the semicolon or brace. */
  readonly part: "type" | "name" | "number" | "input" | "output" | "statement";
  readonly text: string;
}

/** Sets an option, replaces its value, or takes it away. */
interface OptionFix extends FixBase {
  readonly kind: "option";
  /** As it is written: `deprecated`, `(proto4.field_lifecycle)`, `(proto4.field_terms).sunset`. */
  readonly name: string;
  /** As it is written; `undefined` takes the option away. */
  readonly value: string | undefined;
}
