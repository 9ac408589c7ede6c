import type { Enum, Field, Message, Schema } from "../../schema/index.js";
import { fieldsOf } from "../fields-of.js";
import type { Entry, Loss } from "../mapping.js";
import { includes } from "../ranges.js";

/** Whether somebody said that a loss is meant, and by what; else what to write. */
export type Declaration = { readonly declared: string } | { readonly declare: string };

/**
 * What declares the loss of an entry: an annotation on one of its fields, the end of a field, or annotations on
 * the values of its enum.
 * @returns `undefined` where nothing is lost
 */
export function declarationOf(
  entry: Entry & { readonly loss: Loss },
  pair: { readonly v3: Message; readonly v4: Message },
  schema: Schema,
): Declaration | undefined {
  if (entry.loss === "ISO") return undefined;
  const { v3, v4 } = fieldsOf(entry);
  const declared =
    (entry.kind === "hook" ? `hook: "${entry.name}"` : firstOf(v4, annotationOf)) ??
    firstOf(v3, deprecated) ??
    firstOf(v3, (field) => reservedIn(field, pair.v4, entry)) ??
    firstOf(v3, annotationOf) ??
    (entry.kind === "only" && entry.side === "v4" ? introduced(entry.field, pair.v3) : undefined) ??
    enumDeclaration(entry, schema);
  return declared === undefined ? { declare: adviceFor(entry) } : { declared };
}

function firstOf(fields: readonly Field[], find: (field: Field) => string | undefined): string | undefined {
  for (const field of fields) {
    const found = find(field);
    if (found !== undefined) return found;
  }
  return undefined;
}

function annotationOf({ lifecycle }: Field): string | undefined {
  const { was, replacedBy, bridgeDefault } = lifecycle.terms;
  if (was !== undefined) return `was: "${was}"`;
  if (replacedBy !== undefined) return `replaced_by: "${replacedBy}"`;
  return bridgeDefault === undefined ? undefined : `bridge_default: ${JSON.stringify(bridgeDefault)}`;
}

function deprecated({ lifecycle }: Field): string | undefined {
  return lifecycle.state === "DEPRECATED" && lifecycle.source !== "inferred" ? "DEPRECATED" : undefined;
}

/** That a number is reserved says that its field ended; of a field that goes on it only says that it moved. */
function reservedIn({ name, number }: Field, v4: Message, { kind }: Entry): string | undefined {
  if (kind !== "only" && kind !== "oneof") return undefined;
  if (includes(v4.reservedRanges, number)) return `reserved ${number}`;
  return v4.reservedNames.includes(name) ? `reserved "${name}"` : undefined;
}

/** A new field of v4: v3 may say itself that it keeps its hands off the number. */
function introduced({ name, number, lifecycle }: Field, v3: Message): string | undefined {
  const { introducedIn } = lifecycle.terms;
  if (introducedIn !== undefined) return `introduced_in: "${introducedIn}"`;
  if (includes(v3.reservedRanges, number)) return `reserved ${number} in v3`;
  return v3.reservedNames.includes(name) ? `reserved "${name}" in v3` : undefined;
}

/** An enum's loss is declared where the enum, or every value that moved, says what it was. */
function enumDeclaration(entry: Entry, schema: Schema): string | undefined {
  if (entry.kind !== "paired" || entry.conversion.kind !== "enum") return undefined;
  const v4 = schema.elements.get(entry.v4.typeName!) as Enum;
  const { was } = v4.lifecycle.terms;
  if (was !== undefined) return `was: "${was}" on ${v4.name}`;
  const moved = new Set(entry.conversion.values.map(([, newer]) => newer));
  const values = v4.values.filter(({ number }) => moved.has(number));
  const isDeclared = values.length > 0 && values.every(({ lifecycle }) => lifecycle.terms.was !== undefined);
  return isDeclared ? `was on the values of ${v4.name}` : undefined;
}

function adviceFor(entry: Entry): string {
  const { v3, v4 } = fieldsOf(entry);
  if (entry.kind === "only")
    return entry.side === "v3"
      ? "[(proto4.field_lifecycle) = DEPRECATED] in v3"
      : `(proto4.field_terms) = {introduced_in: "…"}, or a number that is free in v3`;
  const [newer] = v4;
  const [gone] = (entry.kind === "paired" && entry.vanished) || [];
  if (gone !== undefined)
    return `reserved ${gone.number}; reserved "${gone.name}"; in v4's enum, or [(proto4.enum_value_lifecycle) = DEPRECATED] in v3's`;
  return `(proto4.field_terms) = {was: "${v3.map(({ name }) => name).join(", ")}"} on ${newer?.name ?? "v4's field"}`;
}
