import type { Shapes } from "./canonical.js";
import type { Fields } from "./field-values.js";
import type { FieldPlan } from "./plan.js";

/** Which fields of a message hold messages, and what is known of those. */
export interface Layout {
  readonly fields: Fields;
  /** Whether it is the entry of a map, or else no level of its own to who reads a path. */
  readonly isEntry: boolean;
  /** @param bytes of the message that has the field, which may tell what is in it */
  inside(field: FieldPlan, bytes: Uint8Array): Layout;
}

/** The layout of what is declared as `fields`, as far down as shapes tell it. */
export function shapeLayout(fields: Fields, shapes: Shapes, isEntry: boolean = false): Layout {
  return {
    fields: messagesAmong([...fields.values()]),
    isEntry,
    inside: ({ message }) => {
      const shape = shapes.get(message ?? "");
      return shape === undefined ? unknown : shapeLayout(shape, shapes);
    },
  };
}

/** A message of which nothing is known but that it is one. */
export const unknown: Layout = { fields: new Map(), isEntry: false, inside: () => unknown };

export function messagesAmong(fields: readonly FieldPlan[]): Fields {
  const messages = fields.filter(({ type }) => type === "message" || type === "group");
  return new Map(messages.map((field) => [field.number, field]));
}
