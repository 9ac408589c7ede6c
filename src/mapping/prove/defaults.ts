import type { Mapping } from "../mapping.js";

/** What fields that are absent stand for, by full name: hex digits of the value without tag and length. */
export type Defaults = ReadonlyMap<string, string>;

/** All that a mapping declares: what is equal but for these is equal under the contract MODULO. */
export function defaultsOf({ messages }: Mapping): Defaults {
  const paired = messages.flatMap(({ entries }) =>
    entries.flatMap((entry) => (entry.kind === "paired" && entry.absent !== undefined ? entry : [])),
  );
  return new Map(
    paired.flatMap(({ v3, v4, absent }) => [
      ...(absent?.v3 === undefined ? [] : [[v3.fullName, toHex(absent.v3)] as const]),
      ...(absent?.v4 === undefined ? [] : [[v4.fullName, toHex(absent.v4)] as const]),
    ]),
  );
}

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
