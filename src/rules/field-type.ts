import type { ChangeOf } from "../diff/index.js";
import type { Enum, FieldType, Schema } from "../schema/index.js";
import { describe } from "./describe.js";
import { freeNumber } from "./member-index.js";
import { placeOf } from "./place.js";
import { fieldSource, keptSource } from "./proto-source.js";
import type { Judgement, Rule, RuleContext } from "./rule.js";
import { steps } from "./steps.js";

type TypeChange = ChangeOf<"field-type-changed">;

export const fieldSameType: Rule = {
  id: "FIELD_SAME_TYPE",
  purpose: "Checks that fields keep their types.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "CSR"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "json", "source"],
  judge: { "field-type-changed": (change) => [changedType(change, "changed its type")] },
};

export const fieldWireCompatibleType: Rule = {
  id: "FIELD_WIRE_COMPATIBLE_TYPE",
  purpose: "Checks that fields change their types only to ones that read the same bytes.",
  severity: "error",
  categories: ["WIRE"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-type-changed": (change, context) =>
      readsSameBytes(change, context) ? [] : [changedType(change, "no longer reads its bytes: it changed")],
  },
};

export const fieldWireJsonCompatibleType: Rule = {
  id: "FIELD_WIRE_JSON_COMPATIBLE_TYPE",
  purpose: "Checks that fields change their types only to ones that read the same bytes and the same JSON.",
  severity: "error",
  categories: ["WIRE_JSON", "CSR"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "json"],
  judge: {
    "field-type-changed": (change, context) =>
      readsSame(change, context, wireJsonGroups)
        ? []
        : [changedType(change, "no longer reads its bytes or JSON: it changed")],
  },
};

function changedType(change: TypeChange, what: string): Judgement {
  const { before, after, from, to } = change;
  return {
    message: `${describe(after)} ${what} from ${from} to ${to}`,
    at: placeOf(after, after.typeName === undefined ? "type" : "type-name"),
    suggestion: wayOut(change),
  };

  function wayOut({ before: { parent } }: TypeChange): readonly string[] {
    // The parts of a map are written in the type of the map's field, not by themselves.
    if (parent.kind === "file" || parent.mapEntry) return [];
    const keep = ["keep it", keptSource(before, after)] as const;
    if (after.parent.kind === "file") return steps(keep);
    const added = { ...after, name: `${after.name}_v2`, jsonName: `${after.jsonName}V2` };
    return steps(keep, [
      "add the other beside it",
      fieldSource({ ...added, number: freeNumber(after.parent) }, []),
    ]);
  }
}

/** @see https://protobuf.dev/programming-guides/proto3/#updating */
function readsSameBytes(change: TypeChange, context: RuleContext): boolean {
  if (change.before.type === "string" && change.after.type === "bytes") return true;
  return readsSame(change, context, wireGroups);
}

function readsSame({ before, after }: TypeChange, context: RuleContext, groups: Groups): boolean {
  if (groupOf(before.type, groups) !== groupOf(after.type, groups)) return false;
  if (before.typeName === after.typeName) return true;
  if (after.type !== "enum") return false;
  return continues(enumOf(context.before, before.typeName), enumOf(context.after, after.typeName));
}

/** Whether an enum of another full name is taken for the same: its short name, and every value that was. */
function continues(before: Enum | undefined, after: Enum | undefined): boolean {
  if (before === undefined || after === undefined || before.name !== after.name) return false;
  return before.values.every(({ name, number }) =>
    after.values.some((value) => value.name === name && value.number === number),
  );
}

function enumOf(schema: Schema, name: string | undefined): Enum | undefined {
  const found = schema.declared.get(name ?? "");
  return found?.kind === "enum" ? found : undefined;
}

function groupOf(type: FieldType, groups: Groups): string {
  return groups.find((group) => group.includes(type))?.[0] ?? type;
}

/** Types that are taken for one; every other type stands for itself. */
type Groups = readonly (readonly FieldType[])[];

const wireGroups: Groups = [
  ["int32", "int64", "uint32", "uint64", "bool"],
  ["sint32", "sint64"],
  ["fixed32", "sfixed32"],
  ["fixed64", "sfixed64"],
];

/** JSON writes 64-bit numbers as text, and not all as bool. */
const wireJsonGroups: Groups = [
  ["int32", "uint32"],
  ["int64", "uint64"],
  ["fixed32", "sfixed32"],
  ["fixed64", "sfixed64"],
];
