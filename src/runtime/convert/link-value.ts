import { fieldsOf } from "../fields-of.js";
import type { ConvertPlan, FieldPlan, HookPlan, OneofPlan, RegroupPlan, ReplacedPlan } from "../plan.js";
import { asOpen } from "../read-value.js";
import { type Shortcut, shortcutNumber } from "../shortcut.js";
import type { Way } from "../side.js";
import { hookWays } from "./hook.js";
import { type Links, linkElement } from "./link-element.js";
import { type AbsentBytes, listWays } from "./list.js";
import { mapWays } from "./map.js";
import { changeNumber, enumTables } from "./number.js";
import { oneofWays } from "./oneof.js";
import { regroupWays } from "./regroup.js";
import { replacedWays } from "./replaced.js";

/** The two directions of an entry, and the fields by which each side's part of it is read. */
export interface LinkedValue {
  readonly v3: readonly FieldPlan[];
  readonly v4: readonly FieldPlan[];
  readonly up: Way;
  readonly down: Way;
}

export function linkConvert(plan: ConvertPlan, links: Links): LinkedValue {
  const { v3, v4, absent, element } = plan;
  if (element.kind === "entry") return { v3: [v3], v4: [v4], ...mapWays(plan, element, links) };
  const ways = listWays({ v3, v4, absent: absent && bytesOf(absent) }, linkElement(element, v3, v4, links));
  const { up, down } = absent === undefined ? shortcuts(plan) : none;
  return {
    // A number that a closed enum does not know counts as its field's: whoever adds one, edits.
    v3: [asOpen(v3)],
    v4: [asOpen(v4)],
    up: { ...ways.up, shortcut: up },
    down: { ...ways.down, shortcut: down },
  };
}

export function linkReplaced(plan: ReplacedPlan, links: Links): LinkedValue {
  const ways = replacedWays(plan, linkElement(plan.element, plan.v3, plan.v4, links));
  return { v3: [asOpen(plan.v3)], v4: [plan.v4, plan.bridge].map(asOpen), ...ways };
}

export function linkOneof(plan: OneofPlan, links: Links): LinkedValue {
  const { v3, v4 } = fieldsOf(plan);
  // Here the field that a closed enum's unknown number stands in is not set, whatever else it may be.
  return { v3, v4, ...oneofWays(plan, links) };
}

export function linkRegroup(plan: RegroupPlan, links: Links): LinkedValue {
  return { ...fieldsOf(plan), ...regroupWays(plan, links) };
}

export function linkHook(plan: HookPlan, links: Links): LinkedValue {
  return { v3: plan.v3, v4: plan.v4, ...hookWays(plan, links) };
}

export function fromHex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (each) => Number.parseInt(each, 16));
}

interface Shortcuts {
  readonly up: Shortcut | undefined;
  readonly down: Shortcut | undefined;
}

const none: Shortcuts = { up: undefined, down: undefined };

function shortcuts({ v3, v4, element }: ConvertPlan): Shortcuts {
  if (element.kind !== "number" && element.kind !== "enum") return none;
  const [there, back] = enumTables(element.kind === "enum" ? element.values : []);
  return {
    up: shortcutNumber(v3, v4, (value) => changeNumber(value, there, back, v4.closed)),
    down: shortcutNumber(v4, v3, (value) => changeNumber(value, back, there, v3.closed)),
  };
}

function bytesOf({ v3, v4 }: NonNullable<ConvertPlan["absent"]>): AbsentBytes {
  return { v3: v3 === undefined ? undefined : fromHex(v3), v4: v4 === undefined ? undefined : fromHex(v4) };
}
