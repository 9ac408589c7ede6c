import { WireError, WireReader } from "../wire/index.js";
import { type Reading, readCanonical, type Shapes } from "./canonical.js";
import type { Fields } from "./field-values.js";
import { isReadable } from "./is-readable.js";
import type { FieldPlan } from "./plan.js";
import { accepts } from "./wire-form.js";

/** What one generation makes of the fragments of an entry. */
export interface EntryReader {
  readonly numbers: readonly number[];
  /** The fields as it declares them; none where it does not know them. */
  readonly fields: Fields;
  readonly shapes: Shapes;
  /** Whether a fragment with this tag is one of them. */
  owns(tag: number): boolean;
  /** Whether all fragments are; false for what is not wire format. */
  ownsAll(fragments: Uint8Array): boolean;
  /** @param depth how many levels of messages may follow @throws WireError where no parser could read them */
  read(fragments: Uint8Array, depth: number): Reading;
  /** As `read`, with the entries of maps in the order in which they come. */
  readInOrder(fragments: Uint8Array, depth: number): Uint8Array;
}

/** A generation that declares the fields reads their values. */
export function declaredReader(fields: readonly FieldPlan[], shapes: Shapes): EntryReader {
  const byNumber: Fields = new Map(fields.map((field) => [field.number, field]));
  const owns = (tag: number) => {
    const field = byNumber.get(tag >>> 3);
    return field !== undefined && accepts(field, tag & 7);
  };
  return {
    numbers: [...byNumber.keys()],
    fields: byNumber,
    shapes,
    owns,
    ownsAll: (fragments) => everyTag(fragments, owns),
    read: (fragments, depth) => readCanonical(byNumber, fragments, shapes, depth),
    readInOrder: (fragments, depth) => readCanonical(byNumber, fragments, shapes, depth, "as it comes").bytes,
  };
}

/** A generation that does not know the fields keeps them as they are, byte for byte. */
export function unknownReader(fields: readonly FieldPlan[]): EntryReader {
  const numbers = fields.map(({ number }) => number);
  const owns = (tag: number) => numbers.includes(tag >>> 3);
  return {
    numbers,
    fields: new Map(),
    shapes: new Map(),
    owns,
    ownsAll: (fragments) => everyTag(fragments, owns),
    read: (bytes) => ({ bytes, unordered: false, complete: true }),
    readInOrder: (bytes) => bytes,
  };
}

/** Whether all tags are such; false for what is not wire format. */
export function everyTag(fragments: Uint8Array, holds: (tag: number) => boolean): boolean {
  const reader = new WireReader(fragments);
  return isReadable(() => {
    while (!reader.done) {
      const tag = reader.tag();
      if (!holds(tag)) throw new WireError("tag-invalid", reader.pos);
      reader.skip(tag);
    }
  });
}
