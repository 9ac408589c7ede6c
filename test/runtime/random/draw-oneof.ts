import { drawNames, drawNumberPair, termsOf } from "./draw-field.js";
import { drawTypes } from "./draw-types.js";
import { type Numbers, type Part, type Scope, type Side, sides, type TypeModel } from "./scope.js";
import { labelsFor, writeField } from "./write-field.js";

/** Oneofs that keep their members, gain and lose some, or exchange them; members of one side alone. */
export function drawOneof(scope: Scope, numbers: Numbers): Part {
  const { dice } = scope;
  const isKept = dice.chance(25);
  const [first, second] = [scope.name("one"), scope.name("two")];
  const lines = { v3: new Map<string, string[]>(), v4: new Map<string, string[]>() };
  const add = (side: Side, place: string, line: string) =>
    lines[side].set(place, [...(lines[side].get(place) ?? []), line]);
  const place = () => dice.one(isKept ? [first] : [first, first, first, second, beside]);
  for (let count = dice.int(2, 4); count > 0; count--) {
    const types = drawTypes(scope);
    const { names, terms } = drawNames(scope);
    const number = drawNumberPair(scope, numbers);
    for (const side of sides) {
      const where = place();
      const label = where === beside ? { label: labelBeside(scope, side, types[side]) } : {};
      const told = side === "v3" ? [] : [...terms, ...termsOf(types)];
      add(
        side,
        where,
        writeField(scope, side, {
          ...label,
          type: types[side],
          name: names[side],
          number: number[side],
          terms: told,
        }),
      );
    }
  }
  if (!isKept)
    for (const side of sides) {
      if (!dice.chance(30)) continue;
      const [name, number] = [scope.name("only"), numbers.take(side)];
      const type = drawTypes(scope)[side];
      add(side, first, writeField(scope, side, { type, name, number, deprecated: side === "v3" }));
    }
  return { v3: written(lines.v3), v4: written(lines.v4) };
}

const beside = "";

function labelBeside({ dice, ...scope }: Scope, side: Side, type: TypeModel) {
  return dice.one(labelsFor({ dice, ...scope }, side, type).filter((label) => label !== "required"));
}

function written(places: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...places].flatMap(([place, lines]) =>
    place === beside ? lines : [`oneof ${place} { ${lines.join(" ")} }`],
  );
}
