import type { Field, Message } from "../schema/index.js";
import { copy } from "./convert-value.js";
import type { FieldContext } from "./field-context.js";
import type { Unpaired } from "./field-pair.js";
import { findPlace, type Place } from "./find-place.js";
import { requireConversion } from "./map-field.js";
import type { RegroupEntry } from "./mapping.js";
import { undeclaredLoss, unsupported } from "./refuse.js";

/**
 * The fields that left a submessage of v3, which `was: "address.street"` in v4 tells, and those that went into
 * one of v4, which `replaced_by: "contact.email"` tells in v3, or in v4 on the field that keeps it.
 * @throws Proto4Error "mapping-ambiguous", "mapping-loss", "mapping-unsupported"
 */
export function mapRegroups(v4: Message, unpaired: Unpaired, context: FieldContext): readonly RegroupEntry[] {
  const moves = [...flattened(unpaired, context), ...nested(unpaired, context)];
  const holders = new Set(moves.map(({ holder }) => holder));
  return [...holders].flatMap((holder) => {
    const mine = moves.filter((move) => move.holder === holder);
    return context.problems.attempt(() => regroup(v4, holder, mine, context)) ?? failed(holder, mine);
  });
}

interface Move extends Place {
  readonly side: "v3" | "v4";
  readonly flat: Field;
}

function flattened({ v3, v4 }: Unpaired, context: FieldContext): readonly Move[] {
  return v4.flatMap((flat) => {
    const { was, hook } = flat.lifecycle.terms;
    if (was === undefined || !was.includes(".") || hook !== undefined || flat.extendee !== undefined)
      return [];
    return (
      context.problems.attempt(() => {
        const place = findPlace(was, v3, context.pairing.schema);
        if (place === undefined || v4.some(({ name }) => name === place.holder.name)) throw lost(flat, was);
        return [{ side: "v3", flat, ...place }] as const;
      }) ?? []
    );
  });
}

/** In v3 the path may as well lead to a place in v3 itself, so that only a message new in v4 counts. */
function nested({ v3, v4 }: Unpaired, context: FieldContext): readonly Move[] {
  return v3.flatMap((flat) => {
    const bridge = v4.find(({ name, lifecycle }) => name === flat.name && lifecycle.state === "DEPRECATED");
    const path = [bridge, flat].map((field) => field?.lifecycle.terms.replacedBy);
    const place = path.map((told) =>
      told?.includes(".") ? findPlace(told, v4, context.pairing.schema) : undefined,
    );
    const found = place[0] ?? place[1];
    const isNew = found !== undefined && !v3.some(({ name }) => name === found.holder.name);
    return isNew ? [{ side: "v4", flat, ...found }] : [];
  });
}

function regroup(v4: Message, holder: Field, moves: readonly Move[], context: FieldContext): RegroupEntry {
  const { side } = moves[0]!;
  const message = context.pairing.schema.declared.get(holder.typeName!) as Message;
  const moved = new Set(moves.map(({ inner }) => inner));
  for (const field of message.fields) if (side === "v3" && !moved.has(field)) checkEnd(field, holder, v4);
  const members = moves.map(({ inner, flat }) => {
    if (flat.oneof !== undefined || flat.lifecycle.terms.bridgeDefault !== undefined)
      throw bound(flat, holder);
    const pair = side === "v3" ? { v3: inner, v4: flat } : { v3: flat, v4: inner };
    const conversion = requireConversion(pair, context);
    // Its entries are stashed one by one, in the message that they are in.
    if (conversion.kind === "entry") throw changing(flat, holder);
    return { inner, flat, conversion };
  });
  return { kind: "regroup", side, holder, members, loss: "LENS" };
}

/** Keeps the fields together, so that nothing else is said of them. */
function failed(holder: Field, moves: readonly Move[]): RegroupEntry {
  const members = moves.map(({ inner, flat }) => ({ inner, flat, conversion: copy }));
  return { kind: "regroup", side: moves[0]!.side, holder, members, loss: "LENS" };
}

/** The submessage is gone, so that what v4 does not name has nowhere to be reserved. */
function checkEnd(field: Field, holder: Field, v4: Message): void {
  const { state, source } = field.lifecycle;
  if (state === "DEPRECATED" && source !== "inferred") return;
  throw undeclaredLoss(
    field,
    `${v4.fullName} continues other fields of "${holder.name}", and none continues ${field.fullName}`,
    `write (proto4.field_terms) = {was: "${holder.name}.${field.name}"} on the field that continues it, or say that it ended: ` +
      "[(proto4.field_lifecycle) = DEPRECATED] here",
  );
}

function bound(flat: Field, holder: Field): Error {
  return unsupported(
    flat,
    `${flat.fullName} goes to or comes from ${holder.fullName}, and is in a oneof or has a bridge_default`,
    "move it out of the oneof, and leave bridge_default out",
  );
}

function changing(flat: Field, holder: Field): Error {
  return unsupported(
    flat,
    `${flat.fullName} goes to or comes from ${holder.fullName}, and is a map whose keys or values change`,
    "leave its types as they are where it moves, or the map where it is",
  );
}

function lost(field: Field, was: string): Error {
  return unsupported(
    field,
    `${field.fullName} was "${was}", which is no field outside of oneofs in a singular message of the elder parent that v4 does not have any more`,
    "keep the field in its message, or leave was out: it then begins anew",
  );
}
