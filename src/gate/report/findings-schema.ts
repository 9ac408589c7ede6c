import { audiences } from "../../rules/index.js";
import type { JsonSchema } from "../config/json-schema.js";
import { fixSchema } from "./fix-schema.js";
import { list, object, oneOf, text } from "./json-shapes.js";

/** The JSON Schema of a line that `--format json` prints: what `reportJson` writes, fits it. */
export function findingsSchema(): JsonSchema & { readonly $schema: string; readonly title: string } {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "a line of proto4 check --format json",
    ...object(always, sometimes),
  };
}

const fromOne: JsonSchema = { type: "integer", minimum: 1 };

/** Columns count as a terminal shows them, ends are exclusive; what has no position is at the beginning. */
const place = { start_line: fromOne, start_column: fromOne, end_line: fromOne, end_column: fromOne };

const always = {
  ...place,
  type: text("The id of the rule."),
  message: text("The verdict, in a sentence."),
  severity: oneOf(["error", "warning", "info"]),
  symbol: text("Full name of the element; a file's is its path."),
  lifecycle: oneOf(["EXPERIMENTAL", "STABLE", "FROZEN", "DEPRECATED"], "The state of the element before."),
  finding: { description: "Names the finding while lines move.", type: "string", pattern: "^[0-9a-f]{12}$" },
  breaks: list(oneOf(Object.keys(audiences)), "Who is hurt."),
  suggestion: list({ type: "string" }, "What to write instead, a line each."),
  fixes: list(fixSchema, "The same as edits of the sources, which meet the finding together."),
} satisfies Record<string, JsonSchema>;

const sometimes = {
  path: text("The file after; none where a whole file or package is gone."),
  before: object(place, { path: text("The file before.") }, "Where the element was."),
  waiver: object(
    { reason: text("Why it is accepted."), expires: text("The last day, as in 2027-01-31.") },
    { owner: text("Who answers for it.") },
    "By which somebody accepted the finding.",
  ),
  baseline: text("The version it is found against; only with several, or forward."),
  direction: oneOf(["backward", "forward"]),
} satisfies Record<string, JsonSchema>;
