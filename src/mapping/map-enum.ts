import type { Enum, EnumValue } from "../schema/index.js";
import type { EnumMapping, PairedBy, ValuePair } from "./mapping.js";
import { bareName, pairValuesByNumber } from "./pair-values-by-number.js";
import { ambiguous, unsupported } from "./refuse.js";

/**
 * Pairs the values of two paired enums: by `was`, by name (the enum's name in front does not count), then what
 * is left by number.
 * @throws Proto4Error "mapping-ambiguous", "mapping-unsupported"
 */
export function mapEnum(v3: Enum, v4: Enum): EnumMapping {
  const values = pairValues(v3, v4);
  const renumbered = values
    .filter((pair) => pair.v3.number !== pair.v4.number)
    .map((pair) => [pair.v3.number, pair.v4.number] as const);
  checkOneToOne(values);
  return { v3, v4, values, renumbered: [...new Map(renumbered)] };
}

function pairValues(v3: Enum, v4: Enum): readonly ValuePair[] {
  const pairs = new Map<EnumValue, ValuePair>();
  const free = new Set(v3.values);
  const claim = (pairedBy: PairedBy, find: (value: EnumValue) => EnumValue | undefined) => {
    for (const value of v4.values) {
      const elder = pairs.has(value) ? undefined : find(value);
      if (elder === undefined || !free.delete(elder)) continue;
      pairs.set(value, { v3: elder, v4: value, pairedBy });
    }
  };
  const among = (holds: (elder: EnumValue) => boolean) => [...free].find(holds);
  claim("was", (value) => namedByWas(value, v3, free));
  claim("name", (value) => among((elder) => elder.name === value.name));
  claim("name", (value) => among((elder) => bareName(elder) === bareName(value)));
  for (const pair of pairValuesByNumber({ v3, v4 }, [...pairs.values()])) pairs.set(pair.v4, pair);
  return v4.values.flatMap((value) => pairs.get(value) ?? []);
}

function namedByWas(value: EnumValue, v3: Enum, free: ReadonlySet<EnumValue>): EnumValue | undefined {
  const { was } = value.lifecycle.terms;
  if (was === undefined) return undefined;
  const elder = v3.values.find(({ name }) => name === was);
  if (elder === undefined)
    throw unsupported(
      value,
      `${value.name} was "${was}", and ${v3.fullName} has no such value`,
      `write the name of a value of ${v3.fullName}`,
    );
  if (!free.has(elder))
    throw ambiguous(
      value,
      `several values of ${value.parent.fullName} say that they continue ${elder.name}`,
      `leave (proto4.enum_value_terms) = {was: "${was}"} on one of them`,
    );
  return elder;
}

/** Aliases may lead a number two ways. */
function checkOneToOne(values: readonly ValuePair[]): void {
  const [up, down] = [new Map<number, ValuePair>(), new Map<number, ValuePair>()];
  for (const pair of values) {
    const other = [up.get(pair.v3.number), down.get(pair.v4.number)].find(
      (known) =>
        known !== undefined && (known.v3.number !== pair.v3.number || known.v4.number !== pair.v4.number),
    );
    if (other !== undefined)
      throw ambiguous(
        pair.v4,
        `${other.v3.name} becomes ${other.v4.name} and ${pair.v3.name} becomes ${pair.v4.name}, but two of the numbers are one`,
        "give aliases of one number aliases of one number as counterparts, with (proto4.enum_value_terms).was",
      );
    up.set(pair.v3.number, pair);
    down.set(pair.v4.number, pair);
  }
}

/** Who reads an absent field reads the zero, of a closed enum the first: with presence, it has to mean the same. */
export function changesDefault({ v3, v4, values }: EnumMapping): Error {
  const [elder, newer] = [v3, v4].map((each) => each.values.find(isDefault));
  const moved = values.find((pair) => isDefault(pair.v3) !== isDefault(pair.v4));
  const what =
    v3.closed || v4.closed || moved === undefined
      ? `${v4.fullName} begins with ${newer?.name}, ${v3.fullName} with ${elder?.name}`
      : `${moved.v3.name} = ${moved.v3.number} becomes ${moved.v4.name} = ${moved.v4.number}`;
  return unsupported(
    moved?.v4 ?? newer ?? v4,
    `${what}, so that an absent field changes its meaning`,
    `keep ${v4.closed ? "first what was first" : "zero for what zero was"}`,
  );
}

function isDefault({ number, parent }: EnumValue): boolean {
  return number === (parent.closed ? parent.values[0]?.number : 0);
}
