import type { FieldPlan, Shape } from "../runtime/index.js";
import type { Enum, Field, Message, Oneof, Schema } from "../schema/index.js";
import { makeFieldsOf, toldName } from "./declared-fields.js";
import { reachableMessages } from "./reach.js";

/**
 * A field that is carried and not read: where it is, how it stands on the wire, and, as a parser that meets an
 * unknown number in a oneof leaves the oneof as it is, which numbers its closed enum knows there.
 * @param oneof the one whose name tells which fields exclude each other, on both sides
 */
export function carriedField(
  field: Field,
  schema: Schema,
  oneof: Oneof | undefined = field.oneof,
): FieldPlan {
  const { number, type } = field;
  const plan = { number, name: toldName(field), type, ...labelOf(field) };
  return oneof === undefined ? plan : { ...plan, ...closedNumbersOf(field, schema), oneof: oneof.name };
}

/** A field whose value is read, and perhaps written. */
export function readField(field: Field, schema: Schema, oneof?: Oneof): FieldPlan {
  return {
    ...carriedField(field, schema, oneof),
    ...(field.packed ? { packed: true } : {}),
    ...(field.cardinality === "required" ? { required: true } : {}),
    ...(isMessage(field) ? { message: field.typeName! } : {}),
    ...closedNumbersOf(field, schema),
  };
}

/**
 * A field that is converted as text: where it need not be UTF-8, bytes to whoever reads it, and text to whoever
 * writes it, because stubs that hold it as text would lose the rest.
 */
export function textField(field: Field, schema: Schema, oneof?: Oneof): FieldPlan {
  const loose = field.type === "string" && field.features.utf8Validation === "NONE";
  return { ...readField(field, schema, oneof), ...(loose ? { type: "bytes", text: true } : {}) };
}

/**
 * What is needed to read the messages that fields hold, each once, by name.
 * @param converted entry types of maps whose keys or values are converted
 */
export function shapesOf(
  fields: readonly Field[],
  converted: ReadonlySet<string | undefined>,
  schema: Schema,
): readonly Shape[] {
  const fieldsOf = makeFieldsOf(schema);
  const roots = fields.filter(isMessage).map(({ typeName }) => schema.declared.get(typeName!) as Message);
  return [...reachableMessages(schema, roots, fieldsOf)]
    .map((message) => {
      const read = converted.has(message.fullName) ? textField : readField;
      // What a MessageSet holds are no fields of it on the wire.
      if (message.messageSet) return { message: message.fullName, fields: [] };
      return {
        message: message.fullName,
        fields: shapeFields(fieldsOf(message), (each) => read(each, schema)),
      };
    })
    .sort((one, other) => (one.message < other.message ? -1 : 1));
}

function shapeFields(fields: readonly Field[], read: (field: Field) => FieldPlan): readonly FieldPlan[] {
  return fields.toSorted((one, other) => one.number - other.number).map(read);
}

/** The key and value of a map's entry are always written. */
function labelOf({ cardinality, parent }: Field): Pick<FieldPlan, "label"> {
  const inEntry = parent.kind === "message" && parent.mapEntry;
  return cardinality === "required" || cardinality === "explicit" || inEntry ? {} : { label: cardinality };
}

function closedNumbersOf({ type, typeName }: Field, schema: Schema): Pick<FieldPlan, "closed"> {
  if (type !== "enum") return {};
  const { closed, values } = schema.declared.get(typeName!) as Enum;
  return closed ? { closed: [...new Set(values.map(({ number }) => number))] } : {};
}

function isMessage({ type }: Field): boolean {
  return type === "message" || type === "group";
}
