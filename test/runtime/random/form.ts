import { type DescMessage, fromBinary, toBinary, type UnknownField } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMap, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { WireReader, WireType } from "../../../src/wire/index.js";
import { join, tagged, varintBytes } from "../arbitrary-bytes.js";
import type { RandomCase } from "./random-cases.js";

export interface FormOptions {
  /** Whether unknown fields count; stashes never do. */
  readonly unknown: boolean;
}

/**
 * The same for all bytes that mean the same: unknown fields in the order of numbers, maps in the order of keys,
 * payloads of Any likewise.
 */
export function formOf(
  random: RandomCase,
  desc: DescMessage,
  bytes: Uint8Array,
  options: FormOptions = { unknown: true },
): string {
  return Buffer.from(canonical(random, desc, bytes, options)).toString("hex");
}

/** Whether a stub could have written it: no message in it, payloads included, lacks what it requires. */
export function isComplete(random: RandomCase, desc: DescMessage, bytes: Uint8Array): boolean {
  const message = fromBinary(desc, bytes);
  try {
    toBinary(desc, message);
  } catch {
    return false;
  }
  const payloads = payloadsIn(random, reflect(desc, message));
  return payloads.every((payload) => isComplete(random, payload.desc, payload.bytes));
}

interface Payload {
  readonly desc: DescMessage;
  readonly bytes: Uint8Array;
}

/** Those that can be read. */
function payloadsIn(random: RandomCase, message: ReflectMessage): readonly Payload[] {
  const own = message.desc.typeName === "google.protobuf.Any" ? payloadOf(random, message) : undefined;
  const inner = message.fields
    .filter((field) => message.isSet(field))
    .flatMap((field) => valuesIn(message.get(field)));
  return [...(own === undefined ? [] : [own]), ...inner.flatMap((each) => payloadsIn(random, each))];
}

function valuesIn(value: unknown): readonly ReflectMessage[] {
  if (isReflectMessage(value)) return [value];
  const isMany =
    typeof value === "object" && value !== null && Symbol.iterator in value && !(value instanceof Uint8Array);
  return isMany ? [...(value as Iterable<unknown>)].flat().filter((each) => isReflectMessage(each)) : [];
}

function payloadOf(random: RandomCase, any: ReflectMessage): Payload | undefined {
  const name = String(any.get(any.desc.field.typeUrl!)).split("/").at(-1) ?? "";
  const desc = random.registry.getMessage(name);
  if (desc === undefined || !name.startsWith(`${random.name}.`)) return undefined;
  const bytes = any.get(any.desc.field.value!) as Uint8Array;
  try {
    fromBinary(desc, bytes);
    return { desc, bytes };
  } catch {
    return undefined;
  }
}

function canonical(
  random: RandomCase,
  desc: DescMessage,
  bytes: Uint8Array,
  options: FormOptions,
): Uint8Array {
  const message = fromBinary(desc, bytes);
  settle(random, reflect(desc, message), options);
  return toBinary(desc, message);
}

function settle(random: RandomCase, message: ReflectMessage, options: FormOptions): void {
  const unknown = options.unknown ? (message.getUnknown() ?? []).filter(({ no }) => no !== 19404) : [];
  const settled = unknown.map((field) => settledExtension(random, message, field, options));
  message.setUnknown(settled.sort((one, other) => one.no - other.no));
  if (message.desc.typeName === "google.protobuf.Any") settlePayload(random, message, options);
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    if (field.fieldKind === "map") sortEntries(message.get(field));
    for (const each of valuesIn(message.get(field))) settle(random, each, options);
  }
}

/** The stubs here take extensions for unknown fields. */
function settledExtension(
  random: RandomCase,
  { desc }: ReflectMessage,
  field: UnknownField,
  options: FormOptions,
): UnknownField {
  const extension = random.registry.getExtensionFor(desc, field.no);
  if (extension?.message === undefined) return field;
  const end = tagged(field.no, WireType.EndGroup, new Uint8Array());
  const isGroup = field.wireType === WireType.StartGroup;
  const content = isGroup ? field.data.subarray(0, -end.length) : new WireReader(field.data).subarray();
  const settled = canonical(random, extension.message, content, options);
  const length = varintBytes(BigInt(settled.length));
  return { ...field, data: isGroup ? join([settled, end]) : join([length, settled]) };
}

/** One that cannot be read counts as its bytes. */
function settlePayload(random: RandomCase, any: ReflectMessage, options: FormOptions): void {
  const payload = payloadOf(random, any);
  if (payload !== undefined)
    any.set(any.desc.field.value!, canonical(random, payload.desc, payload.bytes, options));
}

function sortEntries(map: ReflectMap): void {
  const entries = [...map].sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
  for (const [key] of entries) map.delete(key);
  for (const [key, value] of entries) map.set(key, value);
}
