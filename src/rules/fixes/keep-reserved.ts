import type { ChangeOf } from "../../diff/index.js";
import type { Enum, EnumValue, Field, Message, NumberRange } from "../../schema/index.js";
import { describe } from "../describe.js";
import type { Fix } from "../fix.js";
import { greatestExtension, rangeSource } from "../print/print-message.js";
import { unfixable, type WayBack } from "./way-back.js";

/** What was reserved is so again, unless somebody has it by now. */
export function keepReserved({
  after,
  from,
  freed,
}: ChangeOf<"reserved-removed" | "enum-reserved-removed">): WayBack {
  const name = from.startsWith('"') ? from.slice(1, -1) : undefined;
  return reserve(after, freed, name === undefined ? [] : [name]);
}

/** Reserves what a field or value leaves; a name or number that somebody has by now is not free to be reserved. */
export function reserveLeft(
  left: Field | EnumValue,
  names: readonly string[],
  parent: Message | Enum,
): WayBack {
  const { number } = left;
  const isReserved = parent.reservedRanges.some(({ start, end }) => start <= number && number <= end);
  const taken = membersOf(parent).map(({ name }) => name);
  const free = names.filter((name) => !parent.reservedNames.includes(name) && !taken.includes(name));
  return reserve(parent, isReserved ? [] : [{ start: number, end: number }], free);
}

export function reserve(
  parent: Message | Enum,
  numbers: readonly NumberRange[],
  names: readonly string[],
): WayBack {
  const taker = membersOf(parent).find(
    ({ number, name }) =>
      names.includes(name) || numbers.some(({ start, end }) => start <= number && number <= end),
  );
  if (taker !== undefined) return unfixable(`it is taken by ${describe(taker)} now`);
  const { fullName: symbol, file } = parent;
  return { fixes: [{ kind: "reserve", path: file.fullName, symbol, numbers, names }] };
}

/** The message takes again what it took; a number that is a field's, or reserved, by now cannot be given away. */
export function keepExtensions({ after, freed }: ChangeOf<"extension-range-removed">): WayBack {
  if (after.file.syntax === "proto3") return unfixable("in proto3 a message takes no extensions");
  const isIn = (number: number) => freed.some(({ start, end }) => start <= number && number <= end);
  const taker = after.fields.find(({ number }) => isIn(number));
  if (taker !== undefined) return unfixable(`they are taken by ${describe(taker)} now`);
  if (
    after.reservedRanges.some(({ start, end }) =>
      freed.some((range) => start <= range.end && range.start <= end),
    )
  )
    return unfixable("they are reserved now");
  const { fullName: symbol, file } = after;
  const fixes = freed.map((range): Fix => {
    const statement = `extensions ${rangeSource(range, greatestExtension(after))};`;
    return { kind: "insert", path: file.fullName, symbol, statement, after: [] };
  });
  return { fixes };
}

function membersOf(parent: Message | Enum): readonly (Field | EnumValue)[] {
  return parent.kind === "message" ? parent.fields : parent.values;
}
