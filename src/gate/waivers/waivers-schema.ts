import type { JsonSchema } from "../config/json-schema.js";
import { waiversShape } from "./waiver-shape.js";

/** The JSON Schema of proto4.waivers.yaml, for editors: what it refuses, `readWaivers` refuses. */
export function waiversSchema(): JsonSchema & { readonly $schema: string; readonly title: string } {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "proto4.waivers.yaml",
    ...waiversShape.schema,
  };
}
