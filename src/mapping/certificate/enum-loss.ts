import type { Enum } from "../../schema/index.js";

/** The two directions of a loss, each absent where nothing is lost. */
export interface Losses {
  readonly up?: string | undefined;
  readonly down?: string | undefined;
}

/**
 * Which numbers of an enum the other side would take for something else, or not at all.
 * @param values the numbers that differ
 */
export function enumLoss(v3: Enum, v4: Enum, values: readonly (readonly [v3: number, v4: number])[]): Losses {
  const up = new Map(values);
  const down = new Map(values.map(([elder, newer]) => [newer, elder]));
  return { up: unsaid(v3, v4, up, down), down: unsaid(v4, v3, down, up) };
}

type Numbers = ReadonlyMap<number, number>;

function unsaid(from: Enum, to: Enum, there: Numbers, back: Numbers): string | undefined {
  const known = new Set(to.values.map(({ number }) => number));
  const taken = [...back.keys()].filter((number) => !there.has(number));
  const dropped = from.values.filter(
    ({ number }) => !there.has(number) && (taken.includes(number) || (to.closed && !known.has(number))),
  );
  const named = new Set(dropped.map(({ number }) => number));
  const strangers = taken.filter((number) => !named.has(number));
  const parts = [
    ...dropped.map(({ name, number }) => `${name} = ${number}`),
    ...strangers.map((number) => `the undeclared number ${number}`),
    ...(to.closed && !from.closed ? ["numbers that it does not declare"] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(", ");
}
