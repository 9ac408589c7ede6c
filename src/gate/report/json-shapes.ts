import type { JsonSchema } from "../config/json-schema.js";

type Keys = Readonly<Record<string, JsonSchema>>;

/** An object that has all keys of one kind, may have those of another, and no others. */
export function object(required: Keys, optional: Keys = {}, description?: string): JsonSchema {
  return {
    ...(description === undefined ? {} : { description }),
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

export function list(items: JsonSchema, description: string): JsonSchema {
  return { description, type: "array", items };
}

export function text(description: string): JsonSchema {
  return { description, type: "string" };
}

export function oneOf(values: readonly string[], description?: string): JsonSchema {
  return { ...(description === undefined ? {} : { description }), type: "string", enum: values };
}
