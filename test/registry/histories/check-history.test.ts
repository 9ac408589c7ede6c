import { expect, test } from "vitest";
import { checkHistory } from "./check-history.js";
import type { Answer, Call, Truth } from "./history.js";

const versions: readonly Truth[] = [
  { seq: 1, publish: "a", fields: [1] },
  { seq: 2, publish: "b", fields: [1, 2] },
];

function published(
  id: string,
  fields: readonly number[],
  began: number,
  ended: number,
  answer: Answer,
): Call {
  return { kind: "publish", client: id, id, fields, began, ended, answer };
}

function read(seq: number, fields: readonly number[], began: number, ended: number): Call {
  return { kind: "read", client: "r", seq, fields, began, ended };
}

const a = published("a", [1], 0, 10, { outcome: "published", seq: 1 });
const b = published("b", [1, 2], 5, 20, { outcome: "published", seq: 2 });

test("calls that overlap may stand in any order", () => {
  const other = published("c", [1, 3], 6, 30, { outcome: "refused", against: 2 });
  expect(checkHistory(versions, [a, b, other, read(1, [1], 11, 25), read(2, [1, 2], 6, 12)])).toEqual([]);
});

test.each([
  ["a version that nobody published", versions, [a]],
  ["a gap", [versions[0]!, { ...versions[1]!, seq: 3 }], [a, b]],
  ["one published twice", [...versions, { ...versions[1]!, seq: 3 }], [a, b]],
  ["an acknowledged one that is not there", versions.slice(0, 1), [a, b]],
  ["one that lacks what the one before has", [versions[0]!, { ...versions[1]!, fields: [2] }], [a, b]],
  ["a read of what was overtaken before it began", versions, [a, b, read(1, [1], 21, 22)]],
  ["a read that goes back behind another", versions, [a, b, read(2, [1, 2], 6, 7), read(1, [1], 8, 9)]],
  ["a read of half a version", versions, [a, b, read(2, [1], 21, 22)]],
  [
    "one refused for what it fits",
    versions,
    [a, b, published("c", [1, 2, 3], 6, 30, { outcome: "refused", against: 2 })],
  ],
  [
    "one refused against what was overtaken before it began",
    versions,
    [a, b, published("c", [3], 21, 30, { outcome: "refused", against: 1 })],
  ],
  [
    "one that was told to be refused and is there",
    versions,
    [a, { ...b, answer: { outcome: "refused", against: 1 } }],
  ],
  [
    "one that stands before what was answered before it began",
    versions,
    [
      { ...a, began: 21, ended: 30 },
      { ...b, began: 5 },
    ],
  ],
  [
    "one that was never answered, and stands before what was answered before it began",
    versions,
    [{ ...a, began: 21, ended: 30, answer: { outcome: "failed", message: "" } }, b],
  ],
] as readonly (readonly [string, readonly Truth[], readonly Call[]])[])("%s is seen", (_, truth, calls) => {
  expect(checkHistory(truth, calls)).not.toEqual([]);
});
