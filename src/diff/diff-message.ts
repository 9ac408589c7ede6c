import type { Message, Schema } from "../schema/index.js";
import type { Change } from "./change.js";
import { diffField } from "./diff-field.js";
import { diffReserved } from "./diff-reserved.js";
import { pair } from "./pair.js";
import { parentBefore } from "./parent-before.js";

/** What changed inside a message that is on both sides. */
export function* diffMessage(
  before: Message,
  after: Message,
  schemaBefore: Schema,
  schemaAfter: Schema,
): Generator<Change> {
  for (const freed of diffReserved(before, after))
    yield { kind: "reserved-removed", before, after, ...freed };
  const { removed, added, kept } = pair(before.fields, after.fields, ({ number }) => number);
  for (const field of removed) yield { kind: "field-removed", before: field, parent: after };
  for (const field of added) yield { kind: "field-added", after: field, parent: before };
  for (const [from, to] of kept) yield* diffField(from, to, schemaBefore, schemaAfter);
}

/** A new message and its fields; types inside it are asked for by themselves. */
export function* messageAdded(message: Message, before: Schema): Generator<Change> {
  yield { kind: "message-added", after: message, parent: parentBefore(message.parent, before) };
  for (const field of message.fields) yield { kind: "field-added", after: field, parent: undefined };
}
