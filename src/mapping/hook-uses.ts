import type { HookEntry, Mapping, MessageMapping } from "./mapping.js";
import { nestedIn } from "./nested-in.js";
import { isAny } from "./well-known.js";

/** A hook in a message: user code under one name may convert fields of several. */
export interface HookUse {
  readonly message: MessageMapping;
  readonly entry: HookEntry;
}

/** The hooks of messages and of all that they reach, in the order of the mapping; payloads may be any message. */
export function hookUses({ messages }: Mapping, roots: readonly MessageMapping[]): readonly HookUse[] {
  const byElder = new Map(messages.map((message) => [message.v3, message]));
  const reached = new Set(roots);
  // A set's iterator also visits what is added under way.
  for (const { entries } of reached)
    for (const { v3 } of entries.flatMap(nestedIn))
      for (const next of isAny(v3) ? messages : [byElder.get(v3) ?? []].flat()) reached.add(next);
  return messages
    .filter((message) => reached.has(message))
    .flatMap((message) =>
      message.entries.flatMap((entry) => (entry.kind === "hook" ? { message, entry } : [])),
    );
}
