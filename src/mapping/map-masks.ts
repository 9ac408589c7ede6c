import type { Message } from "../schema/index.js";
import type { MessagePair } from "./identity.js";
import type { Entry, MaskConversion, MaskPath, PairedEntry } from "./mapping.js";
import { type MaskNames, makeMaskNames } from "./mask-names.js";
import { isMask } from "./well-known.js";

/**
 * A FieldMask speaks of fields by name: where a name changes, its paths have to. Whose names they are is known
 * where one message stands beside it whose fields it may name, as AIP-134 has it; a mask called `read_mask` speaks of the
 * answer (AIP-157). What is not known passes as it is, and the entry says so.
 * @see https://google.aip.dev/134
 */
export function mapMasks(pairs: readonly MessagePair[]): readonly MessagePair[] {
  const namesOf = makeMaskNames(pairs);
  const anyChanges = pairs.some((pair) => namesOf(pair) !== undefined);
  if (!anyChanges) return pairs;
  return pairs.map((pair) => {
    if (!pair.v4.fields.some(isMask)) return pair;
    const names = resourceOf(pair);
    const entries = pair.entries.map((entry) =>
      isMaskEntry(entry)
        ? mapMask(entry, names === undefined ? undefined : { names: namesOf(names) })
        : entry,
    );
    return { ...pair, entries };
  });
}

/** @param resource what the mask speaks of, with its names where some change; absent where that is not known */
function mapMask(entry: MaskEntry, resource: { readonly names: MaskNames | undefined } | undefined): Entry {
  if (resource === undefined || entry.v4.name === "read_mask")
    return { ...entry, note: "whose fields it names is not known, so that its paths pass as they are" };
  const { names } = resource;
  if (names === undefined) return entry;
  const note =
    names.untold.length === 0 ? {} : { note: `no path of the other side says ${names.untold.join(", ")}` };
  if (names.messages.length === 0) return { ...entry, ...note };
  const conversion: MaskConversion = { kind: "mask", messages: names.messages };
  return { ...entry, ...note, conversion, loss: isOneToOne(names) ? entry.loss : "LENS" };
}

type MaskEntry = PairedEntry & { readonly conversion: { readonly kind: "copy" } };

function isMaskEntry(entry: Entry): entry is MaskEntry {
  return entry.kind === "paired" && entry.conversion.kind === "copy" && isMask(entry.v3) && isMask(entry.v4);
}

/** The one message beside the mask that both generations have as their own. */
function resourceOf({ v3, v4, entries }: MessagePair): Pick<MessagePair, "v3" | "v4"> | undefined {
  if (v3 === v4 || v4.fields.filter(isMask).length !== 1) return undefined;
  const [resource, ...others] = entries.flatMap(messagesIn);
  return others.length > 0 ? undefined : resource;
}

/** Lists of them are as good: the mask then speaks of each. */
function messagesIn(entry: Entry): readonly Pick<MessagePair, "v3" | "v4">[] {
  const isOwn = entry.kind === "paired" && entry.conversion.kind === "nested";
  if (!isOwn || entry.v4.cardinality === "map") return [];
  const { v3, v4 } = entry.conversion as { readonly v3: Message; readonly v4: Message };
  return v3 === v4 ? [] : [{ v3, v4 }];
}

/** Whether every path that names a field comes back. */
function isOneToOne({ messages, isLossy }: MaskNames): boolean {
  const isUnique = (side: 0 | 1) => (paths: readonly MaskPath[]) =>
    new Set(paths.map((path) => path[side])).size === paths.length;
  return !isLossy && messages.every(isUnique(0)) && messages.every(isUnique(1));
}
