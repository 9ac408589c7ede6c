import fc from "fast-check";
import { anyDice, type EditName, edit, editNames } from "./edits.js";
import { type FieldModel, lawful, type MessageModel, type Side, type Syntax, scalars } from "./model.js";

/** A contract before and after a few edits, or the other way about. */
export interface Pair {
  readonly before: Side;
  readonly after: Side;
  readonly edits: readonly EditName[];
}

/** @param greatest number of edits */
export function anyPair(greatest: number): fc.Arbitrary<Pair> {
  const step = fc.tuple(fc.constantFrom(...editNames), anyDice(anyField(1)));
  return fc
    .record({
      start: anySide,
      steps: fc.array(step, { minLength: 1, maxLength: greatest }),
      isReversed: fc.boolean(),
    })
    .map(({ start, steps, isReversed }) => {
      const end = steps.reduce((side, [name, dice]) => edit(side, name, dice), start);
      const [before, after] = isReversed ? [end, start] : [start, end];
      return { before, after, edits: steps.map(([name]) => name) };
    });
}

function anyField(number: number): fc.Arbitrary<FieldModel> {
  return fc
    .record({
      kind: fc.oneof(
        fc.constantFrom(...scalars, "string" as const, "int32" as const).map((type) => ({ type })),
        fc.constantFrom("E", "F").map((of) => ({ type: "enum" as const, of })),
        fc.constantFrom("M.Inner", "Leaf").map((of) => ({ type: "message" as const, of })),
      ),
      cardinality: fc.constantFrom("implicit", "explicit", "explicit", "required", "repeated", "map"),
      oneof: fc.constantFrom(undefined, undefined, "o"),
      default: fc.constantFrom(undefined, undefined, "1"),
      packed: fc.boolean(),
      unverified: fc.boolean(),
      key: fc.constantFrom("int32", "int64", "bool", "sint32"),
      isDelimited: fc.boolean(),
    })
    .map(({ kind, isDelimited, ...rest }) => ({
      ...rest,
      ...kind,
      type: kind.type === "message" && isDelimited ? "group" : kind.type,
      number,
      name: `f${number}`,
    }));
}

function anyMessage(count: number): fc.Arbitrary<MessageModel> {
  return fc
    .tuple(...Array.from({ length: count }, (_, index) => anyField(index + 1)))
    .map((fields) => ({ fields, reserved: [] }));
}

/** Inside, what would need itself to be whole is left out. */
const anyPart = anyMessage(2).map(({ fields, reserved }) => ({
  reserved,
  fields: fields.map((field) => ({
    ...field,
    cardinality: field.cardinality === "required" ? ("explicit" as const) : field.cardinality,
  })),
}));

const anyEnum = fc.record({
  numbers: fc.constantFrom([0], [0, 1], [0, 1, 2], [0, 2, -1]),
  reserved: fc.constant([]),
});

const anySide: fc.Arbitrary<Side> = fc
  .record({
    syntax: fc.constantFrom("proto2", "proto3", "2023"),
    messages: fc.record({ M: anyMessage(3), "M.Inner": anyPart, Leaf: anyPart }),
    enums: fc.record({ E: anyEnum, F: anyEnum }),
    isClosed: fc.boolean(),
  })
  .map(({ syntax, enums: { E, F }, messages, isClosed }) => {
    const [closedE, closedF] =
      syntax === "2023" ? [isClosed, !isClosed] : [syntax === "proto2", syntax === "proto2"];
    const enums = { E: { ...E, closed: closedE }, F: { ...F, closed: closedF } };
    const suited = Object.entries(messages).map(([name, message]) => [name, suit(message, syntax)]);
    return lawful({ syntax, messages: { ...Object.fromEntries(suited), Holder: holder }, enums });
  });

/** Holds both enums without a default, so that what changes about them can be seen. */
const holder: MessageModel = {
  fields: ["E", "F"].map((of, index) => ({
    number: index + 1,
    name: of.toLowerCase(),
    type: "enum",
    of,
    cardinality: "repeated",
  })),
  reserved: [],
};

/** Leaves out what a syntax has no words for: otherwise most contracts would be of an edition. */
function suit({ fields, reserved }: MessageModel, syntax: Syntax): MessageModel {
  if (syntax === "2023") return { fields, reserved };
  return { reserved, fields: fields.map(syntax === "proto2" ? suitProto2 : suitProto3) };
}

function suitProto2(field: FieldModel): FieldModel {
  const cardinality = field.cardinality === "implicit" ? "explicit" : field.cardinality;
  return { ...field, cardinality, unverified: true, oneof: field.type === "group" ? undefined : field.oneof };
}

function suitProto3(field: FieldModel): FieldModel {
  const cardinality = field.cardinality === "required" ? "implicit" : field.cardinality;
  const type = field.type === "group" ? "message" : field.type;
  return { ...field, type, cardinality, unverified: false, default: undefined };
}
