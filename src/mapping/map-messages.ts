import { elementsOf, type Message } from "../schema/index.js";
import type { FieldContext } from "./field-context.js";
import type { MessagePair } from "./identity.js";
import { mapMessage } from "./map-message.js";
import { nestedIn } from "./nested-in.js";
import { isAny } from "./well-known.js";

/**
 * Maps paired messages and every pair that their fields reach: those of other packages, and
 * the entry types of maps.
 * @returns in the order of the sources
 */
export function mapMessages(
  roots: readonly Pick<MessagePair, "v3" | "v4">[],
  context: FieldContext,
): readonly MessagePair[] {
  const mapped = new Map<Message, Map<Message, MessagePair>>();
  const queue = [...roots];
  for (let pair = queue.pop(); pair !== undefined; pair = queue.pop()) {
    const { v3, v4 } = pair;
    const pairs = mapped.get(v4) ?? new Map<Message, MessagePair>();
    if (isAny(v4) || pairs.has(v3)) continue;
    const entries = mapMessage(v3, v4, context);
    mapped.set(v4, pairs.set(v3, { v3, v4, entries }));
    queue.push(...entries.flatMap(nestedIn));
  }
  const files = new Set([...mapped.keys()].map(({ file }) => file));
  const inOrder = [...context.pairing.schema.files.values()].filter((file) => files.has(file));
  return inOrder
    .flatMap((file) => [...elementsOf(file)])
    .flatMap((element) => (element.kind === "message" ? [...(mapped.get(element)?.values() ?? [])] : []));
}
