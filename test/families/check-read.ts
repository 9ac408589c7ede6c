import { type DescField, type DescMessage, type Message, toBinary } from "@bufbuild/protobuf";
import { isReflectList, isReflectMap, isReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import type { Entry, PairedEntry } from "../../src/mapping/index.js";

/** A message as a stub holds it. */
export interface Held {
  readonly desc: DescMessage;
  readonly message: Message;
}

/**
 * Bytes that nobody touches come back as they were whatever the other side reads in them: so it has to read in each
 * field what this side wrote, wherever the values of both are of one type.
 * @throws Error that names the field
 */
export function checkRead(entries: readonly Entry[], sent: Held, arrived: Held): void {
  const [here, there] = [reflect(sent.desc, sent.message), reflect(arrived.desc, arrived.message)];
  for (const { v3, v4 } of entries.filter(isCopied)) {
    const isUp = v3.parent.fullName === sent.desc.typeName;
    const [from, to] = [fieldOf(sent, isUp ? v3 : v4), fieldOf(arrived, isUp ? v4 : v3)];
    const [written, read] = [tell(here.get(from)), tell(there.get(to))];
    if (written === read && here.isSet(from) === there.isSet(to)) continue;
    throw new Error(`${to.toString()} is read as ${read}, not as ${written}`);
  }
}

function isCopied(entry: Entry): entry is PairedEntry {
  return entry.kind === "paired" && !entry.counted && entry.conversion.kind === "copy";
}

function fieldOf({ desc }: Held, { number }: { readonly number: number }): DescField {
  return desc.fields.find((field) => field.number === number)!;
}

function tell(value: unknown): string {
  if (isReflectMessage(value)) return hex(toBinary(value.desc, value.message));
  if (isReflectList(value)) return `[${[...value].map(tell)}]`;
  if (isReflectMap(value)) return `{${[...value].map(([key, item]) => `${key}: ${tell(item)}`)}}`;
  return value instanceof Uint8Array ? hex(value) : String(value);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
