import type { Message, Schema } from "../schema/index.js";
import type { FieldsOf } from "./declared-fields.js";
import { isAny } from "./well-known.js";

/** A message and all messages that its fields reach, entry types of maps, groups and extensions included. */
export function reachableMessages(
  schema: Schema,
  roots: readonly Message[],
  fieldsOf: FieldsOf,
): ReadonlySet<Message> {
  const reached = new Set<Message>();
  const queue = [...roots];
  for (let message = queue.pop(); message !== undefined; message = queue.pop()) {
    if (reached.has(message)) continue;
    reached.add(message);
    for (const { typeName } of fieldsOf(message)) {
      const type = typeName === undefined ? undefined : schema.declared.get(typeName);
      if (type?.kind === "message") queue.push(type);
    }
  }
  return reached;
}

/** Tells whether a message is a google.protobuf.Any, or has one somewhere below. */
export function makeReachesAny(schema: Schema, fieldsOf: FieldsOf): (message: Message) => boolean {
  const known = new Map<Message, boolean>();
  return (message) => {
    const answer = known.get(message) ?? [...reachableMessages(schema, [message], fieldsOf)].some(isAny);
    known.set(message, answer);
    return answer;
  };
}
