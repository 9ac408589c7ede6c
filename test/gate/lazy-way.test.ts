import { expect, test } from "vitest";
import { check } from "../../src/gate/index.js";
import { loadImage } from "../../src/image/index.js";
import { lazyWay } from "../../src/rules/index.js";
import { writeSources } from "../setup/sources.js";

test("a way is found at the first question, and once for all copies", () => {
  let times = 0;
  const found = {
    way: lazyWay(() => {
      times++;
      return { unfixable: "its name is taken" };
    }),
  };
  const [one, other] = [{ ...found }, { ...found, waiver: undefined }];
  expect(times).toBe(0);
  expect(one.way.fixes).toEqual([]);
  expect(other.way.unfixable).toBe("its name is taken");
  expect(times).toBe(1);
});

test("a check makes no fix that nobody asks for, and a finding is plain data all the same", async () => {
  const image = async (field: string) =>
    loadImage(await writeSources({ "a.proto": `syntax = "proto3"; package a.v1; message M { ${field} }` }));
  const [finding] = check(await image("int32 a = 1;"), await image(""), { today: "2026-11-26" });
  const { get } = Object.getOwnPropertyDescriptor(finding!.way, "fixes")!;
  expect(get).toBeInstanceOf(Function);
  expect(JSON.parse(JSON.stringify(finding)).way.fixes).toMatchObject([
    { kind: "insert", path: "a.proto", symbol: "a.v1.M", statement: "int32 a = 1 [deprecated = true];" },
  ]);
});
