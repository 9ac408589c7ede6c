import type { Field, Message } from "../schema/index.js";
import { bridgeDefaultOf } from "./bridge-default.js";
import type { FieldContext } from "./field-context.js";
import type { OnlyEntry } from "./mapping.js";
import { includes } from "./ranges.js";
import { undeclaredLoss, unsupported } from "./refuse.js";

/**
 * A field that only one of two paired messages has.
 * @param there the other message
 * @throws Proto4Error "mapping-loss" when v3 has a field whose end nobody declared, "mapping-unsupported"
 */
export function mapOnly(side: "v3" | "v4", field: Field, there: Message, context: FieldContext): OnlyEntry {
  const absent = side === "v4" ? bridgeDefaultOf(field, context.pairing.schema) : undefined;
  if (field.cardinality === "required" && absent === undefined) throw required(side, field);
  // The members of a oneof stay together: apart, nobody could tell which was set last.
  const together = field.oneof?.fields ?? [field];
  const travels = together.every((member) => passes(member, there, context));
  if (side === "v3" && !(travels && field.extendee !== undefined)) checkDeclared(field, there);
  return {
    kind: "only",
    side,
    field,
    travels,
    ...(absent === undefined ? {} : { absent }),
    loss: travels && absent === undefined ? "ISO" : "LENS",
  };
}

/** Whether the other side keeps the field as an unknown one, or as an extension that it does not know. */
function passes({ number, extendee }: Field, there: Message, { fieldsOf }: FieldContext): boolean {
  if (fieldsOf(there).some((field) => field.number === number)) return false;
  if (includes(there.reservedRanges, number)) return false;
  return extendee !== undefined || !includes(there.extensionRanges, number);
}

/** @throws Proto4Error "mapping-loss" when neither side says that a field of v3 ended */
export function checkDeclared(field: Field, v4: Message): void {
  const { state, source } = field.lifecycle;
  if (state === "DEPRECATED" && source !== "inferred") return;
  if (includes(v4.reservedRanges, field.number) || v4.reservedNames.includes(field.name)) return;
  const holder = field.parent.kind === "message" ? field.parent.fullName : field.extendee;
  throw undeclaredLoss(
    field,
    `field ${field.number} "${field.name}" of ${holder} has no counterpart in ${v4.fullName}`,
    `write (proto4.field_terms) = {was: "${field.name}"} on the field that continues it, or say that it ended: ` +
      `[(proto4.field_lifecycle) = DEPRECATED] here, or reserved ${field.number}; reserved "${field.name}"; there`,
  );
}

function required(side: "v3" | "v4", field: Field): Error {
  return unsupported(
    field,
    `${field.fullName} is required, and the other generation does not know it`,
    side === "v3"
      ? "make it optional"
      : 'make it optional, or write (proto4.field_terms) = {bridge_default: "…"} with what it is for messages of v3',
  );
}
