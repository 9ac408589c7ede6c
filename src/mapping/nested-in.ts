import type { Conversion, Entry, NestedConversion } from "./mapping.js";

/** The conversions of an entry, one for each pair of fields. */
function conversionsOf(entry: Entry): readonly Conversion[] {
  switch (entry.kind) {
    case "paired":
    case "replaced":
      return [entry.conversion];
    case "oneof":
    case "regroup":
      return entry.members.map(({ conversion }) => conversion);
    case "hook":
    case "only":
      return [];
  }
}

/** The pairs of messages that an entry carries over inside. */
export function nestedIn(entry: Entry): readonly NestedConversion[] {
  return conversionsOf(entry).flatMap(nested);
}

function nested(conversion: Conversion): readonly NestedConversion[] {
  switch (conversion.kind) {
    case "nested":
      return [conversion];
    case "entry":
      return [...nested(conversion.key), ...nested(conversion.value)];
    case "wrap":
      return nested(conversion.inner);
    default:
      return [];
  }
}

/** An entry with another conversion in place of each. */
export function withConversions(entry: Entry, change: (conversion: Conversion) => Conversion): Entry {
  switch (entry.kind) {
    case "paired":
    case "replaced":
      return { ...entry, conversion: change(entry.conversion) };
    case "oneof":
      return { ...entry, members: entry.members.map((member) => changed(member, change)) };
    case "regroup":
      return { ...entry, members: entry.members.map((member) => changed(member, change)) };
    case "hook":
    case "only":
      return entry;
  }
}

function changed<M extends { readonly conversion: Conversion }>(
  member: M,
  change: (conversion: Conversion) => Conversion,
): M {
  return { ...member, conversion: change(member.conversion) };
}
