import type { DescMessage, Message } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/**
 * Paths of the messages in a message that have unknown fields, once for each field number: `addresses[2]`,
 * `parcels["a"]`; empty for the root.
 */
export function unknownPlaces(desc: DescMessage, message: Message): readonly string[] {
  return [...placesIn(reflect(desc, message), "")];
}

function* placesIn(message: ReflectMessage, path: string): Iterable<string> {
  const numbers = new Set(message.getUnknown()?.map(({ no }) => no));
  for (const _ of numbers) yield path;
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    const below = path === "" ? field.name : `${path}.${field.name}`;
    if (field.fieldKind === "message") yield* placesIn(message.get(field), below);
    else if (field.fieldKind === "list" && field.listKind === "message")
      for (const [index, item] of message.get(field).entries()) yield* placesOf(item, `${below}[${index}]`);
    else if (field.fieldKind === "map" && field.mapKind === "message")
      for (const [key, value] of message.get(field))
        yield* placesOf(value, `${below}[${typeof key === "string" ? JSON.stringify(key) : key}]`);
  }
}

function placesOf(value: unknown, path: string): Iterable<string> {
  return placesIn(value as ReflectMessage, path);
}
