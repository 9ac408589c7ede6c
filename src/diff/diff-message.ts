import type { Message, Schema } from "../schema/index.js";
import type { Change } from "./change.js";
import { diffField } from "./diff-field.js";
import { diffExtensionRanges, diffReserved } from "./diff-reserved.js";
import { diffVisibility } from "./diff-visibility.js";
import { pair } from "./pair.js";
import { parentBefore } from "./parent-before.js";
import { sameField } from "./same-field.js";

/** What changed about a message that is on both sides, but for its fields and oneofs. */
export function* diffMessage(before: Message, after: Message): Generator<Change> {
  for (const freed of diffReserved(before, after))
    yield { kind: "reserved-removed", before, after, ...freed };
  for (const freed of diffExtensionRanges(before, after))
    yield { kind: "extension-range-removed", before, after, ...freed };
  yield* diffVisibility(before, after);
  yield* diffOptions(before, after);
}

/** What changed about its fields and oneofs. */
export function* diffMembers(
  before: Message,
  after: Message,
  schemaBefore: Schema,
  schemaAfter: Schema,
): Generator<Change> {
  yield* diffOneofs(before, after);
  yield* diffRequired(before, after);
  const { removed, added, kept } = pair(before.fields, after.fields, ({ number }) => number);
  for (const field of removed) yield { kind: "field-removed", before: field, parent: after };
  for (const field of added) yield { kind: "field-added", after: field, parent: before };
  for (const [from, to] of kept)
    if (!sameField(from, to)) yield* diffField(from, to, schemaBefore, schemaAfter);
}

/** A new message and its fields; types inside it are asked for by themselves. */
export function* messageAdded(message: Message, before: Schema): Generator<Change> {
  yield { kind: "message-added", after: message, parent: parentBefore(message.parent, before) };
  for (const field of message.fields) yield { kind: "field-added", after: field, parent: undefined };
}

function* diffOptions(before: Message, after: Message): Generator<Change> {
  const [format, formatAfter] = [before.features.jsonFormat, after.features.jsonFormat];
  if (format !== formatAfter)
    yield { kind: "message-json-format-changed", before, after, from: format, to: formatAfter };
  const [none, noneAfter] = [before.noStandardDescriptorAccessor, after.noStandardDescriptorAccessor];
  if (none !== noneAfter)
    yield { kind: "descriptor-accessor-changed", before, after, from: `${none}`, to: `${noneAfter}` };
}

/** The name of a oneof may live on as that which the compiler makes for an `optional` field. */
function* diffOneofs(before: Message, after: Message): Generator<Change> {
  const names = new Set([...after.oneofs.map(({ name }) => name), ...after.syntheticOneofs]);
  for (const oneof of before.oneofs)
    if (!names.has(oneof.name)) yield { kind: "oneof-removed", before: oneof, parent: after };
}

/** Only the label counts: a field of an edition that has the feature instead is not looked for. */
function* diffRequired(before: Message, after: Message): Generator<Change> {
  const required = ({ fields }: Message) => fields.filter(({ requiredLabel }) => requiredLabel);
  const { removed, added } = pair(required(before), required(after), ({ number }) => number);
  for (const field of removed) yield { kind: "required-removed", before: field, parent: after };
  for (const field of added) yield { kind: "required-added", after: field, parent: before };
}
