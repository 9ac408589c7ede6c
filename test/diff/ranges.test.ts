import fc from "fast-check";
import { expect, test } from "vitest";
import { missingFrom } from "../../src/diff/ranges.js";

const range = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 10 }))
  .map(([start, length]) => ({ start, end: start + length }));

test("what is missing from a range is what no range of the cover holds", () => {
  fc.assert(
    fc.property(range, fc.array(range, { maxLength: 6 }), (whole, cover) => {
      const numbers = ({ start, end }: { start: number; end: number }) =>
        Array.from({ length: end - start + 1 }, (_, at) => start + at);
      const covered = new Set(cover.flatMap(numbers));
      expect(missingFrom(whole, cover).flatMap(numbers)).toEqual(
        numbers(whole).filter((n) => !covered.has(n)),
      );
    }),
  );
});
