import { answerPlugin } from "../../../src/gate/index.js";
import { encode, repeated } from "../../../src/gate/plugin/encode.js";
import type { OptionValue } from "../../../src/gate/plugin/read-option-value.js";
import type { FileSlice, Image } from "../../../src/image/index.js";
import { WireReader } from "../../../src/wire/index.js";

/** What buf would send. */
export interface Call {
  readonly before?: Image;
  readonly after: Image;
  readonly options?: Readonly<Record<string, OptionValue>>;
  readonly rules?: readonly string[];
}

/** An annotation, its places by path and numbers. */
export interface Told {
  readonly rule: string;
  readonly message: string;
  readonly at: Place | undefined;
  readonly before: Place | undefined;
}

export interface Place {
  readonly file: string;
  readonly path: readonly number[];
}

/** A serialised `pluginrpc.v1.Request` that asks to Check. */
export function writeRequest({ before = { files: [] }, after, options = {}, rules = [] }: Call): Uint8Array {
  const request = encode(
    ...repeated(1, after.files.map(writeFile)),
    ...repeated(2, before.files.map(writeFile)),
    ...repeated(
      3,
      Object.entries(options).map(([key, value]) => encode([1, key], [2, writeValue(value)])),
    ),
    ...repeated(4, rules),
  );
  return encode([1, encode([1, "type.googleapis.com/buf.plugin.check.v1.CheckRequest"], [2, request])]);
}

function writeFile({ bytes, isImport }: FileSlice): Uint8Array {
  return encode([1, bytes], [2, isImport]);
}

function writeValue(value: OptionValue): Uint8Array {
  if (typeof value === "boolean") return encode([1, value]);
  if (typeof value === "number") return encode([2, value]);
  if (typeof value === "string") return encode([4, value]);
  return value === null ? encode() : encode([6, encode(...repeated(1, value.map(writeValue)))]);
}

/** @returns what stands in the answer: annotations, or why it is refused */
export async function ask(
  request: Uint8Array,
  today = "2026-11-22",
  cwd = ".",
): Promise<{ readonly told: readonly Told[]; readonly refused: string | undefined }> {
  const args = ["check", "--format", "binary"];
  const { stdout, code } = await answerPlugin(args, async () => request, { today, cwd, log: () => {} });
  if (code !== 0) throw new Error(`it ended with ${code}`);
  const answer = read(stdout);
  const [error] = answer.get(2) ?? [];
  const [any] = answer.get(1) ?? [];
  const [response] = (any && read(any).get(2)) ?? [];
  return {
    told: (response === undefined ? [] : (read(response).get(1) ?? [])).map(readTold),
    refused: error && text(read(error).get(2)),
  };
}

function readTold(bytes: Uint8Array): Told {
  const fields = read(bytes);
  return {
    rule: text(fields.get(1)),
    message: text(fields.get(2)),
    at: readPlace(fields.get(3)),
    before: readPlace(fields.get(4)),
  };
}

function readPlace([bytes]: readonly Uint8Array[] = []): Place | undefined {
  if (bytes === undefined) return undefined;
  const fields = read(bytes);
  const reader = new WireReader(fields.get(2)?.[0] ?? new Uint8Array());
  const path: number[] = [];
  while (!reader.done) path.push(reader.varint());
  return { file: text(fields.get(1)), path };
}

/** The fields with a length, by number. */
export function read(bytes: Uint8Array): ReadonlyMap<number, readonly Uint8Array[]> {
  const reader = new WireReader(bytes);
  const fields = new Map<number, Uint8Array[]>();
  while (!reader.done) {
    const tag = reader.tag();
    if ((tag & 7) !== 2) reader.skip(tag);
    else fields.set(tag >>> 3, [...(fields.get(tag >>> 3) ?? []), reader.subarray()]);
  }
  return fields;
}

export function text(bytes: readonly Uint8Array[] = []): string {
  return Buffer.from(bytes[0] ?? []).toString();
}
