import { anyName } from "./any.js";
import type { ElementPlan, EntryPlan, MessagePlan } from "./plan.js";

/** The names of the user code that a message and all that it reaches need, sorted. */
export function neededHooks(messages: ReadonlyMap<string, MessagePlan>, v3: string): readonly string[] {
  const names = new Set<string>();
  const reached = new Set([v3]);
  // A set's iterator also visits what is added under way.
  for (const message of reached) {
    // It may hold any of them.
    if (message === anyName) for (const other of messages.keys()) reached.add(other);
    for (const entry of messages.get(message)?.changes?.changed ?? []) {
      if (entry.kind === "hook") names.add(entry.name);
      for (const nested of nestedIn(entry)) reached.add(nested);
    }
  }
  return [...names].sort();
}

/** `MessagePlan.v3` of the messages that change inside an entry. */
export function nestedIn(entry: EntryPlan): readonly string[] {
  switch (entry.kind) {
    case "nested":
      return [entry.message];
    case "convert":
    case "replaced":
      return nestedInElement(entry.element);
    case "oneof":
    case "regroup":
      return entry.members.flatMap(({ element }) => nestedInElement(element));
    default:
      return [];
  }
}

function nestedInElement(element: ElementPlan): readonly string[] {
  switch (element.kind) {
    case "nested":
      return [element.message];
    case "wrap":
      return nestedInElement(element.element);
    case "entry":
      return [...nestedInElement(element.key), ...nestedInElement(element.value)];
    default:
      return [];
  }
}
