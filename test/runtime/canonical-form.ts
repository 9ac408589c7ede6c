import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMap, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/** What a stub makes of bytes by decoding and encoding them. */
export function recode(desc: DescMessage, bytes: Uint8Array): Uint8Array {
  return toBinary(desc, fromBinary(desc, bytes));
}

/** The same for all bytes that mean the same, unknown fields included: those in the order of numbers. */
export function canonicalForm(desc: DescMessage, bytes: Uint8Array): string {
  const message = fromBinary(desc, bytes);
  sortUnknown(reflect(desc, message), false);
  return Buffer.from(toBinary(desc, message)).toString("hex");
}

/** As `canonicalForm`, without the stashes, which no comparison is to count. */
export function canonicalFormWithoutStash(desc: DescMessage, bytes: Uint8Array): string {
  const message = fromBinary(desc, bytes);
  sortUnknown(reflect(desc, message), true);
  return Buffer.from(toBinary(desc, message)).toString("hex");
}

function sortUnknown(message: ReflectMessage, strip: boolean): void {
  const unknown = (message.getUnknown() ?? []).filter(({ no }) => !strip || no !== 19404);
  message.setUnknown(unknown.sort((one, other) => one.no - other.no));
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    if (field.fieldKind === "map") sortEntries(message.get(field));
    const value: unknown = message.get(field);
    const inner =
      field.fieldKind === "list" || field.fieldKind === "map"
        ? [...(value as Iterable<unknown>)].flat()
        : [value];
    for (const each of inner) if (isReflectMessage(each)) sortUnknown(each, strip);
  }
}

/** Maps have no order. */
function sortEntries(map: ReflectMap): void {
  const entries = [...map].sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  for (const [key] of entries) map.delete(key);
  for (const [key, value] of entries) map.set(key, value);
}
