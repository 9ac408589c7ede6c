import { rm } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeFolder, type Outcome, proto4 } from "../proto4.js";

let folder: string;
beforeAll(async () => {
  const message = (name: string) => `message ${name} { string a = 1; string b = 2; }`;
  const file = (name: string, ...messages: string[]) =>
    `syntax = "proto3"; package ${name}; ${messages.map(message).join(" ")}`;
  folder = await makeFolder({
    "shop/v1.proto": file("shop.v1", "User", "Gone", "Parcel"),
    "shop/v2.proto": file("shop.v2", "User", "Parcel"),
    "shop/v3.proto": file("shop.v3", "User", "Parcel", "Fresh"),
    "bank/v1.proto": file("bank.v1", "Account"),
    "bank/v2.proto": file("bank.v2", "Account"),
    "empty.bin": "",
    "alone.proto": file("alone", "User"),
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** It says on stderr what the message became, though there are none. */
const up = (...args: readonly string[]): Promise<Outcome> =>
  proto4(folder, "translate", "--up", "--from", "empty.bin", ...args);

describe("a message is found", () => {
  test.each([
    ["by the elder name", ["bank.v1.Account"], "bank.v1.Account became bank.v2.Account"],
    ["by the newer name", ["bank.v2.Account"], "bank.v1.Account became bank.v2.Account"],
    [
      "by its own name and both packages",
      ["User", "--v3", "shop.v1", "--v4", "shop.v3"],
      "shop.v1.User became shop.v3.User",
    ],
    [
      "by its own name and the newer package",
      ["User", "--v4", "shop.v3"],
      "shop.v2.User became shop.v3.User",
    ],
    [
      "by its own name and the elder package",
      ["User", "--v3", "shop.v1"],
      "shop.v1.User became shop.v2.User",
    ],
    ["in the first of three generations", ["shop.v1.Parcel"], "shop.v1.Parcel became shop.v2.Parcel"],
  ])("%s", async (_, args, words) => {
    expect(await up(...args)).toMatchObject({ code: 0, stderr: `0 messages of ${words}\n` });
  });
});

describe("a message is refused", () => {
  test.each([
    [
      "that is misspelt, with what was meant",
      ["bank.v2.Acount"],
      /no message "bank\.v2\.Acount"; near to it are bank\.v[12]\.Account/,
    ],
    [
      "of a package that is not there",
      ["bank.v7.Account"],
      /near to it are bank\.v1\.Account, bank\.v2\.Account/,
    ],
    [
      "that is misspelt in named packages",
      ["Usr", "--v4", "shop.v2"],
      /shop\.v1 and shop\.v2 have no message "Usr"; near to it are shop\.v1\.User, shop\.v2\.User/,
    ],
    [
      "whose package is in the middle",
      ["shop.v2.User"],
      /several pairs of packages: shop\.v1 and shop\.v2, shop\.v2 and shop\.v3; say by --v3 or --v4/,
    ],
    [
      "whose package has no other generation",
      ["alone.User"],
      /"alone" neither continues .* pairs that it holds: bank\.v1 and bank\.v2, .*--v3 and --v4/,
    ],
    [
      "that only one generation has",
      ["shop.v1.Gone", "--v4", "shop.v2"],
      /shop\.v1\.Gone has no counterpart/,
    ],
    [
      "by a name of its own, where several pairs may have it",
      ["User"],
      /several pairs.*bank\.v1 and bank\.v2/,
    ],
    [
      "with a package that the contract lacks",
      ["User", "--v3", "shop.v1", "--v4", "shop.v9"],
      /no file of the package shop\.v9/,
    ],
  ])("%s", async (_, args, words) => {
    const { code, stderr } = await up(...args);
    expect(stderr).toMatch(words);
    expect(code).toBe(1);
  });
});

describe("usage", () => {
  test("one direction has to be named, and one only", async () => {
    const none = await proto4(folder, "translate", "bank.v1.Account");
    expect(none).toMatchObject({ code: 1, stderr: expect.stringMatching(/--up .*or --down/) });
    const both = await proto4(folder, "translate", "bank.v1.Account", "--up", "--down");
    expect(both).toMatchObject({ code: 1, stderr: expect.stringMatching(/--up.*--down/) });
  });

  test("standard input is for one thing", async () => {
    const outcome = await proto4(folder, "translate", "bank.v1.Account", "--up", "--in", "-#format=binpb");
    expect(outcome).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/cannot both come from standard input/),
    });
  });

  test("an input that is not there is an error before anything is written", async () => {
    const missing = await up("bank.v1.Account", "--from", "nope.bin", "--to", "out.bin");
    expect(missing).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^nope\.bin: this file cannot be read: ENOENT/),
    });
    const directory = await up("bank.v1.Account", "--from", ".");
    expect(directory).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^\.: this file cannot be read: EISDIR/),
    });
  });

  test("a target that cannot be written is an error", async () => {
    const nowhere = await up("bank.v1.Account", "--to", "no/such/folder.bin");
    expect(nowhere).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^no\/such\/folder\.bin: this cannot be written: ENOENT/),
    });
    const directory = await up("bank.v1.Account", "--to", "shop");
    expect(directory).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^shop: this cannot be written: EISDIR/),
    });
  });
});
