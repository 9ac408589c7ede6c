import { type Reading, readCanonical, type Shapes } from "./canonical.js";
import type { Fields } from "./field-values.js";
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
  /** @param depth how many levels of messages may follow @throws WireError where no parser could read them */
  read(fragments: Uint8Array, depth: number): Reading;
}

/** A generation that declares the fields reads their values. */
export function declaredReader(fields: readonly FieldPlan[], shapes: Shapes): EntryReader {
  const byNumber: Fields = new Map(fields.map((field) => [field.number, field]));
  return {
    numbers: [...byNumber.keys()],
    fields: byNumber,
    shapes,
    owns: (tag) => {
      const field = byNumber.get(tag >>> 3);
      return field !== undefined && accepts(field, tag & 7);
    },
    read: (fragments, depth) => readCanonical(byNumber, fragments, shapes, depth),
  };
}

/** A generation that does not know the fields keeps them as they are, byte for byte. */
export function unknownReader(fields: readonly FieldPlan[]): EntryReader {
  const numbers = fields.map(({ number }) => number);
  return {
    numbers,
    fields: new Map(),
    shapes: new Map(),
    owns: (tag) => numbers.includes(tag >>> 3),
    read: (bytes) => ({ bytes, unordered: false }),
  };
}
