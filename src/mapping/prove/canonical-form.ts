import {
  type DescField,
  type DescMessage,
  fromBinary,
  isMessage,
  type Registry,
  toBinary,
  type UnknownField,
} from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMap, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { AnySchema, FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { stashNumber } from "../../runtime/index.js";
import { WireReader, WireType } from "../../wire/index.js";
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
  /** What a google.protobuf.Any may hold; without it, its payload is bytes. */
  readonly registry?: Registry;
  /**
   * Only what every reader sees: no unknown fields, and no −0 where there is no presence, of which
   * implementations disagree whether it is absent.
   */
  readonly seen?: boolean;
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

/** Maps have no order. */
function sortEntries(map: ReflectMap): void {
  const entries = [...map].sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  for (const [key] of entries) map.delete(key);
  for (const [key, value] of entries) map.set(key, value);
}

/** The payload in its own canonical form, where it is a message that is known and reads as one. */
function settlePayload({ message }: ReflectMessage, options: CanonicalOptions): void {
  if (!isMessage(message, AnySchema)) return;
  const desc = options.registry?.getMessage(message.typeUrl.slice(message.typeUrl.lastIndexOf("/") + 1));
  if (desc === undefined) return;
  try {
    message.value = canonicalBytes(desc, message.value, options);
  } catch {
    // Then it stays the bytes that it is.
  }
}

function settle(message: ReflectMessage, options: CanonicalOptions): void {
  const unknown = (message.getUnknown() ?? []).filter(
    ({ no }) => options.seen !== true && (options.stash === true || no !== stashNumber),
  );
  const told = unknown.filter(({ no }) => !isDefaultUnknown(message, unknown, no, options));
  message.setUnknown(told.sort((one, other) => one.no - other.no));
  settlePayload(message, options);
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    if (field.fieldKind === "map") sortEntries(message.get(field));
    const value: unknown = message.get(field);
    const inner =
      field.fieldKind === "list" || field.fieldKind === "map"
        ? [...(value as Iterable<unknown>)].flat()
        : [value];
    for (const each of inner) if (isReflectMessage(each)) settle(each, options);
    if (isDefault(message, field, options) || isMinusZero(field, value, options)) message.clear(field);
  }
}

/** The last of a number is the one that counts, should somebody know it. */
function isDefaultUnknown(
  { desc }: ReflectMessage,
  unknown: readonly UnknownField[],
  number: number,
  { defaults }: CanonicalOptions,
): boolean {
  const standsFor = defaults?.get(`${desc.typeName}#${number}`);
  const last = unknown.findLast(({ no }) => no === number);
  if (standsFor === undefined || last === undefined) return false;
  const content = last.wireType === WireType.Bytes ? new WireReader(last.data).subarray() : last.data;
  return toHex(content) === standsFor;
}

function isMinusZero({ presence }: DescField, value: unknown, { seen }: CanonicalOptions): boolean {
  return seen === true && presence === FeatureSet_FieldPresence.IMPLICIT && Object.is(value, -0);
}

function isDefault(message: ReflectMessage, field: DescField, { defaults }: CanonicalOptions): boolean {
  const standsFor = defaults?.get(`${field.parent.typeName}.${field.name}`);
  if (standsFor === undefined) return false;
  const encoded = selectFields(toBinary(message.desc, message.message), (number) => number === field.number);
  return toHex(contentOf(encoded)) === standsFor;
}
