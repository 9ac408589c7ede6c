import type { EntryPlan, FieldPlan } from "./plan.js";

/** The fields of each generation that an entry speaks for. */
export interface EntryFields {
  readonly v3: readonly FieldPlan[];
  readonly v4: readonly FieldPlan[];
}

/** A bridge counts among those of v4; a submessage's own fields count for nothing beside the one that holds it. */
export function fieldsOf(entry: EntryPlan): EntryFields {
  switch (entry.kind) {
    case "renumber":
    case "nested":
    case "convert":
      return { v3: [entry.v3], v4: [entry.v4] };
    case "replaced":
      return { v3: [entry.v3], v4: [entry.v4, entry.bridge] };
    case "oneof":
      return {
        v3: entry.members.flatMap(({ v3 }) => v3 ?? []),
        v4: entry.members.flatMap(({ v4 }) => v4 ?? []),
      };
    case "regroup": {
      const flat = entry.members.map((member) => member.flat);
      return entry.side === "v3" ? { v3: [entry.holder], v4: flat } : { v3: flat, v4: [entry.holder] };
    }
    case "hook":
      return entry;
  }
}
