import { expect } from "vitest";
import { applyFixes } from "../../../src/gate/source/index.js";
import type { Fix } from "../../../src/rules/index.js";

type Without<F> = F extends Fix ? Omit<F, "path"> : never;

/** A fix of a.proto. */
export type Asked = Without<Fix>;

/** What fixes make of a source, each of them; made again, they change nothing more. */
export function fixed(text: string, ...asked: readonly Asked[]): string {
  const { text: after, refused } = fix(text, ...asked);
  expect(refused).toEqual([]);
  expect(fix(after, ...asked).edits).toEqual([]);
  return after;
}

/** Why fixes are refused, which then change nothing. */
export function whyNot(text: string, ...asked: readonly Asked[]): readonly string[] {
  const { text: after, refused } = fix(text, ...asked);
  expect(after).toBe(text);
  return refused.map(({ why }) => why);
}

export function fix(text: string, ...asked: readonly Asked[]) {
  return applyFixes(
    text,
    asked.map((each) => ({ ...each, path: "a.proto" }) as Fix),
  );
}

export const set = (symbol: string, name: string, value: string | undefined): Asked => ({
  kind: "option",
  symbol,
  name,
  value,
});

export const insert = (symbol: string, statement: string, ...after: readonly string[]): Asked => ({
  kind: "insert",
  symbol,
  statement,
  after,
});

export const replace = (
  symbol: string,
  part: Extract<Fix, { kind: "replace" }>["part"],
  text: string,
): Asked => ({
  kind: "replace",
  symbol,
  part,
  text,
});

export const remove = (symbol: string): Asked => ({ kind: "remove", symbol });

/** Numbers as they are, ranges as pairs, names as strings. */
export function reserve(
  symbol: string,
  ...what: readonly (number | readonly [number, number] | string)[]
): Asked {
  return { kind: "reserve", symbol, ...contents(what) };
}

export function unreserve(
  symbol: string,
  ...what: readonly (number | readonly [number, number] | string)[]
): Asked {
  return { kind: "unreserve", symbol, ...contents(what) };
}

function contents(what: readonly (number | readonly [number, number] | string)[]) {
  return {
    names: what.flatMap((each) => (typeof each === "string" ? [each] : [])),
    numbers: what.flatMap((each) => {
      if (typeof each === "string") return [];
      const [start, end] = typeof each === "number" ? [each, each] : each;
      return [{ start, end }];
    }),
  };
}
