import type { Field, Message } from "../../schema/index.js";
import type { Entry, Mapping } from "../mapping.js";

/**
 * What fields that are absent stand for, by full name: hex digits of the value without tag and length. Of one that
 * travels as an unknown field also by the message that carries it and the number: `acme.v3.User#9`.
 */
export type Defaults = ReadonlyMap<string, string>;

/** All that a mapping declares: what is equal but for these is equal under the contract MODULO. */
export function defaultsOf({ messages }: Mapping): Defaults {
  return new Map(
    messages.flatMap(({ v3, entries }) =>
      entries.flatMap((entry) => [...defaultsIn(entry), ...defaultsCarried(entry, v3)]),
    ),
  );
}

/** What v4 gets where v3 has none is a value of v4's field, and the reverse. */
function defaultsIn(entry: Entry): readonly (readonly [string, string])[] {
  if (entry.kind === "only") return told(entry.field, entry.absent);
  if (entry.kind !== "paired") return [];
  return [...told(entry.v4, entry.absent?.v3), ...told(entry.v3, entry.absent?.v4)];
}

function defaultsCarried(entry: Entry, { fullName }: Message): readonly (readonly [string, string])[] {
  const absent = entry.kind === "only" && entry.travels ? entry.absent : undefined;
  return entry.kind !== "only" || absent === undefined
    ? []
    : [[`${fullName}#${entry.field.number}`, toHex(absent)]];
}

function told({ fullName }: Field, absent: Uint8Array | undefined): readonly (readonly [string, string])[] {
  return absent === undefined ? [] : [[fullName, toHex(absent)]];
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
