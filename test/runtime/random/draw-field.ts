import { drawTypes, type TypePair } from "./draw-types.js";
import {
  type BothSides,
  type Label,
  type Numbers,
  type Part,
  type Scope,
  type Side,
  sides,
  type TypeModel,
} from "./scope.js";
import { labelsFor, writeField } from "./write-field.js";

/** A field of both generations; name, number, type, label, presence and default may each differ. */
export function drawField(scope: Scope, numbers: Numbers): Part {
  const types = drawTypes(scope);
  const { names, terms } = drawNames(scope);
  const labels = drawLabels(scope, types);
  const number = drawNumberPair(scope, numbers);
  const bridged = bridgeDefault(scope, types.v4, labels.v4);
  const line = (side: Side) =>
    writeField(scope, side, {
      label: labels[side],
      type: types[side],
      name: names[side],
      number: number[side],
      terms: side === "v3" ? [] : [...terms, ...termsOf(types), ...bridged],
      options: defaults(scope, side, types[side], labels[side]),
    });
  return { v3: [line("v3")], v4: [line("v4")] };
}

export function drawNames(scope: Scope): {
  readonly names: BothSides<string>;
  readonly terms: readonly string[];
} {
  const v3 = scope.name("f");
  if (!scope.dice.chance(30)) return { names: { v3, v4: v3 }, terms: [] };
  return { names: { v3, v4: scope.name("g") }, terms: [`was: "${v3}"`] };
}

/** The same on both sides mostly. */
export function drawLabels(scope: Scope, types: TypePair, not: readonly Label[] = []): BothSides<Label> {
  const [elder, newer] = sides.map((side) =>
    labelsFor(scope, side, types[side]).filter((label) => !not.includes(label)),
  );
  const v3 = scope.dice.one(elder!);
  return { v3, v4: newer!.includes(v3) && scope.dice.chance(60) ? v3 : scope.dice.one(newer!) };
}

export function drawNumberPair({ dice }: Scope, numbers: Numbers): BothSides<number> {
  const v3 = numbers.take("v3");
  return { v3, v4: dice.chance(30) ? numbers.take("v4") : numbers.take("v4", v3) };
}

export function termsOf({ terms }: TypePair): readonly string[] {
  return terms === undefined ? [] : [terms];
}

function bridgeDefault({ dice }: Scope, { name, is }: TypeModel, label: Label): readonly string[] {
  const literal =
    is === "scalar" ? literals[name] : is === "message" && !name.includes(".") ? "{}" : undefined;
  if (literal === undefined || label === "repeated" || !dice.chance(8)) return [];
  return [`bridge_default: ${JSON.stringify(literal)}`];
}

const literals: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["int32", "uint32", "sint32", "fixed32", "sfixed32"].map((type) => [type, "7"])),
  ...Object.fromEntries(["int64", "uint64", "sint64", "fixed64", "sfixed64"].map((type) => [type, '"7"'])),
  bool: "true",
  float: "0.5",
  double: "0.5",
  string: '"x"',
  bytes: '"AQI="',
};

/** In words, where the syntax has them. */
function defaults(
  { dice, syntax, enums }: Scope,
  side: Side,
  { name, is }: TypeModel,
  label: Label,
): readonly string[] {
  if (syntax[side] === "proto3" || label !== "explicit" || is === "message" || !dice.chance(10)) return [];
  const named = enums.find((each) => each.name === name);
  if (named !== undefined) return [`default = ${dice.one(named.values)}`];
  if (name === "bool") return ["default = true"];
  return [`default = ${name === "string" || name === "bytes" ? '"d"' : dice.one([0, 1, 7])}`];
}
