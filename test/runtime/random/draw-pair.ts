import fc from "fast-check";
import { Dice } from "../../differential/dice.js";
import type { Pair } from "../../mapping/pair.js";
import { drawField } from "./draw-field.js";
import { drawOneof } from "./draw-oneof.js";
import { drawMap, drawNested, drawOnly, drawRegroup, drawReplaced } from "./draw-parts.js";
import { drawTypes } from "./draw-types.js";
import {
  type BothSides,
  drawNumbers,
  type EnumNames,
  type Numbers,
  type Part,
  type Scope,
  type Side,
  type Syntax,
  sides,
} from "./scope.js";
import { writeField } from "./write-field.js";

/** The messages that every pair declares, on both sides. */
export const messageNames = ["M0", "M1", "M1.M2"];

/** Two generations of a contract of a few messages that know each other. */
export const randomPair: fc.Arbitrary<Pair> = fc.noBias(fc.nat()).map((seed) => drawPair(new Dice(seed)));

function drawPair(dice: Dice): Pair {
  const syntax = { v3: dice.one(syntaxes), v4: dice.one(syntaxes) };
  const enums = ["Ea", "Eb"].map((name) => drawEnum(dice, syntax, name));
  let count = 0;
  const scope: Scope = {
    dice,
    syntax,
    messages: messageNames,
    enums: enums.map(({ names }) => names),
    name: (prefix) => `${prefix}${++count}`,
  };
  const [root, outer, inner] = messageNames.map((name) => drawMessage(scope, name));
  const files = [root, outer, inner].flatMap((part) => part!.files ?? []);
  const [v3, v4] = sides.map((side) =>
    [
      ...enums.map((each) => each[side]),
      `message M0 {\n${indent(root![side])}\n}`,
      `message M1 {\n${indent([...outer![side], `message M2 {\n${indent(inner![side])}\n}`])}\n}`,
      ...files.flatMap((file) => file[side]),
    ].join("\n"),
  );
  return { syntax, v3: v3!, v4: v4! };
}

const syntaxes: readonly Syntax[] = ["proto2", "proto3", "proto3", "2023"];

type DrawPart = (scope: Scope, numbers: Numbers) => Part;

const table: readonly DrawPart[] = [
  ...[drawField, drawField, drawField, drawField, drawField, drawField],
  ...[drawMap, drawOnly, drawOnly, drawOneof, drawReplaced, drawRegroup, drawNested],
];

function drawMessage(scope: Scope, name: string): Part {
  const { dice } = scope;
  const numbers = drawNumbers(dice);
  const parts = Array.from({ length: dice.int(2, 6) }, () => dice.one(table)(scope, numbers));
  if (dice.chance(30)) parts.push(drawExtensions(scope, name));
  const lines = (side: Side) => parts.flatMap((part) => part[side]);
  const files = (side: Side) => parts.flatMap((part) => part.files?.[side] ?? []);
  return { v3: lines("v3"), v4: lines("v4"), files: { v3: files("v3"), v4: files("v4") } };
}

/** proto3 has no extensions but of options. */
function drawExtensions(scope: Scope, message: string): Part {
  if (Object.values(scope.syntax).includes("proto3")) return { v3: [], v4: [] };
  const types = drawTypes(scope);
  const name = scope.name("ext");
  const [v3, v4] = sides.map((side) => {
    const terms = side === "v4" && types.terms ? [types.terms] : [];
    const field = { label: "explicit", type: types[side], name, number: 1001, terms } as const;
    return `extend ${message} { ${writeField(scope, side, field)} }`;
  });
  const range = ["extensions 1000 to 1100;"];
  return { v3: range, v4: range, files: { v3: [v3!], v4: [v4!] } };
}

function drawEnum(dice: Dice, syntax: BothSides<Syntax>, name: string) {
  const prefix = name.toUpperCase();
  const both = Array.from({ length: dice.int(2, 4) }, (_, index) => `${prefix}_V${index}`);
  const numbers = both.map((_, index) => index);
  const closed = { v3: isClosed(dice, syntax.v3), v4: isClosed(dice, syntax.v4) };
  const isRenumbered = dice.chance(50);
  const moved = numbers.map((number) =>
    number > 0 && isRenumbered && dice.chance(60) ? 10 + number : number,
  );
  const added = dice.chance(30) ? [`${prefix}_NEW = 30;`] : [];
  const body = (side: Side, list: readonly number[], more: readonly string[]) => {
    const values = both.map((value, index) => `${value} = ${list[index]};`);
    const option = syntax[side] === "2023" && closed[side] ? ["option features.enum_type = CLOSED;"] : [];
    return `enum ${name} { ${[...option, ...values, ...more].join(" ")} }`;
  };
  const names: EnumNames = { name, closed, values: both };
  return { names, v3: body("v3", numbers, []), v4: body("v4", moved, added) };
}

function isClosed(dice: Dice, syntax: Syntax): boolean {
  return syntax === "proto2" || (syntax === "2023" && dice.chance(40));
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join("\n");
}
