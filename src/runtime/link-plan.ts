import type { Shapes } from "./canonical.js";
import {
  type Conversion,
  convertEnum,
  convertNumber,
  convertReplaced,
  convertTravelling,
  type Way,
} from "./convert.js";
import { declaredReader, type EntryReader, unknownReader } from "./entry-reader.js";
import { fieldsOf } from "./fields-of.js";
import type {
  ConvertPlan,
  EntryPlan,
  FieldPlan,
  MessageChanges,
  MessagePlan,
  OnlyPlan,
  Plan,
  ReplacedPlan,
} from "./plan.js";
import { asOpen } from "./read-value.js";
import { type OpenSide, openSides, reserveDeclared, type Side, stash, type ValueRule } from "./side.js";

/** The two directions of each message, by the name of its v3. */
export interface LinkedPlan {
  readonly up: ReadonlyMap<string, Side>;
  readonly down: ReadonlyMap<string, Side>;
}

/** A plan with names turned into references; made once for each plan. */
export function linkPlan(plan: Plan): LinkedPlan {
  const known = linked.get(plan);
  if (known !== undefined) return known;
  const plans = [...reachablePlans(plan)];
  const shapes: Shapes = new Map(
    plans
      .flatMap((each) => each.shapes)
      .map(({ message, fields }) => [message, new Map(fields.map((field) => [field.number, field]))]),
  );
  const result = { up: new Map<string, OpenSide>(), down: new Map<string, OpenSide>() };
  const messages = plans.flatMap((each) => each.messages);
  for (const { v3, changes } of messages) {
    const [up, down] = openSides(changes);
    result.up.set(v3, up);
    result.down.set(v3, down);
  }
  for (const message of messages) fillSides(message, result, shapes);
  linked.set(plan, result);
  return result;
}

/** Linked plans keep no state, so all translators of a plan share one. */
const linked = new WeakMap<Plan, LinkedPlan>();

interface OpenPlan {
  readonly up: Map<string, OpenSide>;
  readonly down: Map<string, OpenSide>;
}

function reachablePlans(plan: Plan, seen: Set<Plan> = new Set()): Set<Plan> {
  if (seen.has(plan)) return seen;
  seen.add(plan);
  for (const used of plan.uses ?? []) reachablePlans(used, seen);
  return seen;
}

function fillSides({ v3, changes }: MessagePlan, plan: OpenPlan, shapes: Shapes): void {
  if (changes === undefined) return;
  const sides = { up: plan.up.get(v3)!, down: plan.down.get(v3)! };
  for (const field of changes.same)
    for (const { rules } of [sides.up, sides.down]) rules.set(field.number, { act: "copy", field });
  for (const entry of changes.changed) addEntry(entry, sides, plan, shapes);
  for (const group of byDigest(changes.only)) addOnly(group, sides, shapes);
  addClosed(sides.up, [
    ...changes.same,
    ...changes.changed.flatMap((entry) => fieldsOf(entry).v3),
    ...onlyOf("v3", changes),
  ]);
  addClosed(sides.down, [
    ...changes.same,
    ...changes.changed.flatMap((entry) => fieldsOf(entry).v4),
    ...onlyOf("v4", changes),
  ]);
  reserveDeclared(sides.up, sides.down);
  reserveDeclared(sides.down, sides.up);
}

interface Sides {
  readonly up: OpenSide;
  readonly down: OpenSide;
}

function addEntry(entry: EntryPlan, { up, down }: Sides, plan: OpenPlan, shapes: Shapes): void {
  const { kind } = entry;
  if (kind === "renumber") {
    const { v3, v4 } = entry;
    up.rules.set(v3.number, { act: kind, field: v3, number: v4.number });
    down.rules.set(v4.number, { act: kind, field: v4, number: v3.number });
  } else if (kind === "nested") {
    const { v3, v4 } = entry;
    const inside = { up: find(plan.up, entry.message), down: find(plan.down, entry.message) };
    up.rules.set(v3.number, { act: kind, field: v3, number: v4.number, inside: inside.up });
    down.rules.set(v4.number, { act: kind, field: v4, number: v3.number, inside: inside.down });
  } else if (kind === "convert" || kind === "replaced") {
    // A number that a closed enum does not know counts as its field's, so that both are stashed together.
    const { v3, v4, element } = entry;
    const [elder, newer] = element.kind === "enum" ? [asOpen(v3), asOpen(v4)] : [v3, v4];
    const from = declaredReader([elder], shapes);
    const to = declaredReader(kind === "replaced" ? [newer, entry.bridge] : [newer], shapes);
    const conversion = convertValue(entry, to);
    addValue(up, { ...entry, entry, field: v3, oneof: v3.oneof, from, to }, conversion.up, conversion.down);
    addValue(
      down,
      { ...entry, entry, field: v4, oneof: v4.oneof, from: to, to: from },
      conversion.down,
      conversion.up,
    );
  } else throw new Error(`entries of kind ${kind} are not linked yet`);
}

function convertValue(entry: ConvertPlan | ReplacedPlan, newer: EntryReader): Conversion {
  if (entry.kind === "replaced") return convertReplaced(entry, newer);
  const { element } = entry;
  return element.kind === "enum" ? convertEnum(entry, element.values) : convertNumber(entry);
}

/** Fields that the other side carries without knowing them, or leaves to the stash. */
function addOnly(group: readonly OnlyPlan[], { up, down }: Sides, shapes: Shapes): void {
  const [{ side, field, digest }] = group as readonly [OnlyPlan];
  const [here, there] = side === "v3" ? [up, down] : [down, up];
  if (digest === undefined) {
    here.rules.set(field.number, stash);
    return;
  }
  const fields = group.map((only) => only.field);
  const declared = declaredReader(fields, shapes);
  const unknown = unknownReader(fields);
  const { away, home } = convertTravelling(declared);
  addValue(
    here,
    { digest, entry: undefined, field, oneof: field.oneof, from: declared, to: unknown },
    away,
    home,
  );
  addValue(
    there,
    { digest, entry: undefined, field, oneof: undefined, from: unknown, to: declared },
    home,
    away,
  );
}

function addValue(
  side: OpenSide,
  { digest, entry, field, oneof, from, to }: Omit<ValueRule, "act" | "way" | "back">,
  way: Way,
  back: Way,
): void {
  const rule: ValueRule = { act: "value", digest, entry, field, oneof, from, to, way, back };
  side.values.push(rule);
  for (const number of from.numbers) side.rules.set(number, rule);
}

function addClosed(side: OpenSide, fields: readonly FieldPlan[]): void {
  for (const { number, oneof, closed } of fields)
    if (oneof !== undefined && closed !== undefined) side.closed.set(number, closed);
}

function onlyOf(side: OnlyPlan["side"], { only }: MessageChanges): readonly FieldPlan[] {
  return only.filter((each) => each.side === side).map(({ field }) => field);
}

/** The members of a oneof travel together, under one digest. */
function byDigest(only: readonly OnlyPlan[]): readonly (readonly OnlyPlan[])[] {
  const groups = new Map<string | OnlyPlan, OnlyPlan[]>();
  for (const each of only)
    groups.set(each.digest ?? each, [...(groups.get(each.digest ?? each) ?? []), each]);
  return [...groups.values()];
}

function find(sides: ReadonlyMap<string, OpenSide>, message: string): Side {
  const side = sides.get(message);
  if (side === undefined) throw new Error(`the plan lacks ${message}: is a plan missing under "uses"?`);
  return side;
}
