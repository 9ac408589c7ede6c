import fc from "fast-check";
import { add, editEnum, editField, editMessage, pick, rename, swap } from "./edit-parts.js";
import { type FieldModel, lawful, type MessageModel, type Side, scalars } from "./model.js";

/** One way to change a contract; what it cannot change, it leaves as it is. */
export type Edit = (side: Side, dice: Dice) => Side;

/** Choices that an edit may need, so that a case is told by a few numbers. */
export interface Dice {
  /** Which field, enum or message. */
  readonly which: number;
  readonly other: number;
  readonly flag: boolean;
  readonly field: FieldModel;
}

const edits = {
  "type of a number": (side, dice) =>
    editField(side, dice, (field) => ({ ...field, type: relative(field, dice) })),
  "type of anything": (side, dice) =>
    editField(side, dice, (field) => ({ ...field, type: dice.field.type, of: dice.field.of })),
  cardinality: (side, dice) =>
    editField(side, dice, (field) => ({ ...field, cardinality: dice.field.cardinality, oneof: undefined })),
  presence: (side, dice) =>
    editField(side, dice, (field) => ({
      ...field,
      cardinality: swap(field.cardinality, "implicit", "explicit"),
    })),
  required: (side, dice) =>
    editField(side, dice, (field) => ({
      ...field,
      cardinality: swap(field.cardinality, "required", "explicit"),
    })),
  default: (side, dice) =>
    editField(side, dice, (field) => ({ ...field, default: field.default === undefined ? "1" : undefined })),
  packed: (side, dice) => editField(side, dice, (field) => ({ ...field, packed: !field.packed })),
  validation: (side, dice) => editField(side, dice, (field) => ({ ...field, unverified: !field.unverified })),
  delimited: (side, dice) =>
    editField(side, dice, (field) =>
      field.of === undefined ? field : { ...field, type: swap(field.type, "message", "group") },
    ),
  "field removed": (side, { which, flag }) =>
    editMessage(side, "M", ({ fields, reserved }) => {
      const left = pick(fields, which);
      return {
        fields: fields.filter((field) => field !== left),
        reserved: flag ? [...reserved, left.number] : reserved,
      };
    }),
  "field added": (side, { field, flag }) =>
    editMessage(side, "M", (message) => ({
      ...message,
      fields: [
        ...message.fields.filter(({ number }) => number !== 9),
        { ...field, number: 9, name: "f9", ...(flag && { cardinality: "required" }) },
      ],
    })),
  "alone into a oneof": (side, dice) => editField(side, dice, (field) => ({ ...field, oneof: "lonely" })),
  "into a oneof": (side, dice) => editField(side, dice, (field) => ({ ...field, oneof: "o" })),
  "out of a oneof": (side, dice) => editField(side, dice, (field) => ({ ...field, oneof: undefined })),
  "several into a oneof": (side, { which, other }) =>
    editMessage(side, "M", (message) => {
      const into = new Set([pick(message.fields, which), pick(message.fields, other)]);
      return {
        ...message,
        fields: message.fields.map((field) => (into.has(field) ? { ...field, oneof: "both" } : field)),
      };
    }),
  "oneof renamed": (side) =>
    editMessage(side, "M", (message) => ({
      ...message,
      fields: message.fields.map((field) => (field.oneof === "o" ? { ...field, oneof: "renamed" } : field)),
    })),
  "message renamed": (side, { flag }) => rename(side, flag ? "Leaf" : "M.Inner", "Renamed"),
  "message no longer nested": (side) => rename(side, "M.Inner", "Inner"),
  "message renamed and changed": (side, dice) => {
    const renamed = rename(side, dice.flag ? "Leaf" : "M.Inner", "Renamed");
    return renamed === side ? side : editMessage(renamed, "Renamed", (message) => change(message, dice));
  },
  "message changed": (side, dice) =>
    editMessage(side, dice.flag ? "Leaf" : "M.Inner", (message) => change(message, dice)),
  "map to entries": toEntries,
  "enum value added": (side, { which, other }) =>
    editEnum(side, which, (declared) => ({ ...declared, numbers: add(declared.numbers, 3 + (other % 4)) })),
  "enum value removed": (side, { which, flag }) =>
    editEnum(side, which, (declared) => {
      const left = declared.numbers.at(-1)!;
      if (declared.numbers.length === 1) return declared;
      return {
        ...declared,
        numbers: declared.numbers.slice(0, -1),
        reserved: flag ? [...declared.reserved, left] : declared.reserved,
      };
    }),
  "enum reordered": (side, { which }) =>
    editEnum(side, which, (declared) =>
      declared.closed ? { ...declared, numbers: declared.numbers.toReversed() } : declared,
    ),
  "enum opened or closed": (side, { which }) =>
    editEnum(side, which, (declared) => ({ ...declared, closed: !declared.closed })),
  "another enum": (side, dice) =>
    editField(side, dice, (field) =>
      field.type === "enum" ? { ...field, of: swap(field.of, "E", "F") } : field,
    ),
  syntax: (side, { which }) => ({ ...side, syntax: pick(["proto2", "proto3", "2023"] as const, which) }),
} satisfies Record<string, Edit>;

export type EditName = keyof typeof edits;

export const editNames = Object.keys(edits) as readonly EditName[];

/** Applies edits one after another; what comes out is allowed by protobuf. */
export function edit(side: Side, name: EditName, dice: Dice): Side {
  const edited = (edits[name] as Edit)(side, dice);
  // Enums decide what fields may be: fields follow.
  return lawful(edited);
}

/** Half of them of the field's own wire type. */
function relative({ type }: FieldModel, { which, other }: Dice): FieldModel["type"] {
  const family = families.find((types) => types.some((candidate) => candidate === type));
  return family === undefined ? pick(scalars, other) : pick(family, which + other);
}

const families: readonly (readonly FieldModel["type"][])[] = [
  ["int32", "int64", "uint32", "uint64", "bool", "enum", "sint32", "sint64"],
  ["fixed32", "sfixed32", "float"],
  ["fixed64", "sfixed64", "double"],
  ["string", "bytes"],
];

function change(message: MessageModel, { which, other, flag, field }: Dice): MessageModel {
  const chosen = pick(message.fields, other);
  const { number, name } = chosen;
  if (which % 3 === 0) {
    const fields = message.fields.filter((candidate) => candidate !== chosen);
    return { fields, reserved: flag ? [...message.reserved, number] : message.reserved };
  }
  const type = which % 3 === 1 ? field.type : relative(chosen, { which, other, flag, field });
  const changed = {
    ...chosen,
    type,
    of: field.of,
    ...(flag && { cardinality: field.cardinality }),
    number,
    name,
  };
  return {
    ...message,
    fields: message.fields.map((candidate) => (candidate === chosen ? changed : candidate)),
  };
}

/** A list of a message like the map's entries, with a field more where the dice say so. */
function toEntries(side: Side, { which, flag, other }: Dice): Side {
  const maps = side.messages.M!.fields.filter(({ cardinality }) => cardinality === "map");
  if (maps.length === 0) return side;
  const chosen = pick(maps, which);
  const list = { ...chosen, type: "message", of: "Entry", cardinality: "repeated", key: undefined } as const;
  const changed = editMessage(side, "M", (message) => ({
    ...message,
    fields: message.fields.map((field) => (field === chosen ? list : field)),
  }));
  const entry = entryLike(chosen, other % 2 === 0 ? "explicit" : "implicit", flag);
  return { ...changed, messages: { ...changed.messages, Entry: { fields: entry, reserved: [] } } };
}

function entryLike(
  map: FieldModel,
  cardinality: "explicit" | "implicit",
  hasMore: boolean,
): readonly FieldModel[] {
  const { type, of, unverified, key = "int32" } = map;
  return [
    { number: 1, name: "key", type: key, cardinality },
    { number: 2, name: "value", type, of, cardinality, unverified },
    ...(hasMore ? [{ number: 3, name: "more", type: "bool", cardinality } as const] : []),
  ];
}

export function anyDice(field: fc.Arbitrary<FieldModel>): fc.Arbitrary<Dice> {
  return fc.record({ which: fc.nat(11), other: fc.nat(11), flag: fc.boolean(), field });
}
