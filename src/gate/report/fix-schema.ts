import type { Fix } from "../../rules/index.js";
import type { JsonSchema } from "../config/json-schema.js";
import { list, object, oneOf, text } from "./json-shapes.js";

/** A fix as JSON has it, told apart by `kind`. */
export const fixSchema: JsonSchema = { type: "object", oneOf: kinds() };

/** What each kind has besides the file and the element; complete, or it would not compile. */
function ownKeys(): Readonly<Record<Fix["kind"], Readonly<Record<string, JsonSchema>>>> {
  const numbersAndNames = {
    numbers: list(object({ start: { type: "integer" }, end: { type: "integer" } }), "Ranges of numbers."),
    names: list({ type: "string" }, "Names."),
  };
  return {
    reserve: numbersAndNames,
    unreserve: numbersAndNames,
    remove: {},
    import: {
      imported: text("The path of the other file, as imports spell it."),
      isPublic: { description: "Whether the import is public.", type: "boolean" },
    },
    create: { text: text("All of the new file.") },
    insert: {
      statement: text("What to write, comments included, without indentation."),
      after: list({ type: "string" }, "Siblings that stood before it, the nearest last."),
    },
    replace: {
      part: oneOf(["type", "name", "number", "input", "output", "statement"]),
      text: text("What to write in its place."),
    },
    option: {
      name: text("As it is written, such as (proto4.field_lifecycle)."),
      value: { description: "As it is written; null takes the option away.", type: ["string", "null"] },
    },
  };
}

function kinds(): readonly JsonSchema[] {
  return Object.entries(ownKeys()).map(([kind, own]) =>
    object({
      kind: oneOf([kind]),
      path: text("The file to edit, as findings call it; a new one as imports spell it."),
      symbol: text("Full name of the element to edit; a file's is its path."),
      ...own,
    }),
  );
}
