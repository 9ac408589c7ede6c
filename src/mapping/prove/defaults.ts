import type { Field } from "../../schema/index.js";
import type { Entry, Mapping, OnlyEntry } from "../mapping.js";

/** What fields that are absent stand for, by full name: hex digits of the value without tag and length. */
export type Defaults = ReadonlyMap<string, string>;

/** All that a mapping declares: what is equal but for these is equal under the contract MODULO. */
export function defaultsOf({ messages }: Mapping): Defaults {
  return new Map(messages.flatMap(({ entries }) => entries.flatMap(defaultsIn)));
}

/** What v4 gets where v3 has none is a value of v4's field, and the reverse. */
function defaultsIn(entry: Entry): readonly (readonly [string, string])[] {
  if (entry.kind === "only") return [...told(entry.field, absentOf(entry))];
  if (entry.kind !== "paired") return [];
  return [...told(entry.v4, entry.absent?.v3), ...told(entry.v3, entry.absent?.v4)];
}

function absentOf(entry: OnlyEntry & { readonly absent?: Uint8Array }): Uint8Array | undefined {
  return entry.absent;
}

function told({ fullName }: Field, absent: Uint8Array | undefined): readonly (readonly [string, string])[] {
  return absent === undefined ? [] : [[fullName, toHex(absent)]];
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
