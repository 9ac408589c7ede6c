import type { Field } from "../schema/index.js";
import type { Conversion, ReplacedEntry } from "./mapping.js";
import type { FieldPair } from "./pair-fields.js";
import { unsupported } from "./refuse.js";

/**
 * The entry of a v4 field that is DEPRECATED and names its replacement, where the replacement is new in v4:
 * what v3 says in the one, v4 is to find in the other.
 * @param paired fields that have a counterpart in v3
 * @returns `undefined` where the field is like any other
 * @throws Proto4Error "mapping-unsupported"
 */
export function mapReplaced(pair: FieldPair, paired: ReadonlySet<Field>): ReplacedEntry | undefined {
  const { v3, v4: bridge } = pair;
  const { replacedBy } = bridge.lifecycle.terms;
  if (replacedBy === undefined || bridge.lifecycle.state !== "DEPRECATED") return undefined;
  const replacement = findReplacement(bridge, replacedBy);
  if (paired.has(replacement)) return undefined;
  if (!canReplace(v3, bridge, replacement))
    throw unsupported(
      bridge,
      `${bridge.fullName} (${v3.typeName ?? v3.type}) is replaced by ${replacement.name} (${replacement.typeName ?? replacement.type})`,
      "only singular bytes can be replaced by a message, and a scalar by one of its type; " +
        "without replaced_by the two fields live side by side",
    );
  const conversion: Conversion = { kind: v3.type === replacement.type ? "copy" : "blob" };
  return { kind: "replaced", v3, v4: replacement, bridge, conversion, loss: "LENS" };
}

function findReplacement(bridge: Field, name: string): Field {
  const { parent } = bridge;
  const found = parent.kind === "message" ? parent.fields.find((field) => field.name === name) : undefined;
  if (found !== undefined && found !== bridge) return found;
  throw unsupported(
    bridge,
    `${bridge.fullName} is replaced by "${name}", which is no other field of ${parent.fullName}`,
    "write the name of a field of the same message",
  );
}

function canReplace(v3: Field, bridge: Field, replacement: Field): boolean {
  const all = [v3, bridge, replacement];
  if (all.some((field) => field.oneof !== undefined || !isSingular(field))) return false;
  if (v3.type === "bytes" && replacement.type === "message") return true;
  return v3.typeName === undefined && v3.type === replacement.type;
}

function isSingular({ cardinality }: Field): boolean {
  return cardinality === "implicit" || cardinality === "explicit";
}
