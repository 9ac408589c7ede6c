import { createHash } from "node:crypto";
import type { Field } from "../schema/index.js";
import type { MessageMapping } from "./mapping.js";

/**
 * Names an entry in stashes: 16 hex digits over the kind and, of each field, full name, number and type. No
 * other change to either contract moves it, so that stashes written before such a change stay readable.
 */
export function entryDigest(kind: string, fields: readonly Field[]): string {
  const told = fields.map(({ fullName, number, type, typeName, cardinality }) =>
    [fullName, number, typeName ?? type, cardinality].join(" "),
  );
  return digest([kind, ...told]);
}

/** Names what one of two messages has no words for. */
export function unsaidDigest({ v3, v4 }: Pick<MessageMapping, "v3" | "v4">): string {
  return digest(["unsaid", v3.fullName, v4.fullName]);
}

function digest(lines: readonly string[]): string {
  return createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 16);
}
