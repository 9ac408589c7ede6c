import type { ErrorLocation } from "../../diagnostics/index.js";
import type { ChangeOf } from "../../diff/index.js";
import type { Field } from "../../schema/index.js";
import { describe } from "../describe.js";
import { placeOf, placeOfPart } from "../place.js";
import { keptSource, oneofSource } from "../proto-source.js";
import type { Judgement, RuleContext } from "../rule.js";
import { steps } from "../steps.js";
import { isEntryPart, type Misreads } from "./misread.js";
import { askBothWays } from "./ways.js";

/** What rules about bytes, and nothing but bytes, have in common. A judgement tells which of the audiences it is. */
export const precise = {
  severity: "error",
  categories: ["WIRE_PRECISE"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
} as const;

type Aspect = ChangeOf<
  | "field-type-changed"
  | "field-cardinality-changed"
  | "field-oneof-changed"
  | "field-default-changed"
  | "field-utf8-changed"
>;

/**
 * Judges one aspect of a field on both ways.
 * @param aspect what to call it
 */
export function judgeAspect(
  change: Aspect,
  context: RuleContext,
  aspect: string,
  misreads: Misreads,
): readonly Judgement[] {
  const { before, after, from, to } = change;
  const found = askBothWays(before, after, context, misreads);
  if (found === undefined) return [];
  const changed = `changed its ${aspect} from ${from || "none"} to ${to || "none"}`;
  return [
    {
      message: `${found.told}, since ${describe(after)} ${changed}`,
      at: change.kind === "field-type-changed" ? placeOfType(after) : placeOf(after),
      breaks: found.breaks,
      suggestion:
        change.kind === "field-default-changed"
          ? steps(["keep it", `[default = ${from}]`])
          : keep(before, after),
    },
  ];
}

function placeOfType(field: Field): ErrorLocation {
  return placeOfPart(field, field.typeName === undefined ? "type" : "type-name");
}

/** The parts of a map are written in the type of the map's field, not by themselves. */
function keep(before: Field, after: Field): readonly string[] {
  if (isEntryPart(before)) return [];
  const { oneof } = before;
  return steps([
    "keep it as it was",
    oneof === undefined ? keptSource(before, after) : oneofSource(oneof.name, [before], after),
  ]);
}
