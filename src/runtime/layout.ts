import { WireReader } from "../wire/index.js";
import { anyName } from "./any.js";
import type { Fields } from "./field-values.js";
import { fieldsOf } from "./fields-of.js";
import { linkPlan } from "./link-plan.js";
import type { FieldPlan, MessageChanges, Plan } from "./plan.js";

/** Which fields of a message hold messages, and what is known of those. */
export interface Layout {
  readonly fields: Fields;
  /** Whether it is the entry of a map. */
  readonly isEntry: boolean;
  /** @param bytes of the message that has the field, which may tell what is in it */
  inside(field: FieldPlan, bytes: Uint8Array): Layout;
}

/** @param name of a message of either generation; `undefined` where the plan does not tell it */
export function layoutOf(plan: Plan, name: string): Layout | undefined {
  const { messages, shapes } = linkPlan(plan);
  const shape = shapes.get(name);
  const find = (message: string | undefined) => layoutOf(plan, message ?? "") ?? unknown;
  if (name === anyName) return anyLayout(find);
  if (shape !== undefined)
    return {
      fields: messagesAmong([...shape.values()]),
      isEntry: false,
      inside: ({ message }) => find(message),
    };
  for (const { v3, v4, changes } of messages.values())
    for (const side of ["v3", "v4"] as const)
      if (name === (side === "v3" ? v3 : v4))
        return changes === undefined ? unknown : changedLayout(changes, side, messages, find);
  return undefined;
}

type Find = (message: string | undefined) => Layout;

/** A message of which nothing is known but that it is one. */
const unknown: Layout = { fields: new Map(), isEntry: false, inside: () => unknown };

function changedLayout(
  { same, changed, only, mapEntry }: MessageChanges,
  side: "v3" | "v4",
  messages: ReturnType<typeof linkPlan>["messages"],
  find: Find,
): Layout {
  const all = [
    ...same,
    ...changed.flatMap((entry) => fieldsOf(entry)[side]),
    ...only.filter((each) => each.side === side).map(({ field }) => field),
  ];
  const nested = new Map(
    changed.flatMap((entry) =>
      entry.kind === "nested" ? [[entry[side].number, entry.message] as const] : [],
    ),
  );
  const nameOf = (v3: string) => (side === "v3" || v3 === anyName ? v3 : messages.get(v3)?.v4);
  return {
    fields: messagesAmong(all),
    isEntry: mapEntry === true,
    inside: ({ number, message }) => find(nested.has(number) ? nameOf(nested.get(number)!) : message),
  };
}

/** The payload, by the name that stands beside it. */
function anyLayout(find: Find): Layout {
  const value: FieldPlan = { number: 2, name: "value", type: "bytes" };
  return { fields: new Map([[2, value]]), isEntry: false, inside: (_, bytes) => find(payloadName(bytes)) };
}

function payloadName(bytes: Uint8Array): string {
  let url = "";
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === 0x0a) url = reader.string();
    else reader.skip(tag);
  }
  return url.slice(url.lastIndexOf("/") + 1);
}

function messagesAmong(fields: readonly FieldPlan[]): Fields {
  const messages = fields.filter(({ type }) => type === "message" || type === "group");
  return new Map(messages.map((field) => [field.number, field]));
}
