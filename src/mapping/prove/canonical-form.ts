import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { stashNumber } from "../../runtime/index.js";
import { type Defaults, toHex } from "./defaults.js";
import { contentOf, selectFields } from "./select-fields.js";

/** What a stub makes of bytes by decoding and encoding them. */
export function recode(desc: DescMessage, bytes: Uint8Array): Uint8Array {
  return toBinary(desc, fromBinary(desc, bytes));
}

/** The same for all bytes that mean the same, unknown fields included: those in the order of numbers. */
export function canonicalForm(desc: DescMessage, bytes: Uint8Array): string {
  return toHex(canonicalBytes(desc, bytes, { stash: true }));
}

/** As `canonicalForm`, without the stashes, which no comparison is to count. */
export function canonicalFormWithoutStash(desc: DescMessage, bytes: Uint8Array): string {
  return toHex(canonicalBytes(desc, bytes));
}

interface CanonicalOptions {
  /** Whether stashes are kept. */
  readonly stash?: boolean;
  /** Fields with these values count as absent. */
  readonly defaults?: Defaults;
}

/** The one form of all bytes that mean the same. */
export function canonicalBytes(
  desc: DescMessage,
  bytes: Uint8Array,
  options: CanonicalOptions = {},
): Uint8Array {
  const message = fromBinary(desc, bytes);
  settle(reflect(desc, message), options);
  return toBinary(desc, message);
}

function settle(message: ReflectMessage, options: CanonicalOptions): void {
  const unknown = (message.getUnknown() ?? []).filter(
    ({ no }) => options.stash === true || no !== stashNumber,
  );
  message.setUnknown(unknown.sort((one, other) => one.no - other.no));
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    const value: unknown = message.get(field);
    const inner =
      field.fieldKind === "list" || field.fieldKind === "map"
        ? [...(value as Iterable<unknown>)].flat()
        : [value];
    for (const each of inner) if (isReflectMessage(each)) settle(each, options);
    const standsFor = options.defaults?.get(`${field.parent.typeName}.${field.name}`);
    if (standsFor === undefined) continue;
    const encoded = selectFields(
      toBinary(message.desc, message.message),
      (number) => number === field.number,
    );
    if (toHex(contentOf(encoded)) === standsFor) message.clear(field);
  }
}
