import type { DescField, DescMessage, Message } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { stashNumber } from "./stash.js";
import type { Lost } from "./translator.js";

/**
 * Removes the stashes from a decoded message and from all that it holds, in place.
 * @param number of the field that carries stashes
 * @returns where there was one
 */
export function stripStash(
  schema: DescMessage,
  message: Message,
  number: number = stashNumber,
): readonly Lost[] {
  const lost: Lost[] = [];
  strip(reflect(schema, message), [], number, lost);
  return lost;
}

function strip(message: ReflectMessage, path: readonly string[], number: number, lost: Lost[]): void {
  const unknown = message.getUnknown() ?? [];
  const kept = unknown.filter(({ no }) => no !== number);
  if (kept.length < unknown.length) {
    message.setUnknown(kept);
    lost.push({ path: path.join("."), reason: "stripped" });
  }
  for (const field of message.fields)
    for (const inner of submessages(message, field)) strip(inner, [...path, field.name], number, lost);
}

/** The messages that a field holds. */
export function submessages(message: ReflectMessage, field: DescField): readonly ReflectMessage[] {
  if (!message.isSet(field)) return [];
  if (field.fieldKind === "message") return [message.get(field)];
  if (field.fieldKind === "list" && field.listKind === "message")
    return [...message.get(field)].filter((value) => isReflectMessage(value));
  if (field.fieldKind === "map" && field.mapKind === "message")
    return [...message.get(field).values()].filter((value) => isReflectMessage(value));
  return [];
}
