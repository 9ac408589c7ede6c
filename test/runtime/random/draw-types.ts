import type { BothSides, EnumNames, Scope, Side, TypeModel } from "./scope.js";

/** Types of one field on both sides, of which values of the one turn into values of the other. */
export interface TypePair extends BothSides<TypeModel> {
  /** Terms that the pair needs. */
  readonly terms?: string;
}

/** Any two types between which there is a conversion, the same included. */
export function drawTypes(scope: Scope): TypePair {
  const { dice } = scope;
  const pair = dice.one(table)(scope);
  return dice.chance(50) ? pair : { ...pair, v3: swapped(pair, "v4", scope), v4: swapped(pair, "v3", scope) };
}

const integers = ["int32", "int64", "uint32", "uint64", "sint32", "sint64"];
const fixed = ["fixed32", "fixed64", "sfixed32", "sfixed64"];
const numbers = [...integers, ...fixed, "bool", "float", "double"];
const scalars = [...numbers, "string", "string", "bytes"];
const wrapped = {
  Int32Value: ["int32", "int64", "sint32", "bool", "double"],
  UInt32Value: ["uint32", "fixed32", "uint64"],
  Int64Value: ["int64", "sfixed64", "uint64", "float"],
  UInt64Value: ["uint64", "int32"],
  BoolValue: ["bool", "int32"],
  FloatValue: ["float", "double"],
  DoubleValue: ["double", "float"],
  StringValue: ["string", "bytes"],
  BytesValue: ["bytes", "string"],
} as const;

type Draw = (scope: Scope) => TypePair;

const same: Draw = ({ dice }) => twice(scalar(dice.one(scalars)));
const number: Draw = ({ dice }) => ({ v3: scalar(dice.one(numbers)), v4: scalar(dice.one(numbers)) });
const text: Draw = () => ({ v3: scalar("string"), v4: scalar("bytes") });
const blob: Draw = ({ dice, messages }) => ({ v3: scalar("bytes"), v4: message(dice.one(messages)) });
const nested: Draw = ({ dice, messages }) => twice(message(dice.one(messages)));
const any: Draw = () => twice(wellKnown("Any"));
const shared: Draw = ({ dice }) => twice(wellKnown(dice.one(["Timestamp", "StringValue", "Duration"])));

const wrap: Draw = ({ dice }) => {
  const name = dice.one(Object.keys(wrapped) as (keyof typeof wrapped)[]);
  const other = dice.chance(80) ? scalar(dice.one(wrapped[name])) : wellKnown(dice.one(numericWrappers));
  const isText = name === "StringValue" || name === "BytesValue";
  return { v3: isText && other.is === "message" ? scalar("string") : other, v4: wellKnown(name) };
};
const numericWrappers = ["Int32Value", "Int64Value", "BoolValue", "DoubleValue"];

const time: Draw = ({ dice }) => ({
  v3: scalar(dice.one([...integers, "sfixed64"])),
  v4: wellKnown(dice.one(["Timestamp", "Duration"])),
  terms: `unit: "${dice.one(["s", "ms", "us", "ns"])}"`,
});

const enums: Draw = ({ dice, enums }) => {
  const one = dice.one(enums);
  return { v3: enumOf(one, "v3"), v4: enumOf(one, "v4") };
};

const enumNumber: Draw = ({ dice, enums }) => ({
  v3: scalar(dice.one([...integers, "sfixed32"])),
  v4: enumOf(dice.one(enums), "v4"),
});

const table: readonly Draw[] = [
  ...[same, same, same, number, number, number, text, blob, nested, nested, nested],
  ...[any, shared, wrap, wrap, time, enums, enums, enumNumber],
];

/** The type that stood on `side`, where it stands now. */
function swapped(pair: TypePair, side: Side, { enums }: Scope): TypeModel {
  const type = pair[side];
  const named = enums.find(({ name }) => name === type.name);
  return named === undefined ? type : enumOf(named, side === "v3" ? "v4" : "v3");
}

function enumOf({ name, closed }: EnumNames, side: Side): TypeModel {
  return { name, is: closed[side] ? "closed" : "open" };
}

function twice(type: TypeModel): TypePair {
  return { v3: type, v4: type };
}

function scalar(name: string): TypeModel {
  return { name, is: "scalar" };
}

function message(name: string): TypeModel {
  return { name, is: "message" };
}

function wellKnown(name: string): TypeModel {
  return message(`google.protobuf.${name}`);
}
