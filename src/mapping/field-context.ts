import type { Enum, Message } from "../schema/index.js";
import type { FieldsOf } from "./declared-fields.js";
import type { EnumMapping } from "./mapping.js";
import type { Pairing } from "./pairing.js";
import type { Problems } from "./problems.js";

/** What mapping one field needs to know of the rest. */
export interface FieldContext {
  readonly pairing: Pairing;
  readonly problems: Problems;
  readonly fieldsOf: FieldsOf;
  /** The mapping of two paired enums. */
  enumOf(v3: Enum, v4: Enum): EnumMapping;
  /** Whether a message is a google.protobuf.Any, or has one somewhere below. */
  reachesAny(message: Message): boolean;
}
