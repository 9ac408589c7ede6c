import type { JsonSchema } from "./json-schema.js";
import { policyShape } from "./policy-shape.js";

/** The JSON Schema of proto4.yaml, for editors: what it refuses, `readPolicy` refuses. */
export function policySchema(): JsonSchema & { readonly $schema: string; readonly title: string } {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "proto4.yaml",
    ...policyShape.schema,
  };
}
