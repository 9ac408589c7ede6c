import type { Mapping, MessageMapping } from "../mapping/index.js";
import { nestedMessages } from "../mapping/index.js";

/** Code that a message needs itself. */
export interface NeededHook {
  readonly name: string;
  readonly message: MessageMapping;
}

/** The code that a message and all that it reaches need, sorted by name; payloads may be any message. */
export function neededHooks({ messages }: Mapping, message: MessageMapping): readonly NeededHook[] {
  const byName = new Map(messages.map((each) => [each.v3.fullName, each]));
  const reached = new Set([message]);
  // A set's iterator also visits what is added under way.
  for (const each of reached)
    for (const v3 of nestedMessages(each)) {
      const inside = v3 === "google.protobuf.Any" ? messages : [byName.get(v3)];
      for (const other of inside) if (other !== undefined) reached.add(other);
    }
  return [...reached]
    .flatMap((each) =>
      each.entries.flatMap((entry) => (entry.kind === "hook" ? [{ name: entry.name, message: each }] : [])),
    )
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function keyOf({ name, message }: NeededHook): string {
  return `${name} ${message.v4.fullName}`;
}

/** `UserNamesHook` for the code "names" of User. */
export function hookTypeName(shape: string, hook: string): string {
  const words = hook.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return `${shape}${words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join("")}Hook`;
}
