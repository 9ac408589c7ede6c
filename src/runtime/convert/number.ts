import type { FieldPlan } from "../plan.js";
import { isDeclared } from "../read-value.js";
import { isFloating, type NumberType, numberOf, numberValue } from "../scalar.js";
import type { Element, Send } from "./element.js";

/**
 * Between any two numeric types, bool and enum, by value. Integers are cut as a parser cuts them; a fraction,
 * infinity or excess that an integer type cannot say is left out, for what is left of it would be no number
 * that anybody wrote.
 */
export function numberElement(v3: FieldPlan, v4: FieldPlan): Element {
  return { up: sendNumber(v3, v4), down: sendNumber(v4, v3) };
}

function sendNumber(from: FieldPlan, to: FieldPlan): Send {
  const [here, there] = [from.type as NumberType, to.type as NumberType];
  return (value) => {
    const number = numberOf(here, value);
    const carried = converted(number, there);
    if (carried === undefined) return undefined;
    const result = numberValue(there, carried);
    if (!isDeclared(to, result)) return undefined;
    const back = converted(numberOf(there, result), here);
    const returns = back !== undefined && Object.is(back, number);
    // The same bits may be another number, which comes back as well.
    const cut = !returns || (typeof carried === "bigint" && typeof number === "bigint" && carried !== number);
    return { value: result, returns, cut };
  };
}

/** The enum's numbers go by the table; others stay, unless they mean something else over there. */
export function enumElement(v3: FieldPlan, v4: FieldPlan, values: EnumValues): Element {
  const [up, down] = enumTables(values);
  return {
    up: sendEnum((number) => changeNumber(number, up, down, v4.closed)),
    down: sendEnum((number) => changeNumber(number, down, up, v3.closed)),
  };
}

type EnumValues = readonly (readonly [v3: number, v4: number])[];

type Numbers = ReadonlyMap<number, number>;

export function enumTables(values: EnumValues): readonly [up: Numbers, down: Numbers] {
  return [new Map(values), new Map(values.map(([elder, newer]) => [newer, elder]))];
}

/** @returns `undefined` where the other side cannot say it */
export function changeNumber(
  value: number,
  there: Numbers,
  back: Numbers,
  closed: readonly number[] | undefined,
): number | undefined {
  const number = there.get(value) ?? (back.has(value) ? undefined : value);
  return number === undefined || (closed && !closed.includes(number)) ? undefined : number;
}

function sendEnum(change: (number: number) => number | undefined): Send {
  return (value) => {
    const number = change(Number(numberOf("enum", value)));
    return number === undefined ? undefined : { value: numberValue("enum", number), returns: true };
  };
}

/** @returns the number as its type has it before cutting, `undefined` where nothing sensible is left of it */
function converted(number: number | bigint, to: NumberType): number | bigint | undefined {
  if (isFloating(to)) {
    const result = Number(number);
    return to === "float" ? Math.fround(result) : result;
  }
  if (typeof number === "number") {
    if (!Number.isInteger(number)) return undefined;
    const integer = BigInt(number);
    return numberOf(to, numberValue(to, integer)) === integer ? integer : undefined;
  }
  return numberOf(to, numberValue(to, number));
}
