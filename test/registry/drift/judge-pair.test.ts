import { expect, test } from "vitest";
import { judgePair, type PairCategory } from "../../../src/registry/drift/judge-pair.js";
import type { Traffic } from "../../../src/registry/drift/talks.js";
import { compile } from "../contracts.js";

const base = "message User { string name = 1; }";

test("what the reader lacks is passed over by bytes, and may be refused by JSON", async () => {
  const more = "message User { string name = 1; int32 age = 2; }";
  expect(await judge(more, base)).toEqual([
    {
      rule: "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
      severity: "info",
      symbol: "acme.v1.User.age",
      message: "the reader does not know the field acme.v1.User.age",
    },
  ]);
  expect(await judge(more, base, "data", "WIRE_JSON")).toEqual([
    expect.objectContaining({ severity: "warning", message: expect.stringContaining("may refuse JSON") }),
  ]);
  expect(await judge(base, more)).toEqual([]);
});

test("what the reader takes for something else is an error", async () => {
  const [finding] = await judge("message User { int32 name = 1; }", base);
  expect(finding).toMatchObject({
    rule: "FIELD_WIRE_COMPATIBLE_TYPE",
    severity: "error",
    symbol: "acme.v1.User.name",
  });
});

test("a number that the reader has reserved, and one that it took out of the reserve, disturb nobody", async () => {
  const reserving = "message User { string name = 1; reserved 2; }";
  expect(await judge("message User { string name = 1; int32 age = 2; }", reserving)).toEqual([]);
  expect(await judge(reserving, base)).toEqual([]);
});

test("what nobody promised breaks nothing graver than an info", async () => {
  const options = 'import "proto4/options.proto";\n';
  const experimental = `${options}message User { string name = 1 [(.proto4.field_lifecycle) = EXPERIMENTAL]; }`;
  const changed = experimental.replace("string name", "int32 name");
  expect(await judge(experimental, changed)).toMatchObject([{ severity: "info" }]);
});

test("a method that the server lacks is an error of requests alone", async () => {
  const service = (...methods: string[]) =>
    `message M {} service S { ${methods.map((name) => `rpc ${name}(M) returns (M);`).join(" ")} }`;
  expect(await judge(service("Get", "List"), service("Get"), "requests")).toMatchObject([
    { rule: "RPC_NO_DELETE", severity: "error" },
  ]);
  expect(await judge(service("Get", "List"), service("Get"), "responses")).toEqual([]);
  expect(await judge(service("Get"), service("Get", "List"), "requests")).toEqual([]);
  expect(await judge(service("Get"), "message M {}", "requests")).toMatchObject([
    { rule: "PACKAGE_SERVICE_NO_DELETE", severity: "error" },
  ]);
});

async function judge(
  writer: string,
  reader: string,
  traffic: Traffic = "data",
  category: PairCategory = "WIRE",
) {
  const [a, b] = await Promise.all([writer, reader].map(image));
  return judgePair(a!, b!, "acme.v1", traffic, { category, today: "2026-11-22" });
}

async function image(body: string) {
  const [imports, rest] = body.startsWith("import") ? body.split("\n") : ["", body];
  const text = `syntax = "proto3";\npackage acme.v1;\n${imports}\n${rest}\n`;
  const options = await import("node:fs/promises").then(({ readFile }) =>
    readFile(new URL("../../../proto/proto4/options.proto", import.meta.url), "utf8"),
  );
  return (await compile({ "acme/v1/user.proto": text, "proto4/options.proto": options })).image;
}
