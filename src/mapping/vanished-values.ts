import type { Enum, EnumValue, Field, Schema } from "../schema/index.js";
import type { FieldContext } from "./field-context.js";
import type { FieldPair } from "./field-pair.js";
import { mapValue } from "./map-of.js";
import { isRetiredValue } from "./pair-values-by-number.js";

/**
 * The values of v3's enum that v4's has neither by name nor by number, and of which nobody said that they ended.
 *
 * Unlike a field that goes they are no error: an open enum carries their numbers, so that they come back, and
 * APIs drop values that were never sent. But who reads v4 meets numbers that it does not know, which is why the field is a
 * PRISM until a word on their end makes that a promise. A closed enum refuses the numbers: that is the conversion's loss.
 */
export function vanishedValues({ v3, v4 }: FieldPair, context: FieldContext): readonly EnumValue[] {
  const { schema, elderOf } = context.pairing;
  const [elder, newer] = [enumIn(v3, schema), enumIn(v4, schema)];
  if (elder === undefined || newer === undefined || newer.closed || elderOf(newer) !== elder) return [];
  const paired = new Set(context.enumOf(elder, newer).values.map((pair) => pair.v3.number));
  const known = new Set(newer.values.map(({ number }) => number));
  return elder.values.filter(
    (value) => !paired.has(value.number) && !known.has(value.number) && !isRetiredValue(value, newer),
  );
}

/** The enum of a field, or of a map's values. */
function enumIn(field: Field, schema: Schema): Enum | undefined {
  const { typeName } = mapValue(field, schema) ?? field;
  const type = schema.declared.get(typeName ?? "");
  return type?.kind === "enum" ? type : undefined;
}
