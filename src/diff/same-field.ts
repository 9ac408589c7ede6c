import type { Field } from "../schema/index.js";

/**
 * Whether two fields are surely the same in every aspect that makes a change: then nobody needs to look at
 * them one aspect at a time, which in a comparison of whole images is most fields.
 */
export function sameField(before: Field, after: Field): boolean {
  // An enum's first value may be the default, and it stands elsewhere.
  if (before.type === "enum") return false;
  for (const aspect of aspects) if (before[aspect] !== after[aspect]) return false;
  return before.oneof?.name === after.oneof?.name;
}

/** What is no aspect, because it only tells where a field stands, or is compared by itself. */
type Elsewhere = "kind" | "file" | "path" | "parent" | "oneof" | "lifecycle" | "deprecated";

type Aspect = Exclude<keyof Field, Elsewhere>;

/** A record, so that a new property of fields does not compile until it is here or among the others. */
const allAspects: Readonly<Record<Aspect, true>> = {
  name: true,
  fullName: true,
  number: true,
  type: true,
  typeName: true,
  cardinality: true,
  requiredLabel: true,
  packed: true,
  jstype: true,
  cppStringType: true,
  jsonName: true,
  defaultValue: true,
  extendee: true,
  features: true,
};

const aspects = Object.keys(allAspects) as readonly Aspect[];
