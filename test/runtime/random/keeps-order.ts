import type { Conversion, Entry, MessageMapping } from "../../../src/mapping/index.js";
import type { RandomCase } from "./random-cases.js";

/**
 * Whether translating a message does not depend on the order on the wire: no oneof in it takes the last of
 * several fields, and no message becomes the very bytes that it came in.
 */
export function keepsOrder({ mapping }: RandomCase, v3: string): boolean {
  const reached = new Set<MessageMapping>();
  const reach = (name: string) => {
    const found = mapping.messages.find((message) => message.v3.fullName === name);
    if (found === undefined || reached.has(found)) return;
    reached.add(found);
    for (const conversion of found.entries.flatMap(conversionsIn))
      if (conversion.kind === "nested") reach(conversion.v3.fullName);
  };
  reach(v3);
  const entries = [...reached].flatMap((message) => message.entries);
  return !entries.some(({ kind }) => kind === "oneof") && entries.flatMap(conversionsIn).every(isOrderly);
}

/** A payload may be any message. */
function isOrderly(conversion: Conversion): boolean {
  if (conversion.kind === "nested") return conversion.v4.fullName !== "google.protobuf.Any";
  return conversion.kind !== "blob";
}

function conversionsIn(entry: Entry): readonly Conversion[] {
  switch (entry.kind) {
    case "paired":
    case "replaced":
      return inside(entry.conversion);
    case "oneof":
    case "regroup":
      return entry.members.flatMap(({ conversion }) => inside(conversion));
    default:
      return [];
  }
}

function inside(conversion: Conversion): readonly Conversion[] {
  if (conversion.kind === "wrap") return [conversion, ...inside(conversion.inner)];
  if (conversion.kind === "entry") return [...inside(conversion.key), ...inside(conversion.value)];
  return [conversion];
}
