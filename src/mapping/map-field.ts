import type { Enum, Field, Message } from "../schema/index.js";
import type { Conversion, EnumMapping } from "./mapping.js";
import type { FieldPair } from "./pair-fields.js";
import type { Pairing } from "./pairing.js";
import { mapOf, unsupported } from "./refuse.js";

/** What mapping one field needs to know of the rest. */
export interface FieldContext {
  readonly pairing: Pairing;
  /** The mapping of two paired enums. */
  enumOf(v3: Enum, v4: Enum): EnumMapping;
}

/**
 * How the value of a field becomes that of the field it is paired with.
 * @returns "nested" for every pair of different messages, whether or not anything changes in them
 * @throws Proto4Error "mapping-unsupported" for all that this version does not translate
 */
export function mapField(pair: FieldPair, context: FieldContext): Conversion {
  const { v3, v4 } = pair;
  checkPresence(pair);
  checkText(pair);
  if (isWidening(pair)) return inEntry(pair, { kind: "number" });
  if (v3.type !== v4.type) throw changesType(pair);
  if (v3.type === "enum") return inEntry(pair, mapEnumField(pair, context));
  if (v3.typeName === undefined || v3.typeName === v4.typeName) return copy;
  const { elements } = context.pairing.schema;
  const [inner3, inner4] = [elements.get(v3.typeName) as Message, elements.get(v4.typeName!) as Message];
  if (v4.cardinality !== "map" && context.pairing.elderOf(inner4) !== inner3) throw changesType(pair);
  return { kind: "nested", v3: inner3, v4: inner4 };
}

/** Whether the two read the same bytes alike, as far as their types tell. */
export function isSameShape(pairing: Pairing, v3: Field, v4: Field): boolean {
  if (v3.type !== v4.type || v3.cardinality !== v4.cardinality) return false;
  if (v3.typeName === undefined || v3.typeName === v4.typeName) return true;
  const [type3, type4] = [v3.typeName, v4.typeName ?? ""].map((name) => pairing.schema.elements.get(name));
  if (type4?.kind === "enum") return pairing.elderOf(type4) === type3;
  if (type3?.kind !== "message" || type4?.kind !== "message") return false;
  if (v4.cardinality !== "map") return pairing.elderOf(type4) === type3;
  return [1, 2].every((number) =>
    isSameShape(pairing, type3.fieldByNumber.get(number)!, type4.fieldByNumber.get(number)!),
  );
}

const copy: Conversion = { kind: "copy" };

function isWidening({ v3, v4 }: FieldPair): boolean {
  return (v3.type === "int32" && v4.type === "int64") || (v3.type === "uint32" && v4.type === "uint64");
}

function mapEnumField({ v3, v4 }: FieldPair, { pairing, enumOf }: FieldContext): Conversion {
  if (v3.typeName === v4.typeName) return copy;
  const [enum3, enum4] = [v3.typeName, v4.typeName].map((name) => pairing.schema.elements.get(name!)) as [
    Enum,
    Enum,
  ];
  if (pairing.elderOf(enum4) !== enum3) throw changesType({ v3, v4 });
  if (enum3.closed !== enum4.closed)
    throw unsupported(
      v4,
      `${v4.fullName} is of ${tellClosed(enum4)} enum, ${v3.fullName} of ${tellClosed(enum3)} one`,
      "keep (features.enum_type), or the syntax, as the elder generation has it",
    );
  const { renumbered } = enumOf(enum3, enum4);
  if (renumbered.length === 0 && isSameSet({ v3, v4 }, enum3, enum4)) return copy;
  // Where one side reads a member and the other an unknown field, they would find different members set.
  if (enum4.closed && v4.oneof !== undefined)
    throw unsupported(
      v4,
      `${v4.fullName} is in a oneof, and ${enum4.fullName} is closed and has other numbers than ${enum3.fullName}`,
      "keep its numbers, or the field out of the oneof",
    );
  return { kind: "enum", values: renumbered };
}

/**
 * A number that a closed enum lacks becomes an unknown field in the hands of its parser, and some lose it on
 * the way. In a map it is the whole entry that does, which is left to the parser.
 */
function isSameSet({ v4 }: FieldPair, enum3: Enum, enum4: Enum): boolean {
  if (!enum4.closed || mapOf(v4) !== undefined) return true;
  const [numbers3, numbers4] = [enum3, enum4].map(
    ({ values }) => new Set(values.map(({ number }) => number)),
  );
  return numbers3!.size === numbers4!.size && [...numbers3!].every((number) => numbers4!.has(number));
}

/** The entries of a map have nowhere to put what does not fit. */
function inEntry(pair: FieldPair, conversion: Conversion): Conversion {
  if (conversion.kind !== "copy" && mapOf(pair.v4) !== undefined) throw changesType(pair);
  return conversion;
}

function checkPresence({ v3, v4 }: FieldPair): void {
  if (v3.cardinality !== v4.cardinality)
    throw unsupported(
      v4,
      `${v4.fullName} is ${words[v4.cardinality]}, ${v3.fullName} is ${words[v3.cardinality]}`,
      `make it ${words[v3.cardinality]} here too, or begin a new field and declare ${v3.name} DEPRECATED`,
    );
  if (v3.defaultValue !== v4.defaultValue)
    throw unsupported(
      v4,
      `${v4.fullName} has ${tellDefault(v4)}, ${v3.fullName} has ${tellDefault(v3)}`,
      "keep the default",
    );
}

function checkText({ v3, v4 }: FieldPair): void {
  if (v3.type !== "string" || v4.type !== "string") return;
  if (v3.features.utf8Validation === v4.features.utf8Validation) return;
  throw unsupported(
    v4,
    `only one of ${v3.fullName} and ${v4.fullName} has to be valid UTF-8`,
    "keep (features.utf8_validation), or the syntax, as the elder generation has it",
  );
}

function changesType({ v3, v4 }: FieldPair): Error {
  const map = mapOf(v4);
  if (map !== undefined)
    return unsupported(
      v4,
      `the ${v4.name} of the map ${map.fullName} changes its type`,
      "keep the types of keys and scalar values, or make the value a message and change it inside",
    );
  return unsupported(
    v4,
    `${v4.fullName} is ${describe(v4)}, ${v3.fullName} is ${describe(v3)}`,
    `keep the type, or begin a new field under another name and number and declare ${v3.name} DEPRECATED`,
  );
}

function describe({ type, typeName }: Field): string {
  return typeName ?? type;
}

function tellClosed({ closed }: Enum): string {
  return closed ? "a closed" : "an open";
}

function tellDefault({ defaultValue }: Field): string {
  return defaultValue === undefined ? "no default" : `the default ${defaultValue}`;
}

const words: Readonly<Record<Field["cardinality"], string>> = {
  implicit: "singular without presence",
  explicit: "optional",
  required: "required",
  repeated: "repeated",
  map: "a map",
};
