import type { Field, Message } from "../schema/index.js";
import { convertValue, copy } from "./convert-value.js";
import type { FieldContext } from "./field-context.js";
import type { PairedFields, Unpaired } from "./field-pair.js";
import { fieldsOf } from "./fields-of.js";
import { mapField } from "./map-field.js";
import { mapHooks } from "./map-hooks.js";
import { mapOneofs } from "./map-oneofs.js";
import { mapOnly } from "./map-only.js";
import { mapRegroups } from "./map-regroup.js";
import { mapReplaced } from "./map-replaced.js";
import type { Entry } from "./mapping.js";
import { pairFields } from "./pair-fields.js";
import { unsupported } from "./refuse.js";
import { isSameShape } from "./same-shape.js";

/**
 * The entries of two paired messages: those of v4's fields in their order, then those of v3 alone. What is in the
 * way of one entry is left with the problems, and the entry out.
 */
export function mapMessage(v3: Message, v4: Message, context: FieldContext): readonly Entry[] {
  const { problems, pairing } = context;
  if (v3 === v4) return shared(v4, context);
  problems.attempt(() => checkWireFormat(v3, v4));
  const all = { v3: context.fieldsOf(v3), v4: context.fieldsOf(v4) };
  const hooks = mapHooks(all, context);
  const regroups = mapRegroups(v4, without(all, hooks), context);
  const left = without(all, [...hooks, ...regroups]);
  const isShape = (elder: Field, newer: Field) => isSameShape(pairing, elder, newer);
  const pairs = problems.attempt(() => pairFields(left, { v3, v4, problems, isSameShape: isShape }));
  if (pairs === undefined) return [];
  const entries = [...hooks, ...regroups, ...mapPairs(pairs, v4, context)];
  const alone = without(left, entries);
  const claimed = new Set(pairs.flatMap((pair) => [pair.v3, pair.v4]));
  const only = (["v4", "v3"] as const).flatMap((side) =>
    alone[side].flatMap((field) => {
      if (claimed.has(field)) return [];
      return problems.attempt(() => mapOnly(side, field, side === "v3" ? v4 : v3, context)) ?? [];
    }),
  );
  return inOrder([...entries, ...only], all.v4);
}

/** Of a message that both generations use, only what is below it can change. */
function shared(message: Message, context: FieldContext): readonly Entry[] {
  return context.fieldsOf(message).map((field) => ({
    kind: "paired",
    v3: field,
    v4: field,
    conversion: convertValue({ v3: field, v4: field }, context) ?? copy,
    counted: false,
    pairedBy: "name",
    loss: "ISO",
  }));
}

/** Those of which nothing is in the way. */
function mapPairs(pairs: readonly PairedFields[], v4: Message, context: FieldContext): readonly Entry[] {
  const { problems } = context;
  const paired = new Set(pairs.map((pair) => pair.v4));
  const replaced = pairs.flatMap(
    (pair) => problems.attempt(() => mapReplaced(pair, (field) => !paired.has(field), context)) ?? [],
  );
  const bridges = new Set(replaced.map(({ bridge }) => bridge));
  const rest = pairs.filter((pair) => !bridges.has(pair.v4));
  const oneofs = mapOneofs(v4, rest, context);
  const members = new Set(oneofs.flatMap((entry) => fieldsOf(entry).v4));
  const simple = rest.flatMap((pair) =>
    members.has(pair.v4) ? [] : (problems.attempt(() => mapField(pair, context)) ?? []),
  );
  return [...replaced, ...oneofs, ...simple];
}

function without({ v3, v4 }: Unpaired, entries: readonly Entry[]): Unpaired {
  if (entries.length === 0) return { v3, v4 };
  const taken = entries.map(fieldsOf);
  const [elder, newer] = [
    new Set(taken.flatMap((fields) => fields.v3)),
    new Set(taken.flatMap((fields) => fields.v4)),
  ];
  return { v3: v3.filter((field) => !elder.has(field)), v4: v4.filter((field) => !newer.has(field)) };
}

function inOrder(entries: readonly Entry[], v4: readonly Field[]): readonly Entry[] {
  const places = new Map(v4.map((field, index) => [field, index]));
  const placeOf = (entry: Entry) =>
    Math.min(...fieldsOf(entry).v4.map((field) => places.get(field) ?? v4.length), v4.length);
  return entries.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function checkWireFormat(v3: Message, v4: Message): void {
  if (v3.messageSet === v4.messageSet) return;
  throw unsupported(
    v4,
    `of ${v4.fullName} and ${v3.fullName} only one is a MessageSet`,
    "pair a MessageSet with a MessageSet, and a message that has fields with one that has",
  );
}
