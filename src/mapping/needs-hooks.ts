import type { Mapping, MessageMapping } from "./mapping.js";
import { nestedIn } from "./nested-in.js";
import { isAny } from "./well-known.js";

/** The messages whose translation runs a hook, in themselves or in what they reach; payloads may be any message. */
export function needsHooks({ messages }: Mapping): ReadonlySet<MessageMapping> {
  const needing = new Set(messages.filter(({ entries }) => entries.some(({ kind }) => kind === "hook")));
  if (needing.size === 0) return needing;
  for (let before = -1; before < needing.size; ) {
    before = needing.size;
    const names = new Set([...needing].map(({ v3 }) => v3));
    for (const message of messages)
      if (message.entries.flatMap(nestedIn).some(({ v3 }) => isAny(v3) || names.has(v3)))
        needing.add(message);
  }
  return needing;
}

/** Full names, in v3, of the messages that change inside a message. */
export function nestedMessages({ entries }: MessageMapping): readonly string[] {
  return entries.flatMap(nestedIn).map(({ v3 }) => v3.fullName);
}
