import { expect, test } from "vitest";
import { makeFixes } from "../../../src/gate/index.js";
import type { Finding, Fix } from "../../../src/rules/index.js";
import { makeFinding } from "../report/finding.js";

const path = "a.proto";

function found(index: number, ...fixes: readonly Fix[]): Finding {
  return makeFinding({ id: index.toString(16).padStart(12, "0"), symbol: `M.f${index}`, way: { fixes } });
}

const numbers = Array.from({ length: 8_000 }, (_, index) => index + 1);
const fields = (of: readonly number[]) => of.map((index) => `  int32 f${index} = ${index};\n`).join("");
const text = `syntax = "proto3";\n\nmessage M {\n${fields([1])}}\n`;

test("thousands of edits that are refused are told of at once", async () => {
  const all = numbers.map((index) =>
    found(index, { kind: "replace", path, symbol: `M.f${index}`, part: "type", text: "int64" }),
  );
  const start = performance.now();
  const { unfixed } = await makeFixes(all, all, {
    read: () => ({ why: "it is read-only" }),
    check: async () => all,
  });
  // Asking each finding about each edit took a minute.
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(unfixed).toEqual(all.map((each) => ({ finding: each, why: "it is read-only" })));
}, 120_000);

test("thousands of numbers that come back are not reserved, and that takes no time that grows with both", async () => {
  const lost = numbers.slice(1, 4_000);
  const all = lost.flatMap((index) => [
    found(index, {
      ...{ kind: "insert", path, symbol: "M" },
      ...{ statement: `int32 f${index} = ${index};`, after: [`M.f${index - 1}`] },
    }),
    found(10_000 + index, {
      ...{ kind: "reserve", path, symbol: "M" },
      ...{ numbers: [{ start: index, end: index }], names: [`f${index}`] },
    }),
  ]);
  const start = performance.now();
  const { sources, unfixed } = await makeFixes(all, all, {
    read: () => ({ text }),
    check: async () => [],
  });
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(unfixed).toEqual([]);
  expect(sources.map(({ after }) => after)).toEqual([text.replace(fields([1]), fields([1, ...lost]))]);
}, 120_000);

test("what cannot be fixed is told in the order of the findings", async () => {
  const remove = (index: number) => found(index, { kind: "remove", path, symbol: `M.f${index}` });
  const all = [found(1), remove(9), found(2), remove(1), found(3)];
  const { unfixed } = await makeFixes(all, all, {
    read: () => ({ text }),
    check: async (sources) => (sources[0]?.after.includes("f1") === true ? all : [...all, found(10)]),
  });
  expect(unfixed.map(({ finding }) => finding)).toEqual(all);
});
