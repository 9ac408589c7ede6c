import type { ChangeOf } from "../diff/index.js";
import type { ElementFinder, Field } from "../schema/index.js";
import { describe } from "./describe.js";
import { giveNumberBack, leaveNumber } from "./fixes/keep-number.js";
import { fieldNamed, freeNumber } from "./member-index.js";
import { placeOf } from "./place.js";
import { fieldSource, keptSource, reservedSource } from "./proto-source.js";
import { type Likeness, readsAlike, renamedOrReused } from "./renamed-or-reused.js";
import type { Judgement, Rule, RuleContext } from "./rule.js";
import { steps } from "./steps.js";

/** The bytes of one field read as another: the one mistake that no reader can see. */
export const fieldNumberReused: Rule = {
  id: "FIELD_NUMBER_REUSED",
  purpose: "Checks that the number of a field is not given to another field, and tells that from a rename.",
  severity: "error",
  categories: ["STRICT"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-renamed": ({ before, after }, context) =>
      before.extendee === undefined
        ? [{ ...judgeName(before, after, context), saidBy: ["FIELD_SAME_NAME"] }]
        : [],
    "field-added": judgeAdded,
  },
};

function judgeName(before: Field, after: Field, context: RuleContext): Judgement {
  const likeness = renamedOrReused(before, after);
  if (likeness.isReuse)
    return { ...reused(before, after, likeness), ...giveNumberBack(before, after, context) };
  return {
    message: `${describe(before)} is now named "${after.name}": it looks like a rename, for ${likeness.because}`,
    at: placeOf(after, "name"),
    suggestion: steps(["keep it as it was", keptSource(before, after)]),
    atMost: "info",
    breaks: ["json", "source"],
  };
}

/** What left in an elder version without reserving its number may be in stored data still. */
function judgeAdded(
  { after, parent }: ChangeOf<"field-added">,
  { history }: RuleContext,
): readonly Judgement[] {
  if (after.extendee === undefined && parent?.kind !== "message") return [];
  for (const { elements, name } of history) {
    const field = ownerIn(elements, after);
    if (field === undefined) continue;
    // What comes back as it was has been missed, not replaced.
    if (field.fullName === after.fullName && readsAlike(field, after)) return [];
    const likeness = { isReuse: true, because: `"${field.name}" had it in ${name}` };
    return [{ ...reused(field, after, likeness), was: placeOf(field), ...leaveNumber(field, after) }];
  }
  return [];
}

/** Who had the number of a field, or of an extension, in an elder version. */
function ownerIn(elements: ElementFinder, { extendee, number, parent }: Field): Field | undefined {
  if (extendee !== undefined) return elements.findExtension(extendee, number);
  return parent.kind === "message" ? elements.find(parent)?.fieldByNumber.get(number) : undefined;
}

function reused(before: Field, after: Field, { because }: Likeness): Judgement {
  return {
    message: `${describe(after)} takes the number of "${before.name}": its bytes would be read as another field's, for ${because}`,
    at: placeOf(after, "name"),
    suggestion: wayOutOfReuse(before, after),
  };
}

/** The number stays with its first owner, or with nobody; a field that had one keeps its own. */
export function wayOutOfReuse(before: Field, after: Field): readonly string[] {
  if (before.parent.kind === "file" || after.parent.kind === "file") return [];
  const earlier = fieldNamed(before.parent, after.name);
  const [what, number] =
    earlier === undefined
      ? ["take a free number", freeNumber(after.parent)]
      : ["keep its own number", earlier.number];
  return steps(
    ["reserve what was there", reservedSource(before, [before.name])],
    [what, fieldSource({ ...after, number })],
  );
}
