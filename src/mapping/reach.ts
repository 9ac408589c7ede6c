import type { Message, Schema } from "../schema/index.js";

/** A message and all messages that its fields reach, entry types of maps and groups included. */
export function reachableMessages(schema: Schema, roots: readonly Message[]): ReadonlySet<Message> {
  const reached = new Set<Message>();
  const queue = [...roots];
  for (let message = queue.pop(); message !== undefined; message = queue.pop()) {
    if (reached.has(message)) continue;
    reached.add(message);
    for (const { typeName } of message.fields) {
      const type = typeName === undefined ? undefined : schema.elements.get(typeName);
      if (type?.kind === "message") queue.push(type);
    }
  }
  return reached;
}
