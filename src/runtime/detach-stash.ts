import { type DescField, type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { makeTag, type WireType, WireWriter } from "../wire/index.js";
import { type EnvelopeItem, writeEnvelope } from "./envelope.js";
import { hash64 } from "./murmur3.js";

/** A message and what went out of it. */
export interface Detached {
  /** The message without unknown fields. */
  readonly value: Uint8Array;
  /** A `proto4.Envelope`; empty where there was nothing to take. */
  readonly stash: Uint8Array;
}

/**
 * Takes out of a message what only unknown fields carry: stashes, and fields that the stub's generation does not
 * know. So it can go beside a form that has no unknown fields, such as JSON.
 * @param schema the stub of the message
 */
export function detachStash(schema: DescMessage, bytes: Uint8Array): Detached {
  const message = fromBinary(schema, bytes);
  const stash = detachFrom(schema, message);
  return { value: toBinary(schema, message), stash };
}

/** As `detachStash`, from a decoded message in place. @returns the Envelope */
export function detachFrom(schema: DescMessage, message: Message): Uint8Array {
  const items: EnvelopeItem[] = [];
  detach(reflect(schema, message), [], undefined, items);
  return writeEnvelope(items);
}

/** @param element the hash of the element of the outermost list that it is in: an index alone may point elsewhere */
function detach(
  message: ReflectMessage,
  path: readonly string[],
  element: string | undefined,
  items: EnvelopeItem[],
): void {
  const unknown = message.getUnknown() ?? [];
  if (unknown.length > 0) {
    const out = new WireWriter();
    for (const { no, wireType, data } of unknown) {
      out.varint(makeTag(no, wireType as WireType));
      out.raw(data);
    }
    items.push({ path, entry: typeHash(message.desc), projection: element, fragment: out.finish() });
    message.setUnknown([]);
  }
  for (const field of message.fields)
    for (const [steps, inside] of insideOf(message, field)) {
      const hash = element ?? (field.fieldKind === "list" ? elementHash(inside) : undefined);
      detach(inside, [...path, ...steps], hash, items);
    }
}

/** The messages that a field holds, by name of the field and index or key. */
function insideOf(
  message: ReflectMessage,
  field: DescField,
): readonly (readonly [steps: readonly string[], inside: ReflectMessage])[] {
  if (!message.isSet(field)) return [];
  if (field.fieldKind === "message") return [[[field.name], message.get(field)]];
  if (field.fieldKind !== "list" && field.fieldKind !== "map") return [];
  const entries =
    field.fieldKind === "list" ? [...message.get(field)].entries() : message.get(field).entries();
  return [...entries].flatMap(([key, value]) =>
    isReflectMessage(value) ? [[[field.name, String(key)], value] as const] : [],
  );
}

/** Of a message as its stub reads it, so that it can be told whether it is the same when it comes back. */
export function elementHash({ desc, message }: ReflectMessage): string {
  return hash64(toBinary(desc, message, { writeUnknownFields: false }));
}

export function typeHash({ typeName }: DescMessage): string {
  return hash64(new TextEncoder().encode(typeName));
}
