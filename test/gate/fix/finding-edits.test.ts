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
const of = (...fixes: readonly Fix[]) => edits({ fixes } as unknown as Finding);

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
  expect(broken({ fixes: [reserve] } as unknown as Finding)).toEqual([]);
});
