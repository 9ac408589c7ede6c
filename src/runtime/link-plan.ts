import { anyName } from "./any.js";
import type { Shapes } from "./canonical.js";
import type { Links } from "./convert/link-element.js";
import {
  fromHex,
  type LinkedValue,
  linkConvert,
  linkHook,
  linkOneof,
  linkRegroup,
  linkReplaced,
} from "./convert/link-value.js";
import { travellingWays } from "./convert/travelling.js";
import { declaredReader, unknownReader } from "./entry-reader.js";
import { fieldsOf } from "./fields-of.js";
import { nestedIn } from "./needed-hooks.js";
import { type OpenSide, openSides, reserveDeclared } from "./open-side.js";
import type { EntryPlan, FieldPlan, MessageChanges, MessagePlan, OnlyPlan, Plan, ValuePlan } from "./plan.js";
import { reachablePlans } from "./reachable-plans.js";
import { type Payload, type Side, stash, type ValueRule } from "./side.js";
import { stashNumber } from "./stash.js";
import { written } from "./value-list.js";

/** The two directions of each message, by the name of its v3. */
export interface LinkedPlan {
  readonly messages: ReadonlyMap<string, MessagePlan>;
  readonly shapes: Shapes;
  readonly up: ReadonlyMap<string, Side>;
  readonly down: ReadonlyMap<string, Side>;
}

/**
 * A plan with names turned into references; made once for each plan, and once for each message of plans that
 * use each other, unless google.protobuf.Any is among them: what that may hold, the plan decides that one begins with.
 */
export function linkPlan(plan: Plan): LinkedPlan {
  const known = linked.get(plan);
  if (known !== undefined) return known;
  const plans = [...reachablePlans(plan)];
  const number = numberOf(plan);
  // Files embed what they share with others, so that a message may be in several plans.
  const byName = new Map(plans.flatMap((each) => each.messages).map((message) => [message.v3, message]));
  const result = {
    messages: byName,
    shapes: shapesIn(plans),
    up: new Map<string, OpenSide>(),
    down: new Map<string, OpenSide>(),
  };
  const shared = mayHoldAny(byName) ? [] : plans.filter((each) => numberOf(each) === number);
  for (const each of shared) takeLinked(each, result);
  const messages = [...byName.values()].filter(({ v3 }) => v3 !== anyName && !result.up.has(v3));
  for (const { v3, changes } of messages) {
    const [up, down] = openSides(changes, number);
    result.up.set(v3, up);
    result.down.set(v3, down);
  }
  addAny(
    [...byName.values()].filter(({ v3 }) => v3 !== anyName),
    number,
    result,
  );
  for (const message of messages) fillSides(message, result, result.shapes);
  for (const each of [plan, ...shared]) if (!linked.has(each)) linked.set(each, result);
  return result;
}

function numberOf(plan: Plan): number {
  return plan.stashNumber ?? stashNumber;
}

function shapesIn(plans: readonly Plan[]): Shapes {
  const shapes = plans.flatMap((each) => each.shapes);
  return new Map(
    shapes.map(({ message, fields }) => [message, new Map(fields.map((field) => [field.number, field]))]),
  );
}

function mayHoldAny(messages: ReadonlyMap<string, MessagePlan>): boolean {
  for (const { changes } of messages.values())
    if (changes?.any || changes?.changed.some((entry) => nestedIn(entry).includes(anyName))) return true;
  return false;
}

/** What has been linked for an earlier plan is the same for this one. */
function takeLinked(plan: Plan, { up, down }: OpenPlan): void {
  const known = linked.get(plan);
  for (const { v3 } of known === undefined ? [] : plan.messages) {
    up.set(v3, known!.up.get(v3)!);
    down.set(v3, known!.down.get(v3)!);
  }
}

/** google.protobuf.Any, which may hold any message of the plan. */
function addAny(messages: readonly MessagePlan[], number: number, { up, down }: OpenPlan): void {
  const names = { up: new Map<string, Payload>(), down: new Map<string, Payload>() };
  const changes = { digest: "", any: true, same: [], changed: [], only: [], reserved: [] } as const;
  const [upward, downward] = openSides(changes, number, names);
  up.set(anyName, upward);
  down.set(anyName, downward);
  for (const { v3, v4 } of messages) {
    names.up.set(v3, { name: v4, inside: up.get(v3)! });
    names.down.set(v4, { name: v3, inside: down.get(v3)! });
  }
}

/** Linked plans keep no state, so all translators of a plan share one, and so do plans that use each other. */
const linked = new WeakMap<Plan, OpenLinkedPlan>();

interface OpenPlan {
  readonly up: Map<string, OpenSide>;
  readonly down: Map<string, OpenSide>;
}

interface OpenLinkedPlan extends Omit<LinkedPlan, "up" | "down">, OpenPlan {}

function fillSides({ v3, changes }: MessagePlan, plan: OpenPlan, shapes: Shapes): void {
  if (changes === undefined) return;
  const sides = { up: plan.up.get(v3)!, down: plan.down.get(v3)! };
  const links: Links = {
    shapes,
    sidesOf: (message) => ({ up: find(plan.up, message), down: find(plan.down, message) }),
  };
  for (const field of changes.same)
    for (const { rules } of [sides.up, sides.down]) rules.set(field.number, { act: "copy", field });
  for (const entry of changes.changed) addEntry(entry, sides, links);
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

const [up, down] = openSides(undefined, stashNumber);
const unchanged: { readonly up: Side; readonly down: Side } = { up, down };

interface Sides {
  readonly up: OpenSide;
  readonly down: OpenSide;
}

function addEntry(entry: EntryPlan, { up, down }: Sides, links: Links): void {
  const { shapes } = links;
  const { kind } = entry;
  if (kind === "renumber" && entry.v3.type !== "group" && entry.v4.type !== "group") {
    const { v3, v4 } = entry;
    up.rules.set(v3.number, { act: kind, field: v3, number: v4.number });
    down.rules.set(v4.number, { act: kind, field: v4, number: v3.number });
  } else if (kind === "renumber" || kind === "nested") {
    const { v3, v4 } = entry;
    // A group ends with its own number, so that it is written anew.
    const inside = kind === "nested" ? links.sidesOf(entry.message) : unchanged;
    const rule = (field: FieldPlan, to: FieldPlan, inside: Side) =>
      ({ act: "nested", field, number: to.number, group: to.type === "group", inside }) as const;
    up.rules.set(v3.number, rule(v3, v4, inside.up));
    down.rules.set(v4.number, rule(v4, v3, inside.down));
  } else {
    const linked = linkValue(entry, links);
    const { oneof3, oneof4 } = oneofsOf(entry);
    const [from, to] = [declaredReader(linked.v3, shapes), declaredReader(linked.v4, shapes)];
    const { digest } = entry;
    const several = kind !== "convert" && kind !== "replaced";
    addValue(up, { digest, entry, several, field: linked.v3[0]!, oneof: oneof3, from, to, way: linked.up });
    addValue(down, {
      digest,
      entry,
      several,
      field: linked.v4[0]!,
      oneof: oneof4,
      from: to,
      to: from,
      way: linked.down,
    });
  }
}

function linkValue(entry: ValuePlan, links: Links): LinkedValue {
  switch (entry.kind) {
    case "convert":
      return linkConvert(entry, links);
    case "replaced":
      return linkReplaced(entry, links);
    case "oneof":
      return linkOneof(entry, links);
    case "regroup":
      return linkRegroup(entry, links);
    case "hook":
      return linkHook(entry, links);
  }
}

/** An entry that speaks for all members of a oneof settles itself which of them counts. */
function oneofsOf(entry: ValuePlan): {
  readonly oneof3?: string | undefined;
  readonly oneof4?: string | undefined;
} {
  if (entry.kind !== "convert" && entry.kind !== "replaced") return {};
  return { oneof3: entry.v3.oneof, oneof4: entry.v4.oneof };
}

/** Fields that the other side carries without knowing them, or leaves to the stash. */
function addOnly(group: readonly OnlyPlan[], { up, down }: Sides, shapes: Shapes): void {
  const [{ side, field, digest, absent }] = group as readonly [OnlyPlan];
  const [here, there] = side === "v3" ? [up, down] : [down, up];
  if (digest === undefined) {
    here.rules.set(field.number, stash);
    if (absent !== undefined) there.bridged.push({ field, standard: written(field, [fromHex(absent)]) });
    return;
  }
  const fields = group.map((only) => only.field);
  const declared = declaredReader(fields, shapes);
  const unknown = unknownReader(fields);
  const bridge = absent === undefined ? undefined : { field, value: fromHex(absent) };
  const { away, home } = travellingWays(declared, bridge);
  addValue(here, {
    digest,
    entry: undefined,
    several: false,
    field,
    oneof: field.oneof,
    from: declared,
    to: unknown,
    way: away,
  });
  addValue(there, {
    digest,
    entry: undefined,
    several: false,
    field,
    oneof: undefined,
    from: unknown,
    to: declared,
    way: home,
  });
}

function addValue(side: OpenSide, value: Omit<ValueRule, "act">): void {
  const rule: ValueRule = { act: "value", ...value };
  side.values.push(rule);
  for (const number of rule.from.numbers) side.rules.set(number, rule);
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
