import type { Field } from "../schema/index.js";
import { convertValue } from "./convert-value.js";
import type { FieldContext } from "./field-context.js";
import type { FieldPair } from "./field-pair.js";
import { findPlace } from "./find-place.js";
import type { ReplacedEntry } from "./mapping.js";
import { unsupported } from "./refuse.js";

/**
 * The entry of a v4 field that is DEPRECATED and names its replacement, where the replacement is new in v4:
 * what v3 says in the one, v4 is to find in the other.
 * @param isNew whether a field of v4 has no counterpart in v3
 * @returns `undefined` where the field is like any other
 * @throws Proto4Error "mapping-unsupported"
 */
export function mapReplaced(
  pair: FieldPair,
  isNew: (field: Field) => boolean,
  context: FieldContext,
): ReplacedEntry | undefined {
  const { v3, v4: bridge } = pair;
  const { replacedBy } = bridge.lifecycle.terms;
  if (replacedBy === undefined || bridge.lifecycle.state !== "DEPRECATED") return undefined;
  // A submessage that v3 has as well is no news: the two fields live side by side.
  if (findPlace(replacedBy, fieldsAround(bridge), context.pairing.schema) !== undefined) return undefined;
  const replacement = findReplacement(bridge, replacedBy);
  if (!isNew(replacement)) return undefined;
  for (const field of [bridge, replacement]) checkBridgeDefault(field);
  const conversion = convertValue({ v3, v4: replacement }, context);
  const kept = convertValue(pair, context);
  if (conversion === undefined || kept?.kind !== "copy" || ![v3, bridge, replacement].every(isAlone))
    throw unsupported(
      bridge,
      `${bridge.fullName} (${v3.typeName ?? v3.type}) is replaced by ${replacement.name} (${replacement.typeName ?? replacement.type})`,
      "a singular field outside of oneofs, of v3's own type, can be replaced by one that its values turn into; " +
        "without replaced_by the two fields live side by side",
    );
  return { kind: "replaced", v3, v4: replacement, bridge, conversion, loss: "LENS" };
}

function checkBridgeDefault(field: Field): void {
  if (field.lifecycle.terms.bridgeDefault === undefined) return;
  throw unsupported(
    field,
    `${field.fullName} has a bridge_default, and is replaced or replaces another field`,
    "leave it out: where v3 says nothing, neither field is there",
  );
}

function findReplacement(bridge: Field, name: string): Field {
  const found = fieldsAround(bridge).find((field) => field.name === name);
  if (found !== undefined && found !== bridge) return found;
  throw unsupported(
    bridge,
    `${bridge.fullName} is replaced by "${name}", which is no other field of ${bridge.parent.fullName}`,
    "write the name of a field of the same message, or of one in a singular message that v3 does not have",
  );
}

function fieldsAround({ parent }: Field): readonly Field[] {
  return parent.kind === "message" ? parent.fields : [];
}

function isAlone({ cardinality, oneof }: Field): boolean {
  return oneof === undefined && (cardinality === "implicit" || cardinality === "explicit");
}
