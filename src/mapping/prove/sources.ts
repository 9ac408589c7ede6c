import type { DescMessage, FileRegistry } from "@bufbuild/protobuf";
import fc from "fast-check";
import type { Field, Message } from "../../schema/index.js";
import { WireType } from "../../wire/index.js";
import type { Conversion, Mapping, MessageMapping } from "../mapping.js";
import { includes } from "../ranges.js";
import { arbitraryBytes, type BytesOptions, join, tagged, unknownField } from "./arbitrary-bytes.js";
import { recode } from "./canonical-form.js";

type Bytes = fc.Arbitrary<Uint8Array>;

/** Generators of the messages of a side. */
export type SourceOf = (desc: DescMessage, side: "v3" | "v4") => Bytes;

/** With unknown fields, and with messages where bytes, or a google.protobuf.Any, are to hold one. */
export function makeSources(mapping: Mapping, registry: FileRegistry): SourceOf {
  const pairs = mapping.messages.filter(({ v4 }) => !v4.mapEntry && !v4.messageSet);
  const unknown = Object.fromEntries(
    pairs.flatMap(({ v3, v4 }) => [...unknownOf(v3, v4), ...unknownOf(v4, v3)]),
  );
  const values = Object.fromEntries(
    pairs.flatMap(({ entries }) => entries.flatMap((entry) => blobs(entry, registry))),
  );
  const optionsOf = (side: "v3" | "v4"): BytesOptions => {
    const payloads = pairs.slice(0, 8).flatMap((pair) => registry.getMessage(pair[side].fullName) ?? []);
    return {
      unknown,
      values,
      made: new Map(),
      messages: { "google.protobuf.Any": anyOf(payloads, { unknown, values }) },
    };
  };
  const options = { v3: optionsOf("v3"), v4: optionsOf("v4") };
  return (desc, side) =>
    arbitraryBytes(desc, { ...options[side], length: Math.min(20 + desc.fields.length, 60) });
}

function unknownOf(here: Message, there: Message): readonly (readonly [string, Bytes])[] {
  const numbers = strangers(here, there);
  return numbers.length === 0 ? [] : [[here.fullName, unknownField(...numbers)]];
}

/** Payloads of the side's own types, of one that nobody knows, and nothing. */
function anyOf(payloads: readonly DescMessage[], options: BytesOptions): Bytes {
  // Both fields always: of two that merge, the last one counts as a whole.
  const pack = (name: string, value: Uint8Array) =>
    join([
      tagged(1, WireType.Bytes, new TextEncoder().encode(`type.googleapis.com/${name}`)),
      tagged(2, WireType.Bytes, value),
    ]);
  return fc.oneof(
    fc.constant(new Uint8Array()),
    fc.uint8Array({ maxLength: 8 }).map((value) => pack("nobody.knows.It", value)),
    ...payloads.map((desc) =>
      arbitraryBytes(desc, { ...options, depth: 1, length: 5 }).map((value) => pack(desc.typeName, value)),
    ),
  );
}

/** Numbers that `here` does not declare and `there` does, or reserves; and some that neither knows. */
function strangers(here: Message, there: Message): readonly number[] {
  const candidates = [
    ...there.fields.map(({ number }) => number),
    ...there.reservedRanges.map(({ start }) => start),
    highest(here, there) + 1,
    highest(here, there) + 1000,
  ];
  return candidates.filter(
    (number) =>
      !here.fieldByNumber.has(number) &&
      !includes(here.extensionRanges, number) &&
      !includes(there.extensionRanges, number) &&
      !includes(implementation, number),
  );
}

function highest(...messages: readonly Message[]): number {
  return Math.max(0, ...messages.flatMap(({ fields }) => fields.map(({ number }) => number)));
}

/** What no source can declare, the stash's number among them. */
const implementation = [{ start: 19_000, end: 19_999 }];

/** Bytes fields that become a message: what they hold is one, as a stub or as nobody would write it, or anything. */
function blobs(
  entry: MessageMapping["entries"][number],
  registry: FileRegistry,
): readonly (readonly [string, Bytes])[] {
  if (entry.kind !== "paired" && entry.kind !== "replaced") return [];
  if (!isBlob(entry.conversion)) return [];
  const { v3, v4 } = entry;
  const [bytes, message] = v3.type === "bytes" ? [v3, v4] : [v4, v3];
  const desc = registry.getMessage(message.typeName ?? "");
  if (desc === undefined) return [];
  const written = arbitraryBytes(desc, { depth: 2 });
  const any = fc.oneof(
    written,
    written.map((each) => recode(desc, each)),
    fc.uint8Array({ maxLength: 8 }),
  );
  const bridge: readonly Field[] = entry.kind === "replaced" ? [entry.bridge] : [];
  return [bytes, ...bridge].map((field) => [field.fullName, any] as const);
}

function isBlob({ kind }: Conversion): boolean {
  return kind === "blob";
}
