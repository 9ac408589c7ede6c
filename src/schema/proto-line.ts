import type { Field } from "./schema.js";

/** The declaration of a field as its source has it, without options: `map<string, Parcel> parcels = 5`. */
export function protoLine(field: Field): string {
  const name = field.extendee === undefined ? field.name : `(${field.fullName})`;
  return `${labelOf(field)}${typeOf(field)} ${name} = ${field.number}`;
}

function labelOf({ cardinality, file, oneof, type }: Field): string {
  if (cardinality === "repeated") return "repeated ";
  if (file.syntax === "editions") return "";
  if (cardinality === "required") return "required ";
  const spelled = cardinality === "explicit" && oneof === undefined;
  return spelled && (file.syntax === "proto2" || type !== "message") ? "optional " : "";
}

function typeOf({ cardinality, file, parent, type, typeName }: Field): string {
  if (typeName === undefined) return type;
  const entry =
    cardinality === "map" && parent.kind === "message"
      ? parent.messages.find(({ fullName }) => fullName === typeName)
      : undefined;
  if (entry !== undefined) return `map<${entry.fields.map(typeOf).join(", ")}>`;
  const scope = `${file.package}.`;
  return typeName.startsWith(scope) ? typeName.slice(scope.length) : typeName;
}
