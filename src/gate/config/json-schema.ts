/**
 * A JSON Schema, in the few of its words that are needed here.
 * @see https://json-schema.org/draft/2020-12
 */
export interface JsonSchema {
  readonly description?: string;
  readonly type: JsonType | readonly JsonType[];
  readonly enum?: readonly (string | null)[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly oneOf?: readonly JsonSchema[];
}

export type JsonType = "string" | "array" | "object" | "null" | "integer" | "boolean";
