import type { ChangeOf } from "../../diff/index.js";
import type { Enum, EnumValue, Field, Message, NumberRange } from "../../schema/index.js";
import { describe } from "../describe.js";
import type { Fix } from "../fix.js";
import { fieldNamed, valueNamed, valueNumbered } from "../member-index.js";
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
  const free = names.filter(
    (name) => !parent.reservedNames.includes(name) && memberNamed(parent, name) === undefined,
  );
  return reserve(parent, isReserved ? [] : [{ start: number, end: number }], free);
}

export function reserve(
  parent: Message | Enum,
  numbers: readonly NumberRange[],
  names: readonly string[],
): WayBack {
  const [taker] = [
    ...names.flatMap((name) => memberNamed(parent, name) ?? []),
    ...numbers.flatMap((range) => memberIn(parent, range) ?? []),
  ];
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

function memberNamed(parent: Message | Enum, name: string): Field | EnumValue | undefined {
  return parent.kind === "message" ? fieldNamed(parent, name) : valueNamed(parent, name);
}

function memberIn(parent: Message | Enum, { start, end }: NumberRange): Field | EnumValue | undefined {
  if (start === end)
    return parent.kind === "message" ? parent.fieldByNumber.get(start) : valueNumbered(parent, start);
  const members = parent.kind === "message" ? parent.fields : parent.values;
  return members.find(({ number }) => start <= number && number <= end);
}
