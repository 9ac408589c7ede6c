import type { ErrorLocation } from "../diagnostics/index.js";
import type { ChangeOf } from "../diff/index.js";
import type { Enum, Field, FieldType, Schema } from "../schema/index.js";
import { describe } from "./describe.js";
import { placeOf } from "./place.js";
import { promiser } from "./promise.js";
import { fieldSource, freeNumber } from "./proto-source.js";
import type { Judgement, Rule, RuleContext } from "./rule.js";
import { steps } from "./steps.js";

type TypeChange = ChangeOf<"field-type-changed">;

export const fieldSameType: Rule = {
  id: "FIELD_SAME_TYPE",
  purpose: "Checks that fields keep their types.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "CSR"],
  judge: { "field-type-changed": (change) => [changedType(change, "changed its type")] },
};

export const fieldWireCompatibleType: Rule = {
  id: "FIELD_WIRE_COMPATIBLE_TYPE",
  purpose: "Checks that fields change their types only to ones that read the same bytes.",
  severity: "error",
  categories: ["WIRE"],
  judge: {
    "field-type-changed": (change, context) =>
      readsSameBytes(change, context) ? [] : [changedType(change, "no longer reads its bytes: it changed")],
  },
};

function changedType(change: TypeChange, what: string): Judgement {
  const { before, after, from, to } = change;
  return {
    message: `${describe(after)} ${what} from ${from} to ${to}`,
    at: placeOfType(after),
    suggestion: wayOut(change),
  };

  function wayOut({ before: { parent } }: TypeChange): readonly string[] {
    // The parts of a map are written in the type of the map's field, not by themselves.
    if (parent.kind === "file" || parent.mapEntry) return [];
    const keep = ["keep it", fieldSource(before)] as const;
    if (after.parent.kind === "file") return steps(keep);
    const added = { ...after, name: `${after.name}_v2`, jsonName: `${after.jsonName}V2` };
    return steps(keep, [
      "add the other beside it",
      fieldSource({ ...added, number: freeNumber(after.parent) }, []),
    ]);
  }
}

/** The key and value of a map are written in the type of the map's field. */
function placeOfType(field: Field): ErrorLocation {
  const written = promiser(field);
  const scalar = field.typeName === undefined && written === field;
  return placeOf(written, scalar ? "type" : "type-name");
}

/** @see https://protobuf.dev/programming-guides/proto3/#updating */
function readsSameBytes({ before, after }: TypeChange, context: RuleContext): boolean {
  if (before.type === "string" && after.type === "bytes") return true;
  if (groupOf(before.type) !== groupOf(after.type)) return false;
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
  const found = schema.elements.get(name ?? "");
  return found?.kind === "enum" ? found : undefined;
}

function groupOf(type: FieldType): string {
  return wireGroups.find((group) => group.includes(type))?.[0] ?? type;
}

const wireGroups: readonly (readonly FieldType[])[] = [
  ["int32", "int64", "uint32", "uint64", "bool"],
  ["sint32", "sint64"],
  ["fixed32", "sfixed32"],
  ["fixed64", "sfixed64"],
];
