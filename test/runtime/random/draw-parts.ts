import { drawField, drawLabels, drawNames, drawNumberPair, termsOf } from "./draw-field.js";
import { drawTypes } from "./draw-types.js";
import {
  drawNumbers,
  type Numbers,
  type Part,
  type Scope,
  type Side,
  sides,
  type TypeModel,
} from "./scope.js";
import { labelsFor, writeField } from "./write-field.js";

/** A map on both sides. */
export function drawMap(scope: Scope, numbers: Numbers): Part {
  const { dice } = scope;
  const keys = [dice.one(keyTypes), dice.one(keyTypes)];
  const isText = keys.includes("string");
  const types = drawTypes(scope);
  const { names, terms } = drawNames(scope);
  const number = drawNumberPair(scope, numbers);
  const line = (side: Side, key: string) =>
    writeField(scope, side, {
      type: types[side],
      written: `map<${key}, ${types[side].name}>`,
      name: names[side],
      number: number[side],
      terms: side === "v3" ? [] : [...terms, ...termsOf(types)],
    });
  const other = isText || dice.chance(50) ? keys[0]! : keys[1]!;
  return { v3: [line("v3", keys[0]!)], v4: [line("v4", other)] };
}

const keyTypes = ["string", "string", "int32", "int64", "uint64", "sint32", "bool", "fixed32"];

/** A field of one generation alone: v3 declares its end, or v4 reserves what it had. */
export function drawOnly(scope: Scope, numbers: Numbers): Part {
  const { dice } = scope;
  const side: Side = dice.chance(50) ? "v3" : "v4";
  const type = drawTypes(scope)[side];
  const name = scope.name("only");
  const label = dice.one(labelsFor(scope, side, type).filter((each) => each !== "required"));
  const taken = [...numbers.taken[side === "v3" ? "v4" : "v3"]];
  const wanted = taken.length > 0 && dice.chance(25) ? dice.one(taken) : undefined;
  const number = numbers.take(side, wanted);
  const isFree = !numbers.taken.v4.has(number);
  const reserved = side === "v3" && isFree && dice.chance(40) ? numbers.take("v4", number) : undefined;
  const deprecated = side === "v3" && reserved === undefined;
  const line = writeField(scope, side, { label, type, name, number, deprecated });
  if (side === "v4") return { v3: [], v4: [line] };
  return { v3: [line], v4: reserved === undefined ? [] : [`reserved ${number};`, reserve(scope, name)] };
}

function reserve({ syntax }: Scope, name: string): string {
  return syntax.v4 === "2023" ? `reserved ${name};` : `reserved "${name}";`;
}

/** A field that another one of v4 replaces, beside which it stays. */
export function drawReplaced(scope: Scope, numbers: Numbers): Part {
  let types = drawTypes(scope);
  while (types.v3.is !== "scalar") types = drawTypes(scope);
  const [name, successor] = [scope.name("f"), scope.name("new")];
  const labels = drawLabels(scope, types, ["required", "repeated"]);
  const number = numbers.take("v3");
  const bridgeTypes = { v3: types.v3, v4: types.v3 };
  const bridge = drawLabels(scope, bridgeTypes, ["required", "repeated"]).v4;
  const terms = [`replaced_by: "${successor}"`, ...termsOf(types)];
  return {
    v3: [writeField(scope, "v3", { label: labels.v3, type: types.v3, name, number })],
    v4: [
      writeField(scope, "v4", {
        label: bridge,
        type: types.v3,
        name,
        number: numbers.take("v4", number),
        terms,
        deprecated: true,
      }),
      writeField(scope, "v4", {
        label: labels.v4,
        type: types.v4,
        name: successor,
        number: numbers.take("v4"),
        terms: termsOf(types),
      }),
    ],
  };
}

/** Fields beside each other on one side, in a submessage on the other. */
export function drawRegroup(scope: Scope, numbers: Numbers): Part {
  const { dice } = scope;
  const side: Side = dice.chance(50) ? "v3" : "v4";
  const flatSide: Side = side === "v3" ? "v4" : "v3";
  const [holder, message] = [scope.name("held"), scope.name("Held")];
  const inside = drawNumbers(dice);
  const inner: string[] = [];
  const flat: string[] = [];
  for (let count = dice.int(1, 3); count > 0; count--) {
    const types = drawTypes(scope);
    const labels = drawLabels(scope, types, ["required"]);
    const names = { inner: scope.name("f"), flat: scope.name("g") };
    const told = `${side === "v3" ? "was" : "replaced_by"}: "${holder}.${names.inner}"`;
    inner.push(
      writeField(scope, side, {
        label: labels[side],
        type: types[side],
        name: names.inner,
        number: inside.take(side),
        terms: side === "v4" ? termsOf(types) : [],
      }),
    );
    flat.push(
      writeField(scope, flatSide, {
        label: labels[flatSide],
        type: types[flatSide],
        name: names.flat,
        number: numbers.take(flatSide),
        terms: flatSide === "v4" ? [told, ...termsOf(types)] : [told],
      }),
    );
  }
  const type: TypeModel = { name: message, is: "message" };
  const holds = writeField(scope, side, {
    label: "explicit",
    type,
    name: holder,
    number: numbers.take(side),
  });
  const declared = [`message ${message} { ${inner.join(" ")} }`];
  return side === "v3"
    ? { v3: [holds], v4: flat, files: { v3: declared, v4: [] } }
    : { v3: flat, v4: [holds], files: { v3: [], v4: declared } };
}

/** A message of this message's own, a group where the syntax has them. */
export function drawNested(scope: Scope, numbers: Numbers): Part {
  const name = scope.name("G");
  const number = drawNumberPair(scope, numbers);
  const inside = drawNumbers(scope.dice);
  const parts = [drawField(scope, inside), drawField(scope, inside)];
  const isList = scope.dice.chance(40);
  const [v3, v4] = sides.map((side) => {
    const body = `{ ${parts.flatMap((part) => part[side]).join(" ")} }`;
    const label = isList ? "repeated" : "explicit";
    if (scope.syntax[side] === "proto2" && scope.dice.chance(60))
      return [`${isList ? "repeated" : "optional"} group ${name} = ${number[side]} ${body}`];
    const type: TypeModel = { name, is: "message" };
    return [
      `message ${name} ${body}`,
      writeField(scope, side, { label, type, name: name.toLowerCase(), number: number[side] }),
    ];
  });
  return { v3: v3!, v4: v4! };
}
