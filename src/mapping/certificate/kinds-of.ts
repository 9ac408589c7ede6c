import type { Conversion, Entry } from "../mapping.js";
import type { RowKind } from "./certificate.js";

/** All that is different between the fields of an entry, what weighs most first; `identity` where nothing is. */
export function kindsOf(entry: Entry): readonly RowKind[] {
  switch (entry.kind) {
    case "paired": {
      const { v3, v4, conversion, counted, absent } = entry;
      const kinds: readonly (RowKind | false)[] = [
        kindOf(conversion),
        counted && v3.cardinality !== v4.cardinality && "presence",
        absent !== undefined && "default",
        v3.name !== v4.name && "rename",
        v3.number !== v4.number && "renumber",
      ];
      const told = kinds.filter((kind) => kind !== false);
      return told.length === 0 ? ["identity"] : told;
    }
    case "replaced": {
      const kind = kindOf(entry.conversion);
      return kind === false ? ["replaced"] : ["replaced", kind];
    }
    case "oneof":
    case "regroup":
    case "hook":
    case "only":
      return [entry.kind];
  }
}

function kindOf({ kind }: Conversion): RowKind | false {
  return kind === "copy" ? false : kind;
}
