import type { Message } from "../schema/index.js";
import { isDeclaredAbsent } from "./absent.js";
import type { Contract, Conversion, Entry, MessageMapping } from "./mapping.js";
import { nestedIn, withConversions } from "./nested-in.js";
import { isSameNumbers } from "./ranges.js";
import { unsupported } from "./refuse.js";
import { isAny } from "./well-known.js";

/** Two paired messages before it is known whether anything changes in what they reach. */
export interface MessagePair {
  readonly v3: Message;
  readonly v4: Message;
  readonly entries: readonly Entry[];
}

/**
 * Tells the messages whose bytes mean the same on both sides, and turns fields of such messages into copies.
 * A message changes if it does itself or if one that it reaches does: starting from those that do, so that
 * messages which only reach each other stay the same. Payloads of google.protobuf.Any change as soon as a
 * message changes its name.
 */
export function settleIdentity(pairs: readonly MessagePair[]): readonly MessageMapping[] {
  const contracts = new Map(pairs.map((pair) => [keyOf(pair), ownContract(pair)]));
  const renamed = pairs.some(({ v3, v4 }) => v3.fullName !== v4.fullName);
  // What a payload does, the message around it does too.
  const payload = (): Contract => [...contracts.values()].reduce(weaker, "CANON");
  const contractOf = (pair: Pick<MessagePair, "v3" | "v4">): Contract =>
    contracts.get(keyOf(pair)) ?? (isAny(pair.v4) && renamed ? payload() : "BYTES");
  for (let changed = true; changed; ) {
    changed = false;
    for (const pair of pairs) {
      const before = contractOf(pair);
      const after = pair.entries.flatMap(nestedIn).map(contractOf).reduce(weaker, before);
      if (after === before) continue;
      contracts.set(keyOf(pair), after);
      changed = true;
    }
  }
  const settle = (conversion: Conversion) => settleConversion(conversion, contractOf);
  return pairs.map((pair) => {
    const contract = contractOf(pair);
    const entries = pair.entries.map((entry) => settleEntry(entry, settle));
    return { ...pair, identical: contract === "BYTES", contract, entries };
  });
}

function keyOf({ v3, v4 }: Pick<MessagePair, "v3" | "v4">): string {
  return `${v3.fullName} ${v4.fullName}`;
}

function weaker(one: Contract, other: Contract): Contract {
  const order: readonly Contract[] = ["BYTES", "CANON", "MODULO"];
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}

function ownContract(pair: MessagePair): Contract {
  if (pair.entries.some(isModulo)) return "MODULO";
  return isChanged(pair) ? "CANON" : "BYTES";
}

function isModulo(entry: Entry): boolean {
  if (entry.kind === "only") return entry.absent !== undefined;
  return entry.kind === "hook" || (entry.kind === "paired" && !!entry.absent && isDeclaredAbsent(entry));
}

/** In a MessageSet the extensions are no fields of their own on the wire. */
function isChanged({ v3, v4, entries }: MessagePair): boolean {
  if (v4.messageSet) return false;
  return (
    !isSameNumbers(v3.reservedRanges, v4.reservedRanges) ||
    !isSameNumbers(v3.extensionRanges, v4.extensionRanges) ||
    entries.some(
      (entry) =>
        entry.kind !== "paired" ||
        entry.v3.number !== entry.v4.number ||
        isReencoded(entry) ||
        entry.counted ||
        entry.absent !== undefined ||
        !["copy", "nested"].includes(entry.conversion.kind),
    )
  );
}

/** A message in delimited form on one side alone. */
function isReencoded({ v3, v4 }: Entry & { readonly kind: "paired" }): boolean {
  return v3.type !== v4.type;
}

function settleEntry(entry: Entry, settle: (conversion: Conversion) => Conversion): Entry {
  return entry.kind === "paired" && isReencoded(entry) && !entry.counted && entry.absent === undefined
    ? entry
    : withConversions(entry, settle);
}

function settleConversion(
  conversion: Conversion,
  contractOf: (pair: Pick<MessagePair, "v3" | "v4">) => Contract,
): Conversion {
  const settle = (inner: Conversion) => settleConversion(inner, contractOf);
  switch (conversion.kind) {
    case "nested":
      return contractOf(conversion) === "BYTES" ? { kind: "copy" } : conversion;
    case "entry":
      return { ...conversion, key: settle(conversion.key), value: settle(conversion.value) };
    case "wrap":
      return { ...conversion, inner: settle(conversion.inner) };
    default:
      return conversion;
  }
}

/**
 * A MessageSet is carried whole: what it may hold has to be the same on both sides.
 * @throws Proto4Error "mapping-unsupported"
 */
export function checkMessageSet({ v4, entries }: MessageMapping): void {
  if (!v4.messageSet) return;
  for (const entry of entries) {
    const isSame = entry.kind === "only" ? entry.travels : isCopied(entry);
    const field = entry.kind === "only" ? entry.field : entry.kind === "paired" ? entry.v4 : undefined;
    if (isSame || field === undefined) continue;
    throw unsupported(
      field,
      `${v4.fullName} is a MessageSet, which is carried as it is, and what it may hold under ${field.number} changes`,
      "keep the number and the message of the extension",
    );
  }
}

function isCopied(entry: Entry): boolean {
  return entry.kind === "paired" && entry.conversion.kind === "copy" && entry.v3.number === entry.v4.number;
}
