import type { Span } from "./span.js";
import type { Token } from "./tokenize.js";

/** What a statement is. A group declares a field and a message at once. */
export type DeclarationKind =
  | "file"
  | "message"
  | "field"
  | "group"
  | "oneof"
  | "enum"
  | "enum-value"
  | "service"
  | "method"
  | "extend"
  | "reserved"
  | "extensions"
  | "option"
  | "import"
  | "package"
  | "syntax"
  | "other";

/** One statement of a source, and where its parts stand. Its own span ends with the semicolon or the closing brace. */
export interface Declaration extends Span, Partial<HeadParts> {
  readonly kind: DeclarationKind;
  /** As image and schema name it; empty where it has no name. A group's is its field's. */
  readonly fullName: string;
  /** A group's message. */
  readonly groupName: string | undefined;
  /** With the comments that belong to it: those right above it, and one behind it in its line. */
  readonly whole: Span;
  /** From the first word to what stands before options, body or semicolon. */
  readonly head: Span;
  /** The head's tokens, without comments. */
  readonly words: readonly Token[];
  /** `[…]` with its brackets. */
  readonly brackets: Span | undefined;
  /** What the brackets hold; of an option's statement that option alone. */
  readonly options: readonly OptionPlace[];
  /** What stands between the braces; all of it for a file. */
  readonly body: Span | undefined;
  /** The statements in the body, in order. */
  readonly children: readonly Declaration[];
}

/** Where the parts of a head stand, where there are any. */
export interface HeadParts {
  /** Label and type. */
  readonly type: Span | undefined;
  readonly name: Span | undefined;
  readonly number: Span | undefined;
  /** Within the parentheses, `stream` included. */
  readonly input: Span | undefined;
  readonly output: Span | undefined;
}

/** An option that is set, from its name to the end of its value. */
export interface OptionPlace extends Span {
  /** Without blanks, in its parts: `(a.b).c` is `["(a.b)", "c"]`. */
  readonly path: readonly string[];
  readonly value: Span;
  /** The tokens of the value, without comments. */
  readonly tokens: readonly Token[];
}

/** A source as its author wrote it. */
export interface Source {
  readonly text: string;
  /** Comments included. */
  readonly tokens: readonly Token[];
  readonly file: Declaration;
  readonly package: string;
  /** Whether it declares an edition: names are reserved without quotes then. */
  readonly isEdition: boolean;
}
