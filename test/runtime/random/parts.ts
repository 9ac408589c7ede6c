import type { Entry, MessageMapping } from "../../../src/mapping/index.js";
import type { Field } from "../../../src/schema/index.js";
import type { BothSides } from "./scope.js";

/** Fields of both sides that only make sense together, by number. */
export interface Part extends BothSides<ReadonlySet<number>> {
  /**
   * Whether what the other side cannot see joins what it edits: entries of a map under other keys, and what
   * else a submessage holds.
   */
  readonly joins: boolean;
}

/** The entries of a mapping; those that touch the same oneof are one part. */
export function partsOf({ entries }: MessageMapping): readonly Part[] {
  const parts: { fields: Field[]; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const fields = [...fieldsOn("v3", entry), ...fieldsOn("v4", entry)];
    const oneofs = new Set(fields.flatMap(({ oneof }) => oneof ?? []));
    const mates = parts.filter((part) =>
      part.fields.some(({ oneof }) => oneof !== undefined && oneofs.has(oneof)),
    );
    for (const mate of mates) parts.splice(parts.indexOf(mate), 1);
    parts.push({
      fields: [...fields, ...mates.flatMap((mate) => mate.fields)],
      entries: [entry, ...mates.flatMap((mate) => mate.entries)],
    });
  }
  return parts.map(({ entries }) => ({
    v3: numbersOn("v3", entries),
    v4: numbersOn("v4", entries),
    joins: entries.some(joins),
  }));
}

function fieldsOn(side: "v3" | "v4", entry: Entry): readonly Field[] {
  switch (entry.kind) {
    case "paired":
      return [entry[side]];
    case "replaced":
      return side === "v3" ? [entry.v3] : [entry.v4, entry.bridge];
    case "oneof":
      return entry.members.flatMap((member) => member[side] ?? []);
    case "regroup":
      return entry.side === side ? [entry.holder] : entry.members.map(({ flat }) => flat);
    case "hook":
      return entry[side];
    case "only":
      return entry.side === side ? [entry.field] : [];
  }
}

function numbersOn(side: "v3" | "v4", entries: readonly Entry[]): ReadonlySet<number> {
  return new Set(entries.flatMap((entry) => fieldsOn(side, entry).map(({ number }) => number)));
}

function joins(entry: Entry): boolean {
  return entry.kind === "regroup" || (entry.kind === "paired" && entry.conversion.kind === "entry");
}
