import type { Field, Message } from "../schema/index.js";
import type { OnlyEntry } from "./mapping.js";
import { includes, isFree } from "./ranges.js";
import { undeclaredLoss, unsupported } from "./refuse.js";

/**
 * The fields that only one of two paired messages has.
 * @param paired fields that have a counterpart
 * @throws Proto4Error "mapping-loss" when v3 has a field whose end nobody declared
 */
export function mapOnly(v3: Message, v4: Message, paired: ReadonlySet<Field>): readonly OnlyEntry[] {
  const newer = v4.fields.filter((field) => !paired.has(field));
  const elder = v3.fields.filter((field) => !paired.has(field));
  for (const field of elder) checkDeclared(field, v3, v4);
  return [
    ...newer.map((field) => onlyEntry("v4", field, v3)),
    ...elder.map((field) => onlyEntry("v3", field, v4)),
  ];
}

function onlyEntry(side: "v3" | "v4", field: Field, there: Message): OnlyEntry {
  if (field.cardinality === "required")
    throw unsupported(
      field,
      `${field.fullName} is required, and the other generation does not know it`,
      "make it optional",
    );
  // The members of a oneof stay together: apart, nobody could tell which was set last.
  const together = field.oneof?.fields ?? [field];
  const travels = together.every(({ number }) => isFree(number, there));
  return { kind: "only", side, field, travels, loss: travels ? "ISO" : "LENS" };
}

function checkDeclared(field: Field, v3: Message, v4: Message): void {
  const { state, source } = field.lifecycle;
  if (state === "DEPRECATED" && source !== "inferred") return;
  if (includes(v4.reservedRanges, field.number) || v4.reservedNames.includes(field.name)) return;
  throw undeclaredLoss(
    field,
    `field ${field.number} "${field.name}" of ${v3.fullName} has no counterpart in ${v4.fullName}`,
    `write (proto4.field_terms) = {was: "${field.name}"} on the field that continues it, or say that it ended: ` +
      `[(proto4.field_lifecycle) = DEPRECATED] here, or reserved ${field.number}; reserved "${field.name}"; there`,
  );
}
