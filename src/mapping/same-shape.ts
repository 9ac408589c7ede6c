import type { Field } from "../schema/index.js";
import type { Pairing } from "./pairing.js";

/** Whether the two read the same bytes alike, as far as their types tell. */
export function isSameShape(pairing: Pairing, v3: Field, v4: Field): boolean {
  if (v3.type !== v4.type || v3.cardinality !== v4.cardinality) return false;
  if (v3.typeName === undefined || v3.typeName === v4.typeName) return true;
  const [type3, type4] = [v3.typeName, v4.typeName ?? ""].map((name) => pairing.schema.declared.get(name));
  if (type4?.kind === "enum") return pairing.elderOf(type4) === type3;
  if (type3?.kind !== "message" || type4?.kind !== "message") return false;
  if (v4.cardinality !== "map") return pairing.elderOf(type4) === type3;
  return [1, 2].every((number) =>
    isSameShape(pairing, type3.fieldByNumber.get(number)!, type4.fieldByNumber.get(number)!),
  );
}
