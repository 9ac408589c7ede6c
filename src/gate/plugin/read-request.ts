import { type FileSlice, sliceFile } from "../../image/index.js";
import { WireReader, WireType } from "../../wire/index.js";
import { type OptionValue, readOptionValue } from "./read-option-value.js";

/** `buf.plugin.check.v1.CheckRequest`: what to judge, against what, and how. */
export interface CheckRequest {
  readonly files: readonly FileSlice[];
  /** Empty where buf lints. */
  readonly against: readonly FileSlice[];
  readonly options: ReadonlyMap<string, OptionValue>;
  /** Ids of rules; empty asks for those that are asked by default. */
  readonly rules: readonly string[];
}

/**
 * Reads a `pluginrpc.v1.Request` that holds a CheckRequest. Descriptors stay the bytes that the compiler wrote.
 * @throws WireError when the bytes are malformed
 */
export function readCheckRequest(bytes: Uint8Array): CheckRequest {
  const [files, against]: [FileSlice[], FileSlice[]] = [[], []];
  const options = new Map<string, OptionValue>();
  const rules: string[] = [];
  for (const [number, reader] of fields(requestValue(bytes))) {
    if (number === 1) files.push(readFile(reader.subarray()));
    else if (number === 2) against.push(readFile(reader.subarray()));
    else if (number === 3) options.set(...readOption(reader.subarray()));
    else rules.push(reader.string());
  }
  return { files, against, options, rules };
}

/** The message inside the request's Any. */
function requestValue(bytes: Uint8Array): Uint8Array {
  let any = empty;
  let value = empty;
  for (const [number, reader] of fields(bytes, 1)) if (number === 1) any = reader.subarray();
  for (const [number, reader] of fields(any, 2)) {
    const read = reader.subarray();
    if (number === 2) value = read;
  }
  return value;
}

/** `buf.plugin.descriptor.v1.FileDescriptor` */
function readFile(bytes: Uint8Array): FileSlice {
  const reader = new WireReader(bytes);
  let descriptor = empty;
  let isImport = false;
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === DESCRIPTOR) descriptor = reader.subarray();
    else if (tag === IS_IMPORT) isImport = reader.varint() !== 0;
    else reader.skip(tag);
  }
  return sliceFile(descriptor, isImport);
}

/** `buf.plugin.option.v1.Option` */
function readOption(bytes: Uint8Array): [key: string, value: OptionValue] {
  let [key, value]: [string, OptionValue] = ["", null];
  for (const [number, reader] of fields(bytes, 2)) {
    if (number === 1) key = reader.string();
    else value = readOptionValue(reader.subarray());
  }
  return [key, value];
}

/** The fields with a length up to a number, each to be read before the next; others are passed over. */
function* fields(bytes: Uint8Array, last = 4): Generator<readonly [number: number, reader: WireReader]> {
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const tag = reader.tag();
    if ((tag & 7) === WireType.Bytes && tag >>> 3 <= last) yield [tag >>> 3, reader];
    else reader.skip(tag);
  }
}

const empty: Uint8Array = new Uint8Array();
const DESCRIPTOR = (1 << 3) | 2;
const IS_IMPORT = 2 << 3;
