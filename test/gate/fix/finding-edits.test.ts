import { expect, test } from "vitest";
import { findingEdits } from "../../../src/gate/index.js";
import type { Finding, Fix } from "../../../src/rules/index.js";

const text = 'syntax = "proto3";\nmessage Order {\n  string id = 1;\n}\n';
const reserve: Fix = {
  kind: "reserve",
  path: "order.proto",
  symbol: "Order",
  numbers: [{ start: 2, end: 2 }],
  names: [],
};
const edits = findingEdits((path) => (path === "order.proto" ? text : undefined));
const of = (...fixes: readonly Fix[]) => edits({ way: { fixes } } as unknown as Finding);

test("a finding's fixes are edits of the text that is there", () => {
  const [file, ...others] = of(reserve);
  expect(others).toEqual([]);
  const [edit] = file!.edits;
  expect(text.slice(0, edit!.start) + edit!.text + text.slice(edit!.end)).toContain(
    "message Order {\n  reserved 2;\n",
  );
});

test("a fix that cannot be made wholly is not told in parts", () => {
  expect(of(reserve, { ...reserve, symbol: "Nobody" })).toEqual([]);
  expect(of(reserve, { ...reserve, path: "elsewhere.proto" })).toEqual([]);
  expect(of(reserve, { kind: "create", path: "order.proto", symbol: "order.proto", text: "" })).toEqual([]);
});

test("a text that is no source leaves a finding without edits", () => {
  const broken = findingEdits(() => "message {{{ /*");
  expect(broken({ way: { fixes: [reserve] } } as unknown as Finding)).toEqual([]);
});

test("a source is read once, however many findings are in it", () => {
  let reads = 0;
  const counting = findingEdits(() => {
    reads++;
    return text;
  });
  const ids = [2, 3].map((number) => ({ ...reserve, numbers: [{ start: number, end: number }] }));
  const [two, three] = ids.map(
    (fix) => counting({ way: { fixes: [fix] } } as unknown as Finding)[0]!.edits[0]!.text,
  );
  expect([two, three].map((inserted) => inserted?.trim())).toEqual(["reserved 2;", "reserved 3;"]);
  expect(reads).toBe(1);
});

test("the edits of 2,000 findings in one file take a moment", () => {
  const fields = Array.from({ length: 2000 }, (_, index) => `  int64 f${index} = ${index + 1};\n`).join("");
  const many = findingEdits(() => `syntax = "proto3";\nmessage Order {\n${fields}}\n`);
  const start = performance.now();
  for (let index = 0; index < 2000; index++) {
    const fix: Fix = {
      kind: "replace",
      path: "order.proto",
      symbol: `Order.f${index}`,
      part: "type",
      text: "int32",
    };
    expect(many({ way: { fixes: [fix] } } as unknown as Finding)[0]!.edits).toHaveLength(1);
  }
  // Reading the file for each of them took over a minute.
  expect(performance.now() - start).toBeLessThan(10_000);
}, 30_000);
