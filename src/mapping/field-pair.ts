import type { Field, Message } from "../schema/index.js";
import type { PairedBy } from "./mapping.js";
import type { Problems } from "./problems.js";

/** A field of each generation that are one. */
export interface FieldPair {
  readonly v3: Field;
  readonly v4: Field;
}

/** Two fields, and what tells that they are one. */
export interface PairedFields extends FieldPair {
  readonly pairedBy: PairedBy;
}

/** The fields of two paired messages that are still to be paired, extensions included. */
export interface Unpaired {
  readonly v3: readonly Field[];
  readonly v4: readonly Field[];
}

/** What pairing needs to know besides the fields. */
export interface FieldPairing {
  readonly v3: Message;
  readonly v4: Message;
  readonly problems: Problems;
  /** Whether one field's bytes mean what the other's mean. */
  isSameShape(v3: Field, v4: Field): boolean;
}
