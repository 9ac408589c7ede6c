import { below, reportLost } from "../context.js";
import { declaredReader, type EntryReader } from "../entry-reader.js";
import { concat } from "../field-values.js";
import { isReadable } from "../is-readable.js";
import { hash64 } from "../murmur3.js";
import type { ConvertPlan, ElementPlan, FieldPlan } from "../plan.js";
import { textOf } from "../scalar.js";
import type { Call, CarriedParts, Way } from "../side.js";
import type { Item } from "../stash.js";
import { shapeOf } from "./blob.js";
import type { Element, Send } from "./element.js";
import { type Links, linkElement } from "./link-element.js";
import { keyText, type MapEntry, type MapFields, readEntries, writeEntry } from "./map-entry.js";

type EntryElement = ElementPlan & { readonly kind: "entry" };

/**
 * A map whose keys or values change. An entry that does not come back has a stash item of its own, under its
 * key: parsers drop what they do not know of an entry, so that the message around it has to keep it, and an
 * edit to another key must not touch it. A key is never cut: one that the other side cannot say would take
 * the place of another.
 */
export function mapWays(plan: ConvertPlan, element: EntryElement, links: Links): { up: Way; down: Way } {
  const [v3, v4] = [plan.v3, plan.v4].map((field) => mapSide(field, links)) as [MapSide, MapSide];
  const key = linkElement(element.key, v3.key, v4.key, links);
  const value = linkElement(element.value, v3.value, v4.value, links);
  return {
    up: mapWay(v3, v4, turned(key, "up"), value.up),
    down: mapWay(v4, v3, turned(key, "down"), value.down),
  };
}

interface MapSide extends MapFields {
  readonly reader: EntryReader;
}

function mapSide(map: FieldPlan, { shapes }: Links): MapSide {
  const shape = shapeOf(map, shapes);
  return { map, key: shape.get(1)!, value: shape.get(2)!, reader: declaredReader([map], shapes) };
}

/** How keys go there, and back. */
interface KeyWays {
  readonly there: Send;
  readonly back: Send;
}

function turned({ up, down }: Element, way: "up" | "down"): KeyWays {
  return way === "up" ? { there: up, back: down } : { there: down, back: up };
}

function mapWay(from: MapSide, to: MapSide, keys: KeyWays, send: Send): Way {
  const carryParts: NonNullable<Way["carryParts"]> = (held, originals, call) => {
    const entries = readEntries(from, held);
    const restored = restore(from, to, keys, entries, originals, call);
    const bytes: Uint8Array[] = [];
    const items: Omit<Item, "entry">[] = [];
    for (const [name, entry] of entries) {
      const original = restored.byEntry.get(name);
      const carried =
        original === undefined
          ? below(call.context, segmentOf(from, entry), () => carryEntry(from, to, keys, send, entry, call))
          : { bytes: [original], items: [] };
      bytes.push(...carried.bytes);
      items.push(...carried.items);
    }
    return { bytes: concat([...bytes, ...restored.absent]), items };
  };
  return {
    keyed: true,
    carryParts,
    carry: () => {
      throw new Error("a map is carried in parts");
    },
  };
}

interface Parts {
  readonly bytes: readonly Uint8Array[];
  readonly items: CarriedParts["items"];
}

function carryEntry(
  from: MapSide,
  to: MapSide,
  keys: KeyWays,
  send: Send,
  entry: MapEntry,
  call: Call,
): Parts {
  const inner = { ...call, depth: call.depth - 1 };
  const key = exact(keys.there, entry.key, inner);
  const value = key && entry.value && send(entry.value, inner);
  const bytes = key && value ? [writeEntry(to, key, value.value)] : [];
  if (value?.returns && !entry.residue) return { bytes, items: [] };
  const projection = hash64(to.reader.read(concat(bytes), call.depth).bytes);
  return {
    bytes,
    items: [{ projection, fragment: concat(entry.fragments), path: [keyText(from.key, entry.key)] }],
  };
}

/** Originals that are still what they were stashed for: in the place of an entry, or of none. */
interface Restored {
  readonly byEntry: ReadonlyMap<string, Uint8Array>;
  readonly absent: readonly Uint8Array[];
}

function restore(
  from: MapSide,
  to: MapSide,
  keys: KeyWays,
  entries: ReadonlyMap<string, MapEntry>,
  originals: readonly Item[],
  call: Call,
): Restored {
  const byEntry = new Map<string, Uint8Array>();
  const absent = new Map<string, Uint8Array>();
  for (const item of originals) {
    const key = keyOfItem(to, item);
    if (key === undefined) {
      reportLost(call.context, "malformed");
      continue;
    }
    const here = exact(keys.back, key, call);
    const name = here && keyText(from.key, here);
    const present = name === undefined ? undefined : entries.get(name);
    if (item.projection !== projectionOf(from, present, call.depth)) {
      const segment = () => `[${textOf(to.key, key)}]`;
      below(call.context, segment, () => reportLost(call.context, "edited"));
    } else if (present === undefined) absent.set(keyText(to.key, key), item.fragment);
    else byEntry.set(name!, item.fragment);
  }
  return { byEntry, absent: [...absent.values()] };
}

/** The key that an item is for; `undefined` where it holds anything but entries with that key. */
function keyOfItem(side: MapSide, { fragment, path }: Item): Uint8Array | undefined {
  let entries = new Map<string, MapEntry>();
  const read = () => {
    if (side.reader.ownsAll(fragment)) entries = readEntries(side, fragment);
  };
  if (!isReadable(read) || entries.size !== 1 || path?.length !== 1) return undefined;
  return entries.get(path[0]!)?.key;
}

/** The hash of what this side reads under a key. */
function projectionOf(side: MapSide, entry: MapEntry | undefined, depth: number): string {
  const known = entry?.value && writeEntry(side, entry.key, entry.value);
  return hash64(side.reader.read(known ?? new Uint8Array(), depth).bytes);
}

function exact(send: Send, key: Uint8Array, call: Call): Uint8Array | undefined {
  const sent = send(key, call);
  return sent?.returns ? sent.value : undefined;
}

function segmentOf(from: MapSide, { key }: MapEntry): () => string {
  return () => `[${textOf(from.key, key)}]`;
}
