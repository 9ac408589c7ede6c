import { elementsOf, type Message } from "../schema/index.js";
import type { MessagePair } from "./identity.js";
import type { FieldContext } from "./map-field.js";
import { mapMessage } from "./map-message.js";

/**
 * Maps paired messages and every pair that their fields reach: those of other packages, and
 * the entry types of maps.
 * @returns in the order of the sources
 */
export function mapMessages(
  roots: readonly Pick<MessagePair, "v3" | "v4">[],
  context: FieldContext,
): readonly MessagePair[] {
  const mapped = new Map<Message, MessagePair>();
  const queue = [...roots];
  for (let pair = queue.pop(); pair !== undefined; pair = queue.pop()) {
    const { v3, v4 } = pair;
    if (mapped.has(v4)) continue;
    const entries = mapMessage(v3, v4, context);
    mapped.set(v4, { v3, v4, entries });
    for (const entry of entries)
      if (entry.kind === "paired" && entry.conversion.kind === "nested") queue.push(entry.conversion);
  }
  const inOrder = [...context.pairing.schema.files.values()].flatMap((file) => [...elementsOf(file)]);
  return inOrder.flatMap((element) => (element.kind === "message" && mapped.get(element)) || []);
}
