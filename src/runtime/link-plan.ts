import type { Fields, Shapes } from "./canonical.js";
import { type Convert, convertEnum, convertReplaced, convertWiden } from "./convert.js";
import type { EntryPlan, FieldPlan, MessageChanges, MessagePlan, Plan } from "./plan.js";
import { accepts } from "./wire-form.js";

/** One direction of one message, ready to be looked up by field number. */
export interface Side {
  /** The other direction. */
  readonly reverse: Side;
  /** `undefined` where bytes pass as they are, whatever is in them. */
  readonly changes: MessageChanges | undefined;
  readonly rules: ReadonlyMap<number, Rule>;
  /** The rules that work on all occurrences of a field at once. */
  readonly values: readonly ValueRule[];
  readonly shapes: Shapes;
  /** Whether no unknown field may pass under the number. */
  reserved(number: number): boolean;
}

/** What happens to the occurrences of a field that the plan knows. */
export type Rule = CopyRule | RenumberRule | NestedRule | ValueRule | ArriveRule | StashRule;

/** The other generation reads it alike, or carries it as an unknown field. */
export interface CopyRule {
  readonly act: "copy";
  readonly field: FieldPlan;
}

export interface RenumberRule {
  readonly act: "renumber";
  readonly field: FieldPlan;
  readonly number: number;
}

export interface NestedRule {
  readonly act: "nested";
  readonly field: FieldPlan;
  readonly number: number;
  readonly inside: Side;
}

/** A value that is read, converted and, where that loses something, stashed. */
export interface ValueRule {
  readonly act: "value";
  readonly digest: string;
  /** The one that lends its name to errors, and the oneof it may be in. */
  readonly field: FieldPlan;
  readonly from: Fields;
  readonly to: Fields;
  readonly convert: Convert;
  readonly convertBack: Convert;
}

/** Unknown on this side, declared on the other: passes if it can be read there. */
export interface ArriveRule {
  readonly act: "arrive";
  readonly field: FieldPlan;
  readonly fields: Fields;
}

/** The other side cannot carry it under its number. */
export interface StashRule {
  readonly act: "stash";
}

/** What happens to a fragment with this tag. */
export function ruleFor(side: Side, tag: number): Rule | undefined {
  const number = tag >>> 3;
  const rule = side.rules.get(number);
  if (rule === undefined) return side.reserved(number) ? stash : undefined;
  if (rule.act === "stash") return rule;
  const field = rule.act === "value" ? rule.from.get(number)! : rule.field;
  // A known number with another wire type is an unknown field, which the other side may fail to read.
  return accepts(field, tag & 7) ? rule : stash;
}

const stash: StashRule = { act: "stash" };

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
  const shapes = new Map(
    plans.flatMap((each) => each.shapes).map((shape) => [shape.message, byNumber(shape.fields)]),
  );
  const result = { up: new Map<string, OpenSide>(), down: new Map<string, OpenSide>() };
  const messages = plans.flatMap((each) => each.messages);
  for (const message of messages) openSides(message, shapes, result);
  for (const message of messages) fillSides(message, result);
  linked.set(plan, result);
  return result;
}

/** As linked plans keep no state, generated modules that share a plan share its linked form. */
const linked = new WeakMap<Plan, LinkedPlan>();

type Direction = keyof LinkedPlan;

interface OpenSide extends Side {
  reverse: Side;
  readonly rules: Map<number, Rule>;
  readonly values: ValueRule[];
}

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

function openSides({ v3, changes }: MessagePlan, shapes: Shapes, { up, down }: OpenPlan): void {
  const ranges = changes?.reserved ?? [];
  const reserved = (number: number) => ranges.some(([start, end]) => start <= number && number <= end);
  const open = () => ({ changes, shapes, reserved, rules: new Map(), values: [] }) as unknown as OpenSide;
  const [upward, downward] = [open(), open()];
  upward.reverse = downward;
  downward.reverse = upward;
  up.set(v3, upward);
  down.set(v3, downward);
}

function fillSides({ v3, changes }: MessagePlan, plan: OpenPlan): void {
  if (changes === undefined) return;
  for (const direction of ["up", "down"] as const) {
    const side = plan[direction].get(v3)!;
    for (const field of changes.same) side.rules.set(field.number, { act: "copy", field });
    for (const { side: owner, field, travels } of changes.only) {
      const mine = (owner === "v3") === (direction === "up");
      if (mine) side.rules.set(field.number, travels ? { act: "copy", field } : stash);
      else if (travels) side.rules.set(field.number, { act: "arrive", field, fields: byNumber([field]) });
    }
    for (const entry of changes.changed) addEntry(entry, side, direction, plan);
  }
  const [up, down] = [plan.up.get(v3)!, plan.down.get(v3)!];
  reserveDeclared(up, down);
  reserveDeclared(down, up);
}

/** What one side declares, the other must not pass as unknown. */
function reserveDeclared(declared: OpenSide, side: OpenSide): void {
  for (const number of declared.rules.keys()) if (!side.rules.has(number)) side.rules.set(number, stash);
}

/** Fields by number. */
function byNumber(fields: readonly FieldPlan[]): Fields {
  return new Map(fields.map((field) => [field.number, field]));
}

function addEntry(entry: EntryPlan, side: OpenSide, direction: Direction, plan: OpenPlan): void {
  const [field, to] = direction === "up" ? [entry.v3, entry.v4] : [entry.v4, entry.v3];
  if (entry.kind === "renumber") side.rules.set(field.number, { act: "renumber", field, number: to.number });
  else if (entry.kind === "nested") {
    const inside = plan[direction].get(entry.message);
    if (inside === undefined)
      throw new Error(`the plan lacks ${entry.message}: is a plan missing under "uses"?`);
    side.rules.set(field.number, { act: "nested", field, number: to.number, inside });
  } else {
    const rule = valueRule(entry, side, direction);
    side.values.push(rule);
    for (const number of rule.from.keys()) side.rules.set(number, rule);
  }
}

function valueRule(
  entry: Exclude<EntryPlan, { kind: "renumber" | "nested" }>,
  { shapes }: Side,
  direction: Direction,
): ValueRule {
  const conversion =
    entry.kind === "widen"
      ? convertWiden(entry)
      : entry.kind === "enum"
        ? convertEnum(entry)
        : convertReplaced(entry, shapes);
  const elder = [entry.v3];
  const newer = entry.kind === "replaced" ? [entry.v4, entry.bridge] : [entry.v4];
  const isUp = direction === "up";
  return {
    act: "value",
    digest: entry.digest,
    field: isUp ? entry.v3 : entry.v4,
    from: byNumber(isUp ? elder : newer),
    to: byNumber(isUp ? newer : elder),
    convert: isUp ? conversion.up : conversion.down,
    convertBack: isUp ? conversion.down : conversion.up,
  };
}
