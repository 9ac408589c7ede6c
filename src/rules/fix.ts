import type { NumberRange } from "../schema/index.js";

/**
 * One edit of a source that meets a finding, or a part of it: plain data, so that it can be shown, kept and applied
 * anywhere. The element it is about stands in the contract after, at `path`, which is spelled as imports spell it.
 */
export type Fix =
  | ReserveFix
  | UnreserveFix
  | InsertFix
  | RemoveFix
  | ReplaceFix
  | OptionFix
  | ImportFix
  | CreateFix;

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

/** Takes numbers and names out of what a message or an enum reserves: what owned them comes back. */
interface UnreserveFix extends FixBase {
  readonly kind: "unreserve";
  readonly numbers: readonly NumberRange[];
  readonly names: readonly string[];
}

/** Takes a statement away with its comments: it comes back elsewhere. */
interface RemoveFix extends FixBase {
  readonly kind: "remove";
}

/** Lets a file import another one, which may be there already; publicly only where that is asked. */
interface ImportFix extends FixBase {
  readonly kind: "import";
  /** The path of the other file, as imports spell it. */
  readonly imported: string;
  readonly isPublic: boolean;
}

/** Writes a whole file where there is none. */
interface CreateFix extends FixBase {
  readonly kind: "create";
  /** Lines end with \n. */
  readonly text: string;
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
