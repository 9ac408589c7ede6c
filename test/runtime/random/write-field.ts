import type { Label, Scope, Side, TypeModel } from "./scope.js";

/** A field as one side declares it. */
export interface FieldModel {
  /** Absent for members of oneofs and for maps. */
  readonly label?: Label;
  readonly type: TypeModel;
  /** In place of the type's name. */
  readonly written?: string;
  readonly name: string;
  readonly number: number;
  readonly terms?: readonly string[];
  readonly deprecated?: boolean;
  readonly options?: readonly string[];
}

/** The line of a field, with what its syntax needs for the label, and at times another encoding. */
export function writeField(scope: Scope, side: Side, field: FieldModel): string {
  const { label, type, name, number, terms = [], deprecated = false, options = [] } = field;
  const syntax = scope.syntax[side];
  const all = [
    ...options,
    ...(terms.length > 0 ? [`(proto4.field_terms) = {${terms.join(" ")}}`] : []),
    ...(deprecated ? ["(proto4.field_lifecycle) = DEPRECATED"] : []),
    ...(syntax === "2023" && label !== undefined ? (presence[label] ?? []) : []),
    ...encodings(scope, side, field),
  ];
  const word = label === undefined ? "" : (words[syntax][label] ?? "");
  const told = field.written ?? type.name;
  return `${[word, told, name].filter(Boolean).join(" ")} = ${number}${all.length > 0 ? ` [${all.join(", ")}]` : ""};`;
}

/** The labels that the syntax has for the type. */
export function labelsFor(scope: Scope, side: Side, type: TypeModel): readonly Label[] {
  const syntax = scope.syntax[side];
  const implicit: readonly Label[] =
    syntax === "proto2" || type.is === "message" || type.is === "closed" ? [] : ["implicit", "implicit"];
  const required: readonly Label[] = syntax === "proto3" || type.is === "message" ? [] : ["required"];
  return [...implicit, ...implicit, "explicit", "explicit", "explicit", "repeated", "repeated", ...required];
}

const words = {
  proto2: { explicit: "optional", required: "required", repeated: "repeated", implicit: undefined },
  proto3: { explicit: "optional", required: undefined, repeated: "repeated", implicit: undefined },
  "2023": { explicit: undefined, required: undefined, repeated: "repeated", implicit: undefined },
} as const;

const presence: Readonly<Partial<Record<Label, readonly string[]>>> = {
  implicit: ["features.field_presence = IMPLICIT"],
  required: ["features.field_presence = LEGACY_REQUIRED"],
};

function encodings(
  { dice, syntax }: Scope,
  side: Side,
  { label, type, written }: FieldModel,
): readonly string[] {
  if (written !== undefined) return [];
  const packs = type.is === "message" ? false : type.name !== "string" && type.name !== "bytes";
  if (label === "repeated" && packs && dice.chance(35)) return [packing[syntax[side]]];
  if (syntax[side] !== "2023") return [];
  if (type.is === "message" && dice.chance(12)) return ["features.message_encoding = DELIMITED"];
  return type.name === "string" && dice.chance(12) ? ["features.utf8_validation = NONE"] : [];
}

const packing = {
  proto2: "packed = true",
  proto3: "packed = false",
  "2023": "features.repeated_field_encoding = EXPANDED",
} as const;
