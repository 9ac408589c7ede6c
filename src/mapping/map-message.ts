import type { Field, Message, Oneof } from "../schema/index.js";
import { type FieldContext, isSameShape, mapField } from "./map-field.js";
import { mapOnly } from "./map-only.js";
import { mapReplaced } from "./map-replaced.js";
import type { Conversion, Entry, Loss, PairedEntry } from "./mapping.js";
import { type FieldPair, pairFields } from "./pair-fields.js";
import { unsupported } from "./refuse.js";

/**
 * The entries of two paired messages: those of v4's fields in their order, then those of v3 alone.
 * @throws Proto4Error "mapping-ambiguous", "mapping-loss", "mapping-unsupported"
 */
export function mapMessage(v3: Message, v4: Message, context: FieldContext): readonly Entry[] {
  checkWireFormat(v3, v4);
  for (const field of v4.fields) checkBridgeDefault(field);
  const pairs = pairFields(v3, v4, (elder, newer) => isSameShape(context.pairing, elder, newer));
  const paired = new Set(pairs.flatMap((pair) => [pair.v3, pair.v4]));
  checkOneofs(pairs);
  const entries: Entry[] = pairs.map((pair) => mapReplaced(pair, paired) ?? pairedEntry(pair, context));
  const replacing = entries.flatMap((entry) => (entry.kind === "replaced" ? [entry.v4] : []));
  return [...entries, ...mapOnly(v3, v4, new Set([...paired, ...replacing]))];
}

function pairedEntry(pair: FieldPair, context: FieldContext): PairedEntry {
  const conversion = mapField(pair, context);
  const { v3, v4 } = pair;
  if (v3.type === "group" && v3.number !== v4.number)
    throw unsupported(v4, `the group ${v4.fullName} changes its number`, `keep the number ${v3.number}`);
  return { kind: "paired", v3, v4, conversion, counted: false, loss: lossOf(conversion) };
}

/** Open values that only change hands among themselves all come back; a number beside them may not. */
function lossOf(conversion: Conversion): Loss {
  if (conversion.kind === "number") return "PRISM";
  if (conversion.kind !== "enum") return "ISO";
  const here = new Set(conversion.values.map(([v3]) => v3));
  const isPermutation = conversion.values.length > 0 && conversion.values.every(([, v4]) => here.has(v4));
  return isPermutation ? "ISO" : "PRISM";
}

function checkWireFormat(v3: Message, v4: Message): void {
  if (!v3.messageSet && !v4.messageSet) return;
  throw unsupported(
    v4,
    `${v4.fullName} is a MessageSet, or continues one`,
    "pair a message with ordinary fields: a MessageSet drops unknown ones",
  );
}

function checkBridgeDefault(field: Field): void {
  if (field.lifecycle.terms.bridgeDefault === undefined) return;
  throw unsupported(
    field,
    `${field.fullName} has a bridge_default`,
    "leave it out and let readers of v4 treat an absent field as they need",
  );
}

/** In a oneof the last member set unsets the others, so both sides have to know all of them. */
function checkOneofs(pairs: readonly FieldPair[]): void {
  const newerOf = new Map(pairs.map(({ v3, v4 }) => [v3, v4]));
  for (const { v3, v4 } of pairs)
    if (!isSameOneof(v3.oneof, v4.oneof, newerOf))
      throw unsupported(
        v4,
        `${v4.fullName} is ${membership(v4)}, ${v3.fullName} is ${membership(v3)}`,
        "let the members of the one oneof be the counterparts of the members of the other",
      );
}

function isSameOneof(
  v3: Oneof | undefined,
  v4: Oneof | undefined,
  newerOf: ReadonlyMap<Field, Field>,
): boolean {
  if (v3 === undefined || v4 === undefined) return v3 === v4;
  return (
    v3.fields.length === v4.fields.length && v3.fields.every((member) => newerOf.get(member)?.oneof === v4)
  );
}

function membership({ oneof }: Field): string {
  if (oneof === undefined) return "in no oneof";
  return `in oneof ${oneof.name} (${oneof.fields.map(({ name }) => name).join(", ")})`;
}
