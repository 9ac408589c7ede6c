import type { Enum, EnumValue } from "../schema/index.js";
import type { ValuePair } from "./mapping.js";
import { includes } from "./ranges.js";
import { ambiguous } from "./refuse.js";

/** Values of both generations. */
interface Sides<T> {
  readonly v3: T;
  readonly v4: T;
}

/**
 * Pairs the values of one number whose names tell nothing yet. Where the names have a word in common, a value was
 * renamed; else that is a guess, which is made where no other value is left.
 * @param paired what names have paired; an alias whose number is paired already has nothing to add
 * @throws Proto4Error "mapping-ambiguous"
 */
export function pairValuesByNumber(enums: Sides<Enum>, paired: readonly ValuePair[]): readonly ValuePair[] {
  const left = { v3: unpaired(enums, paired, "v3"), v4: unpaired(enums, paired, "v4") };
  const taken = new Set<EnumValue>();
  return left.v4.flatMap((v4) => {
    const v3 = left.v3.find((elder) => elder.number === v4.number && !taken.has(elder));
    if (v3 === undefined) return [];
    taken.add(v3);
    checkIsRename(v3, v4);
    if (!isDefault(v4) && !haveWordInCommon(v3, v4)) checkIsOnly({ v3, v4 }, left);
    return { v3, v4, pairedBy: "number" } as const;
  });
}

function unpaired(enums: Sides<Enum>, paired: readonly ValuePair[], side: "v3" | "v4"): readonly EnumValue[] {
  const own = new Set(paired.map((pair) => pair[side]));
  const numbers = new Set(paired.flatMap(({ v3, v4 }) => [v3.number, v4.number]));
  return enums[side].values.filter((value) => !own.has(value) && !numbers.has(value.number));
}

/** An absent field reads as it, whatever its name. */
function isDefault({ number, parent }: EnumValue): boolean {
  return number === (parent.closed ? parent.values[0]?.number : 0);
}

function checkIsOnly({ v3, v4 }: Sides<EnumValue>, left: Sides<readonly EnumValue[]>): void {
  const candidates = {
    v3: left.v3.filter((elder) => elder === v3 || (elder.number !== 0 && !isRetiredValue(elder, v4.parent))),
    v4: left.v4.filter(({ number }) => number !== 0),
  };
  if (new Set(candidates.v3.map(numberOf)).size === 1 && new Set(candidates.v4.map(numberOf)).size === 1)
    return;
  throw ambiguous(
    v4,
    `nothing but the number tells what continues what: ${tell(candidates.v3)} of ${v3.parent.fullName}, ${tell(candidates.v4)} of ${v4.parent.fullName}`,
    `write (proto4.enum_value_terms) = {was: "${v3.name}"} on the value that continues it, or say what ended: ` +
      `[(proto4.enum_value_lifecycle) = DEPRECATED] in ${v3.parent.fullName}, or reserved in ${v4.parent.fullName}`,
  );
}

function numberOf({ number }: EnumValue): number {
  return number;
}

function tell(values: readonly EnumValue[]): string {
  return values.map(({ name, number }) => `${name} = ${number}`).join(", ");
}

function haveWordInCommon(v3: EnumValue, v4: EnumValue): boolean {
  const words = new Set(ownWords(v3));
  return ownWords(v4).some((word) => words.has(word));
}

/** Those of a name that not all values of the enum begin with. */
function ownWords({ name, parent }: EnumValue): readonly string[] {
  const words = (each: string) => each.toLowerCase().split("_");
  const all = parent.values.map((value) => words(value.name));
  const own = words(name);
  const shared = own.findIndex((word, index) => all.some((each) => each[index] !== word));
  return shared === -1 ? own : own.slice(shared);
}

/** The same number under another name: renamed, or retired and its number taken again? */
function checkIsRename(elder: EnumValue, newer: EnumValue): void {
  const goesOn = newer.lifecycle.state === "DEPRECATED" && !newer.parent.reservedNames.includes(elder.name);
  if (goesOn || !isRetiredValue(elder, newer.parent)) return;
  throw ambiguous(
    newer,
    `${newer.fullName} has the number of ${elder.fullName}, which is retired`,
    `write (proto4.enum_value_terms) = {was: "${elder.name}"} if it continues it, and take another number if it does not`,
  );
}

/** Whether somebody said that a value ended. */
export function isRetiredValue({ name, number, lifecycle }: EnumValue, v4: Enum): boolean {
  const isDeprecated = lifecycle.state === "DEPRECATED" && lifecycle.source !== "inferred";
  return isDeprecated || v4.reservedNames.includes(name) || includes(v4.reservedRanges, number);
}

/** `ORDER_STATUS_OPEN` of `OrderStatus` is `OPEN`. */
export function bareName({ name, parent }: EnumValue): string {
  const prefix = `${parent.name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase()}_`;
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}
