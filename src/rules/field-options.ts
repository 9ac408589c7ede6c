import { type Features, type Field, fileOf } from "../schema/index.js";

/** The options, but those of proto4, that a field sets itself: they are what it means beyond type, label and number. */
export function fieldOptions(field: Field): readonly string[] {
  return [
    ...jsonNameOption(field),
    ...defaultOption(field),
    ...packedOption(field),
    ...cppOption(field),
    ...jstypeOption(field),
    ...featureOptions(field),
  ];
}

/** Extensions have no JSON name of their own. */
function jsonNameOption({ name, jsonName, extendee }: Field): readonly string[] {
  return extendee !== undefined || jsonName === defaultJsonName(name)
    ? []
    : [`json_name = ${quoted(jsonName)}`];
}

/** @see https://protobuf.dev/programming-guides/json/#field-representation */
function defaultJsonName(name: string): string {
  return name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

/** Descriptors spell numbers, `inf`, `nan` and names of values as sources do, and escape bytes, but not text. */
function defaultOption({ type, defaultValue: declared }: Field): readonly string[] {
  if (declared === undefined) return [];
  if (type === "string") return [`default = ${quoted(declared)}`];
  return [`default = ${type === "bytes" ? `"${declared}"` : declared}`];
}

/** Of JSON's escapes, protobuf knows all. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Editions have a feature in place of the option. */
function packedOption(field: Field): readonly string[] {
  const { cardinality, features, packed, type } = field;
  if (fileOf(field).syntax === "editions" || cardinality !== "repeated" || unpackable.has(type)) return [];
  return packed === (features.repeatedFieldEncoding === "PACKED") ? [] : [`packed = ${packed}`];
}

const unpackable: ReadonlySet<Field["type"]> = new Set(["string", "bytes", "message", "group"]);

function cppOption({ cppStringType, features }: Field): readonly string[] {
  return cppStringType === features.cppStringType ? [] : [`ctype = ${cppStringType}`];
}

function jstypeOption({ jstype }: Field): readonly string[] {
  const name = jstypes[jstype];
  return name === undefined ? [] : [`jstype = ${name}`];
}

/** By their number in google.protobuf.FieldOptions.JSType; the first is the default. */
const jstypes: readonly (string | undefined)[] = [undefined, "JS_STRING", "JS_NUMBER"];

/** Only editions can set features; a field sets those in which it is not as what is around it. */
function featureOptions(field: Field): readonly string[] {
  if (fileOf(field).syntax !== "editions") return [];
  const own: Features = { ...field.features, fieldPresence: presenceOf(field) };
  return optionNames.flatMap(([key, name]) =>
    own[key] === field.parent.features[key] ? [] : [`features.${name} = ${own[key]}`],
  );
}

/** What the cardinality asks for: advice may print a field with another than it has. */
function presenceOf({ cardinality, features }: Field): Features["fieldPresence"] {
  if (cardinality === "required") return "LEGACY_REQUIRED";
  return features.fieldPresence === "LEGACY_REQUIRED" ? "EXPLICIT" : features.fieldPresence;
}

/** Those that a field can have. */
const optionNames = [
  ["fieldPresence", "field_presence"],
  ["repeatedFieldEncoding", "repeated_field_encoding"],
  ["utf8Validation", "utf8_validation"],
  ["messageEncoding", "message_encoding"],
  ["cppStringType", "(pb.cpp).string_type"],
  ["javaUtf8Validation", "(pb.java).utf8_validation"],
] as const satisfies readonly (readonly [keyof Features, string])[];
