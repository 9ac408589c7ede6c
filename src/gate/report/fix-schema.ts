import type { Fix } from "../../rules/index.js";
import type { JsonSchema } from "../config/json-schema.js";
import { list, object, oneOf, text } from "./json-shapes.js";

/** A fix as JSON has it: one of four kinds, told apart by `kind`. */
export const fixSchema: JsonSchema = { type: "object", oneOf: kinds() };

function kinds(): readonly JsonSchema[] {
  return [
    kind("reserve", {
      numbers: list(object({ start: { type: "integer" }, end: { type: "integer" } }), "Ranges of numbers."),
      names: list({ type: "string" }, "Names."),
    }),
    kind("insert", {
      statement: text("What to write, comments included, without indentation."),
      after: list({ type: "string" }, "Siblings that stood before it, the nearest last."),
    }),
    kind("replace", {
      part: oneOf(["type", "name", "number", "input", "output", "statement"]),
      text: text("What to write in its place."),
    }),
    kind("option", {
      name: text("As it is written, such as (proto4.field_lifecycle)."),
      value: { description: "As it is written; null takes the option away.", type: ["string", "null"] },
    }),
  ];
}

function kind(name: Fix["kind"], own: Readonly<Record<string, JsonSchema>>): JsonSchema {
  return object({
    kind: oneOf([name]),
    path: text("The file to edit, as imports spell it."),
    symbol: text("Full name of the element to edit; a file's is its path."),
    ...own,
  });
}
