import type { Message, NumberRange, Schema } from "../schema/index.js";
import type { Change } from "./change.js";
import { diffField } from "./diff-field.js";
import { pair } from "./pair.js";
import { parentBefore } from "./parent-before.js";
import { missingFrom } from "./ranges.js";

/** What changed inside a message that is on both sides. */
export function* diffMessage(
  before: Message,
  after: Message,
  schemaBefore: Schema,
  schemaAfter: Schema,
): Generator<Change> {
  yield* diffReserved(before, after);
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

function* diffReserved(before: Message, after: Message): Generator<Change> {
  for (const range of before.reservedRanges) {
    const freed = missingFrom(range, after.reservedRanges);
    if (freed.length > 0)
      yield { kind: "reserved-removed", before, after, from: formatRange(range), to: "", freed };
  }
  for (const name of before.reservedNames)
    if (!after.reservedNames.includes(name))
      yield { kind: "reserved-removed", before, after, from: `"${name}"`, to: "", freed: [] };
}

/** As the source writes it. */
function formatRange({ start, end }: NumberRange): string {
  if (start === end) return `${start}`;
  return `${start} to ${end === MAX_FIELD_NUMBER ? "max" : end}`;
}

const MAX_FIELD_NUMBER = 536_870_911;
