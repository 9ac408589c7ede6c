import type { ChangeOf } from "../../diff/index.js";
import type { Field } from "../../schema/index.js";
import { describe } from "../describe.js";
import { placeOf } from "../place.js";
import { promiser } from "../promise.js";
import { keptSource } from "../proto-source.js";
import type { Judgement, Rule, RuleContext } from "../rule.js";
import { steps } from "../steps.js";
import { changesNumericLabel, isMapEntry, kindOf, labelOf, scalarKindOf } from "./kind.js";
import { type Offence, typeOffences } from "./structure.js";

export const confluentFieldSameKind: Rule = {
  id: "CONFLUENT_FIELD_SAME_KIND",
  purpose: "Checks that a scalar stays a scalar, a message a message, a map a map and a group a group.",
  severity: "error",
  categories: ["CONFLUENT"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-type-changed": (change, context) =>
      offends(change, context, "kind") ? [changedKind(change)] : [],
    // A list of what looks like a map's entry has that entry's very name.
    "field-cardinality-changed": (change) => {
      const { before, after } = change;
      const told = before.type !== after.type || before.typeName !== after.typeName;
      return isAsked(change) && !told && kindOf(before) !== kindOf(after) ? [changedKind(change)] : [];
    },
  },
};

export const confluentFieldSameScalarKind: Rule = {
  id: "CONFLUENT_FIELD_SAME_SCALAR_KIND",
  purpose:
    "Checks that scalars change their type only within the groups that Confluent's registry takes for one.",
  severity: "error",
  categories: ["CONFLUENT"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-type-changed": (change, context) => {
      if (!offends(change, context, "scalar kind")) return [];
      const { before, after, from, to } = change;
      return [changed(change, `from ${from}${called(before)} to ${to}${called(after)}`)];
    },
  },
};

export const confluentFieldSameNamedType: Rule = {
  id: "CONFLUENT_FIELD_SAME_NAMED_TYPE",
  purpose: "Checks that fields keep their message, or take one of its name and structure in another package.",
  severity: "error",
  categories: ["CONFLUENT"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-type-changed": (change, context) =>
      offends(change, context, "named type") ? [changed(change, `from ${change.from} to ${change.to}`)] : [],
  },
};

export const confluentFieldSameNumericLabel: Rule = {
  id: "CONFLUENT_FIELD_SAME_NUMERIC_LABEL",
  purpose: "Checks that numbers, booleans and enums keep their label.",
  severity: "error",
  categories: ["CONFLUENT"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-cardinality-changed": (change) => {
      const { before, after } = change;
      if (!isAsked(change) || !changesNumericLabel(before, after)) return [];
      const message = `${describe(after)} changed its label from ${labelOf(before)} to ${labelOf(after)}`;
      return [{ message, at: placeOf(after), suggestion: keep(before, after) }];
    },
  },
};

/** Of a map it is a part that changed: the types speak for themselves. */
function called(field: Field): string {
  const kind = scalarKindOf(field);
  return kind === undefined || kind === field.type ? "" : ` (${kind})`;
}

type FieldChange = ChangeOf<"field-type-changed" | "field-cardinality-changed">;

function offends(change: FieldChange, context: RuleContext, what: Offence): boolean {
  return isAsked(change) && typeOffences(change.before, change.after, context).includes(what);
}

/**
 * Extensions are nothing to Confluent. The parts of a map speak for its field as long as the entry is that of the same
 * field; a field with an entry of another name has a change of its own, and is compared with all its parts.
 */
function isAsked({ before, after }: FieldChange): boolean {
  if (before.extendee !== undefined) return false;
  if (!isMapEntry(before) && !isMapEntry(after)) return true;
  return isMapEntry(before) && isMapEntry(after) && numberOfMap(before) === numberOfMap(after);
}

function numberOfMap(part: Field): number | undefined {
  const map = promiser(part);
  return map.kind === "field" && map !== part ? map.number : undefined;
}

function changedKind(change: FieldChange): Judgement {
  const [from, to] = [kindOf(change.before), kindOf(change.after)];
  return changed(change, `from a ${from} to a ${to}`);
}

function changed({ before, after }: FieldChange, how: string): Judgement {
  return {
    message: `${describe(after)} changed ${how}`,
    at: placeOf(after, after.typeName === undefined ? "type" : "type-name"),
    suggestion: keep(before, after),
  };
}

/** The parts of a map are written in the type of the map's field, not by themselves. */
function keep(before: Field, after: Field): readonly string[] {
  return isMapEntry(before) ? [] : steps(["keep it as it was", keptSource(before, after)]);
}
