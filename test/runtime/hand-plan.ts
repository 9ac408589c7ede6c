import type { DescField, DescMessage, FileRegistry } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence, FieldDescriptorProto_Type as Type } from "@bufbuild/protobuf/wkt";
import type { FieldPlan, FieldTypePlan, Shape } from "../../src/runtime/index.js";

/** What a plan says of a field as its generation reads it. */
export function fieldPlan(field: DescField): FieldPlan {
  const { number, name, oneof } = field;
  const label = labelOf(field);
  const message = field.fieldKind === "map" ? entryName(field) : field.message?.typeName;
  const closed = field.enum?.open === false ? field.enum.values.map((value) => value.number) : undefined;
  return {
    number,
    name,
    type: typeOf(field),
    ...(label === undefined ? {} : { label }),
    ...(field.fieldKind === "list" && field.packed ? { packed: true } : {}),
    ...(message === undefined ? {} : { message }),
    ...(closed === undefined ? {} : { closed }),
    ...(oneof === undefined ? {} : { oneof: oneof.name }),
  };
}

/** The field of a message, by the name in its source. */
export function planOf(desc: DescMessage, name: string): FieldPlan {
  return fieldPlan(desc.fields.find((field) => field.name === name)!);
}

/** The shapes of messages and of all that they reach, entry types of maps included. */
export function shapesOf(...messages: readonly DescMessage[]): readonly Shape[] {
  const shapes = new Map<string, Shape>();
  const add = (desc: DescMessage): void => {
    if (shapes.has(desc.typeName)) return;
    shapes.set(desc.typeName, { message: desc.typeName, fields: desc.fields.map(fieldPlan) });
    for (const field of desc.fields) {
      if (field.fieldKind === "map") shapes.set(entryName(field), entryShape(field));
      if (field.message) add(field.message);
    }
  };
  messages.forEach(add);
  return [...shapes.values()];
}

export function messageOf(registry: FileRegistry, name: string): DescMessage {
  const found = registry.getMessage(name);
  if (found === undefined) throw new Error(`the fixture lacks ${name}`);
  return found;
}

function typeOf(field: DescField): FieldTypePlan {
  if ("delimitedEncoding" in field && field.delimitedEncoding === true) return "group";
  if (field.fieldKind === "map") return "message";
  return typeNames.get(field.proto.type)!;
}

const typeNames: ReadonlyMap<Type, FieldTypePlan> = new Map(
  Object.entries(Type).flatMap(([name, value]) =>
    typeof value === "number" ? [[value as Type, name.toLowerCase() as FieldTypePlan]] : [],
  ),
);

function labelOf(field: DescField): FieldPlan["label"] {
  if (field.fieldKind === "map") return "map";
  if (field.fieldKind === "list") return "repeated";
  return field.presence === FeatureSet_FieldPresence.IMPLICIT ? "implicit" : undefined;
}

function entryName(field: DescField): string {
  return field.proto.typeName.replace(/^\./, "");
}

function entryShape(field: DescField & { readonly fieldKind: "map" }): Shape {
  const key = { number: 1, name: "key", type: Type[field.mapKey]!.toLowerCase() as FieldTypePlan };
  const closed = field.enum?.open === false ? { closed: field.enum.values.map((value) => value.number) } : {};
  const message = field.message === undefined ? {} : { message: field.message.typeName };
  const type = field.message ? "message" : field.enum ? "enum" : Type[field.scalar!]!.toLowerCase();
  return {
    message: entryName(field),
    fields: [key, { number: 2, name: "value", type: type as FieldTypePlan, ...closed, ...message }],
  };
}
