import type { Field, Schema } from "../schema/index.js";
import { bridgeDefaultOf } from "./bridge-default.js";
import { convertDefault, type DefaultValue, defaultOf } from "./default-value.js";
import { encodeJson } from "./encode-json.js";
import type { FieldContext } from "./field-context.js";
import type { FieldPair } from "./field-pair.js";
import { changesDefault } from "./map-enum.js";
import type { Absent, Conversion } from "./mapping.js";
import { unsupported } from "./refuse.js";

/**
 * What an absent field becomes, where it does not stay absent: what `bridge_default` declares; a default, so
 * that what it means stays the same; and something wherever the other side requires the field.
 * @returns `undefined` where what is absent stays so
 * @throws Proto4Error "mapping-unsupported"
 */
export function absentOf(pair: FieldPair, conversion: Conversion, context: FieldContext): Absent | undefined {
  const { schema } = context.pairing;
  const given = bridgeDefaultOf(pair.v4, schema);
  const up = { from: pair.v3, to: pair.v4, way: "up", conversion } as const;
  const down = { from: pair.v4, to: pair.v3, way: "down", conversion } as const;
  const moved = isMoved(pair, conversion, schema);
  if (moved) checkPresence(pair, context);
  const v3 = given ?? (moved || isOwed(up) ? carried(up, schema) : undefined);
  const v4 = moved || isOwed(down) ? carried(down, schema) : undefined;
  // What is required is never absent.
  const owes = ({ cardinality }: Field, value: Uint8Array | undefined) =>
    moved && cardinality !== "required" && value === undefined;
  if (owes(pair.v3, v3) || owes(pair.v4, v4)) throw movedDefault(pair, context);
  if (v3 === undefined && v4 === undefined) return undefined;
  return { ...(v3 === undefined ? {} : { v3 }), ...(v4 === undefined ? {} : { v4 }) };
}

/** Whether a round trip gives an absent field back only up to a default that is declared. */
export function isDeclaredAbsent({ v3, v4 }: FieldPair): boolean {
  return (
    v4.lifecycle.terms.bridgeDefault !== undefined ||
    v3.defaultValue !== undefined ||
    v4.defaultValue !== undefined
  );
}

interface Way {
  readonly from: Field;
  readonly to: Field;
  readonly way: "up" | "down";
  readonly conversion: Conversion;
}

/** Whether an absent field reads as another value on the other side. */
function isMoved({ v3, v4 }: FieldPair, conversion: Conversion, schema: Schema): boolean {
  if (!isSingular(v3) || !isSingular(v4) || v3.oneof !== undefined || v4.oneof !== undefined) return false;
  if (v3.cardinality === "required" && v4.cardinality === "required") return false;
  const [elder, newer] = [defaultOf(v3, schema), defaultOf(v4, schema)];
  if (elder === undefined || newer === undefined) return false;
  if (!["copy", "number", "enum", "text"].includes(conversion.kind)) return false;
  const there = convertDefault(elder, conversion, v4, "up");
  return there === undefined || !isSame(v4, there, newer, schema);
}

function isSame(field: Field, one: DefaultValue, other: DefaultValue, schema: Schema): boolean {
  if (String(one) === String(other)) return true;
  const [here, there] = [tryEncode(field, one, schema), tryEncode(field, other, schema)];
  return here !== undefined && there !== undefined && Buffer.from(here).equals(there);
}

/** Whether the other side cannot be without the field. */
function isOwed({ from, to }: Way): boolean {
  return to.cardinality === "required" && from.cardinality !== "required";
}

/** What the absent field reads as, and where the other side cannot say that, what its own does. */
function carried({ from, to, way, conversion }: Way, schema: Schema): Uint8Array | undefined {
  if (from.cardinality === "required") return undefined;
  const here = isSingular(from) ? defaultOf(from, schema) : undefined;
  const there = here === undefined ? defaultOf(to, schema) : convertDefault(here, conversion, to, way);
  const own = there ?? (to.cardinality === "required" ? defaultOf(to, schema) : undefined);
  if (own !== undefined) return tryEncode(to, own, schema);
  return to.cardinality === "required" ? new Uint8Array() : undefined;
}

function tryEncode(field: Field, value: DefaultValue, schema: Schema): Uint8Array | undefined {
  try {
    return encodeJson(field, value, schema);
  } catch {
    // The value lies outside of what the type holds.
    return undefined;
  }
}

function isSingular({ cardinality }: Field): boolean {
  return cardinality !== "repeated" && cardinality !== "map";
}

/** With presence on both sides and no default in words, an absent field is absent, and not its enum's zero. */
function checkPresence(pair: FieldPair, context: FieldContext): void {
  const { v3, v4 } = pair;
  if (isDeclaredAbsent(pair)) return;
  if (v3.cardinality === "explicit" && v4.cardinality === "explicit") throw movedDefault(pair, context);
}

function movedDefault({ v3, v4 }: FieldPair, { pairing, enumOf }: FieldContext): Error {
  const [elder, newer] = [v3, v4].map(({ typeName }) => pairing.schema.declared.get(typeName ?? ""));
  const told = v3.defaultValue !== undefined || v4.defaultValue !== undefined;
  if (!told && elder?.kind === "enum" && newer?.kind === "enum") return changesDefault(enumOf(elder, newer));
  return unsupported(
    v4,
    `${v4.fullName} has ${tellDefault(v4)}, ${v3.fullName} has ${tellDefault(v3)}`,
    "keep the default",
  );
}

function tellDefault({ defaultValue }: Field): string {
  return defaultValue === undefined ? "no default" : `the default ${defaultValue}`;
}
