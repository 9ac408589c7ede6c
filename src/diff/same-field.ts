import type { Field } from "../schema/index.js";

/**
 * Whether two fields are surely the same in every aspect that makes a change: then nobody needs to look at
 * them one aspect at a time, which in a comparison of whole images is most fields.
 */
export function sameField(before: Field, after: Field): boolean {
  return (
    before.name === after.name &&
    before.fullName === after.fullName &&
    before.number === after.number &&
    before.type === after.type &&
    // An enum's first value may be the default, and it stands elsewhere.
    before.type !== "enum" &&
    before.typeName === after.typeName &&
    before.cardinality === after.cardinality &&
    before.requiredLabel === after.requiredLabel &&
    before.packed === after.packed &&
    before.jstype === after.jstype &&
    before.cppStringType === after.cppStringType &&
    before.oneof?.name === after.oneof?.name &&
    before.jsonName === after.jsonName &&
    before.defaultValue === after.defaultValue &&
    before.extendee === after.extendee &&
    before.features === after.features
  );
}
