import type { Message } from "../schema/index.js";
import type { Entry, MessageMapping } from "./mapping.js";
import { isSameNumbers } from "./ranges.js";
import { unsupported } from "./refuse.js";

/** Two paired messages before it is known whether anything changes in what they reach. */
export interface MessagePair {
  readonly v3: Message;
  readonly v4: Message;
  readonly entries: readonly Entry[];
}

/**
 * Tells the messages whose bytes mean the same on both sides, and turns fields of such messages into copies.
 * A message changes if it does itself or if one that it reaches does: starting from those that do, so that
 * messages which only reach each other stay the same.
 * @throws Proto4Error "mapping-unsupported" where a group changes inside
 */
export function settleIdentity(pairs: readonly MessagePair[]): readonly MessageMapping[] {
  const changed = new Set(pairs.filter(isChanged).map(({ v4 }) => v4));
  for (let before = -1; before < changed.size; ) {
    before = changed.size;
    for (const { v4, entries } of pairs)
      if (entries.some((entry) => changed.has(nestedIn(entry)!))) changed.add(v4);
  }
  return pairs.map(({ v3, v4, entries }) => ({
    v3,
    v4,
    identical: !changed.has(v4),
    contract: changed.has(v4) ? "CANON" : "BYTES",
    entries: entries.map((entry) => settleEntry(entry, changed)),
  }));
}

function isChanged({ v3, v4, entries }: MessagePair): boolean {
  return (
    !isSameNumbers(v3.reservedRanges, v4.reservedRanges) ||
    !isSameNumbers(v3.extensionRanges, v4.extensionRanges) ||
    entries.some(
      (entry) =>
        entry.kind !== "paired" ||
        entry.v3.number !== entry.v4.number ||
        entry.counted ||
        entry.absent !== undefined ||
        !["copy", "nested"].includes(entry.conversion.kind),
    )
  );
}

function nestedIn(entry: Entry): Message | undefined {
  return entry.kind === "paired" && entry.conversion.kind === "nested" ? entry.conversion.v4 : undefined;
}

function settleEntry(entry: Entry, changed: ReadonlySet<Message>): Entry {
  const nested = nestedIn(entry);
  if (entry.kind !== "paired" || nested === undefined) return entry;
  if (!changed.has(nested)) return { ...entry, conversion: { kind: "copy" } };
  if (entry.v4.type === "group")
    throw unsupported(
      entry.v4,
      `the group ${entry.v4.fullName} changes inside`,
      `keep ${nested.fullName} as the elder generation has it, or begin a new field that is no group`,
    );
  return entry;
}
