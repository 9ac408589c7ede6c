import { WireReader } from "../wire/index.js";
import { anyName } from "./any.js";
import { fieldsOf } from "./fields-of.js";
import { linkPlan } from "./link-plan.js";
import type { FieldPlan, MessageChanges, Plan } from "./plan.js";
import { type Layout, messagesAmong, unknown } from "./shape-layout.js";

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
