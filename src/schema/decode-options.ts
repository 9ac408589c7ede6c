import { WireType } from "../wire/index.js";
import type { DescriptorReader } from "./descriptor-reader.js";

/** A message of options: what each of them is when not set, and where descriptor.proto has it. */
export interface OptionTable<T extends object, Key = keyof T> {
  readonly defaults: T;
  readonly fields: Readonly<Record<number, readonly [key: Key, type: OptionType]>>;
}

/** Enums are numbers; a table is a message. */
type OptionType = "string" | "number" | "bool" | "bytes" | OptionTable<object, PropertyKey>;

/**
 * Reads one message of options; those that the table lacks are passed over.
 * @param before what an earlier part of the same message said
 * @throws WireError
 */
export function decodeOptions<T extends object>(
  reader: DescriptorReader,
  table: OptionTable<T, PropertyKey>,
  before: T | undefined,
): T {
  const end = reader.open();
  let options: Record<PropertyKey, unknown> | undefined;
  while (reader.pos < end) {
    const tag = reader.tag();
    const field = table.fields[tag >>> 3];
    if (field === undefined || (tag & 7) !== wireTypeOf(field[1]) || !isOurs(tag, reader)) {
      reader.skip(tag);
      continue;
    }
    const [key, type] = field;
    options ??= { ...(before ?? table.defaults) } as Record<PropertyKey, unknown>;
    options[key] = readOption(reader, type, options[key]);
  }
  reader.close(end);
  return (options as T | undefined) ?? before ?? table.defaults;
}

/** proto4's numbers may be somebody else's. */
function isOurs(tag: number, { annotated }: DescriptorReader): boolean {
  return annotated || tag < FIRST_OF_PROTO4;
}

const FIRST_OF_PROTO4 = 50400 << 3;

function wireTypeOf(type: OptionType): WireType {
  return type === "number" || type === "bool" ? WireType.Varint : WireType.Bytes;
}

function readOption(reader: DescriptorReader, type: OptionType, before: unknown): unknown {
  if (type === "number") return reader.varint();
  if (type === "bool") return reader.varint() !== 0;
  if (type === "string") return reader.text();
  if (type !== "bytes") return decodeOptions(reader, type, before as object | undefined);
  return reader.joined(before as Uint8Array | undefined);
}
