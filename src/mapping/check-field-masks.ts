import type { Field, Message, Schema } from "../schema/index.js";
import { fieldsOf } from "./fields-of.js";
import type { Entry, Mapping, MessageMapping, MethodMapping } from "./mapping.js";
import { nestedIn } from "./nested-in.js";
import type { Problems } from "./problems.js";
import { unsupported } from "./refuse.js";

/**
 * A FieldMask speaks of fields by name: where a name changes or goes, paths of v3 lead nowhere in v4. Whose names
 * they are is known of a request that has one mask and one message beside it.
 * @see https://google.aip.dev/134
 */
export function checkFieldMasks({ schema, messages, services }: Mapping, problems: Problems): void {
  const byName = new Map(messages.map((message) => [message.v4.fullName, message]));
  for (const method of services.flatMap(({ methods }) => methods))
    problems.attempt(() => checkMethod(method, schema, byName));
}

type Messages = ReadonlyMap<string, MessageMapping>;

function checkMethod({ v4, input }: MethodMapping, schema: Schema, messages: Messages): void {
  const resource = maskedResource(input.v4, schema);
  const gone = resource && findGone(resource, messages, new Set());
  if (gone === undefined) return;
  throw unsupported(
    v4,
    `the request of ${v4.fullName} holds a google.protobuf.FieldMask while ${gone}, so that its paths would lead nowhere`,
    "keep the names of fields that masks can name, or leave the mask out of the request",
  );
}

/** The message that the mask of a request is about. */
function maskedResource(request: string, { declared }: Schema): Message | undefined {
  const message = declared.get(request);
  if (message?.kind !== "message") return undefined;
  const isMask = ({ typeName }: Field) => typeName === "google.protobuf.FieldMask";
  const [resource, ...others] = message.fields.filter(
    (field) => !isMask(field) && declared.get(field.typeName ?? "")?.kind === "message",
  );
  if (message.fields.filter(isMask).length !== 1 || resource === undefined || others.length > 0)
    return undefined;
  return declared.get(resource.typeName!) as Message;
}

/** What becomes of the first v3 field, here or in singular messages below, that is not found by its name. */
function findGone(message: Message, messages: Messages, seen: Set<Message>): string | undefined {
  const mapping = messages.get(message.fullName);
  if (mapping === undefined || seen.has(message)) return undefined;
  seen.add(message);
  for (const entry of mapping.entries) {
    const gone = tellUnnamed(entry) ?? below(entry, messages, seen);
    if (gone !== undefined) return gone;
  }
  return undefined;
}

/** Paths end at lists and maps. */
function below(entry: Entry, messages: Messages, seen: Set<Message>): string | undefined {
  const singular = fieldsOf(entry).v4.every(({ cardinality }) => cardinality === "explicit");
  if (!singular) return undefined;
  for (const { v4 } of nestedIn(entry)) {
    const gone = findGone(v4, messages, seen);
    if (gone !== undefined) return gone;
  }
  return undefined;
}

/** What became of a v3 field whose name v4 does not have. */
function tellUnnamed(entry: Entry): string | undefined {
  const { v3, v4 } = fieldsOf(entry);
  const lost = v3.find(({ name }) => !v4.some((field) => field.name === name));
  if (lost === undefined) return undefined;
  if (v4.length === 0) return `v4 has no ${lost.fullName}`;
  return `${lost.fullName} becomes ${v4.map(({ name }) => name).join(", ")}`;
}
