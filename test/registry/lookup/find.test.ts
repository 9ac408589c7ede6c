import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeCommand } from "../../../src/cli/registry.js";
import {
  deleteVersion,
  findFingerprint,
  findSymbol,
  findVersion,
  parseVersionsRef,
} from "../../../src/registry/index.js";
import type { Store } from "../../../src/registry/store/index.js";
import { root } from "../../setup/source-files.js";
import { actor } from "../actor.js";
import { type Compiled, compile, push } from "../contracts.js";
import { runCommand } from "../run-command.js";
import { describeStores, openTestStore } from "../stores.js";
import { withoutCache } from "./registries.js";

let users: readonly Compiled[];
let orders: Compiled;

beforeAll(async () => {
  const options = await readFile(join(root, "proto/proto4/options.proto"), "utf8");
  const user = (...fields: readonly string[]) =>
    compile({
      "proto4/options.proto": options,
      "acme/user.proto": `syntax = "proto3";
package acme.user;
import "proto4/options.proto";
message User {
${fields.map((field) => `  ${field};`).join("\n")}
  message Pet { string name = 1; }
  map<string, Pet> pets = 9;
}
enum Color { RED = 0; }
service Users { rpc Watch(User) returns (stream User.Pet); }
`,
    });
  users = await Promise.all([
    user("string name = 1"),
    user("string name = 1", "string fax = 2"),
    user(
      "string name = 1",
      'string fax = 2 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = { sunset: "2027-12-31" reason: "nobody faxes" replaced_by: "name" }]',
    ),
  ]);
  orders = await compile({
    "shop/order.proto":
      'syntax = "proto2"; package acme; message Order { extensions 100 to 200; } extend Order { optional string note = 100; }',
  });
});

describeStores("finding elements and contracts", ({ fresh }) => {
  let url: string;
  let store: Store;
  beforeEach(async () => {
    url = fresh();
    store = await openTestStore(url);
    for (const version of users)
      expect(await push(store, version, { subject: "acme/users" })).toMatchObject({ findings: [] });
    await push(store, orders, { subject: "acme/orders" });
  });
  afterEach(() => store.close());

  const find = (name: string, ref?: string) =>
    findSymbol(withoutCache(store), name, ref === undefined ? undefined : parseVersionsRef(ref));

  test("an element is told as each of its versions has it, the newest first", async () => {
    expect(await find("acme.user.User.fax")).toMatchObject([
      {
        subject: "acme/users",
        versions: [3],
        kind: "field",
        line: "string fax = 2",
        path: "acme/user.proto",
        place: { startLine: 6, startColumn: 3 },
        lifecycle: "DEPRECATED",
        source: "own",
        sunset: "2027-12-31",
        reason: "nobody faxes",
        replacedBy: "name",
      },
      { subject: "acme/users", versions: [2], lifecycle: "STABLE", source: "inferred" },
    ]);
    expect((await find("acme.user.User.name")).map(({ versions }) => versions)).toEqual([[1, 2, 3]]);
  });

  test.each([
    ["acme.user.User", "message", "message User"],
    ["acme.user.User.Pet", "message", "message Pet"],
    ["acme.user.User.Pet.name", "field", "string name = 1"],
    ["acme.user.User.pets", "field", "map<string, User.Pet> pets = 9"],
    ["acme.user.Color", "enum", "enum Color"],
    ["acme.user.Color.RED", "enum-value", "RED = 0"],
    ["acme.user.Users", "service", "service Users"],
    ["acme.user.Users.Watch", "method", "rpc Watch(acme.user.User) returns (stream acme.user.User.Pet)"],
    ["acme.Order", "message", "message Order"],
    ["acme.note", "extension", "extend acme.Order { optional string (acme.note) = 100 }"],
  ])("%s is found, whatever it is", async (name, kind, line) => {
    expect(await find(name)).toMatchObject([{ kind, line }]);
  });

  test("the package says which subject is opened, and a reference which versions", async () => {
    const asked: string[] = [];
    const counting: Store = Object.assign(Object.create(store) as Store, {
      list: (prefix: string) => {
        asked.push(prefix);
        return store.list(prefix);
      },
    });
    // Of acme.user and acme, the longer one.
    await findSymbol(withoutCache(counting), "acme.user.User");
    expect(asked).toEqual(["proto4/v1/subject/acme/users/"]);
    expect(await find("acme.user.User.fax", "acme/users@2")).toMatchObject([{ versions: [2] }]);
    expect(await find("acme.user.User.name", "acme/users@last:2")).toMatchObject([{ versions: [2, 3] }]);
    await expect(find("acme.user.User.fax", "acme/users@1")).rejects.toMatchObject({
      code: "symbol-missing",
    });
  });

  test("deleted versions are passed over", async () => {
    const gone = { subject: "acme/users", seq: 2, hard: false, ...actor() };
    await deleteVersion(withoutCache(store), gone, async () => []);
    expect((await find("acme.user.User.fax")).map(({ versions }) => versions)).toEqual([[3]]);
    expect((await find("acme.user.User")).map(({ versions }) => versions)).toEqual([[1, 3]]);
  });

  test.each([
    [
      "other.v1.User",
      /no subject has a package that other\.v1\.User could be in; there are acme, acme\.user$/,
    ],
    ["acme.user.Usr", /^no version of acme\/users that was looked through has acme\.user\.Usr$/],
    ["acme.user.User.nam", /; acme\.user\.User has acme\.user\.User\.name, acme\.user\.User\.fax, /],
    ["acme.user.Color.BLUE", /; acme\.user\.Color has acme\.user\.Color\.RED$/],
    ["acme.user.User.PetsEntry.key.x", /^no version/],
  ])("%s is not there, and the error says what is", async (name, message) => {
    await expect(find(name)).rejects.toMatchObject({
      code: "symbol-missing",
      message: expect.stringMatching(message),
    });
  });

  test("a contract is found by its fingerprint, or by how it begins", async () => {
    const { contracts } = await findVersion(store, { subject: "acme/users", version: 2 });
    const [{ fingerprint } = { fingerprint: "" }] = contracts;
    for (const begin of [fingerprint, fingerprint.slice(0, 16), fingerprint.slice(0, 8)])
      expect(await findFingerprint(store, begin)).toEqual([
        { package: "acme.user", fingerprint, subject: "acme/users", versions: [2], last: false },
      ]);
    expect(await findFingerprint(store, "0".repeat(64))).toEqual([]);
  });

  test("a contract is found in the versions alone that are asked for", async () => {
    const { contracts } = await findVersion(store, { subject: "acme/users", version: 2 });
    const { fingerprint } = contracts[0]!;
    const within = (ref: string) => findFingerprint(store, fingerprint, parseVersionsRef(ref));
    const there = [{ subject: "acme/users", versions: [2], last: false }];
    for (const ref of ["acme/users", "acme/users@2", "acme/users@last:2"])
      expect(await within(ref)).toMatchObject(there);
    for (const ref of ["acme/users@1", "acme/users@last:1"]) expect(await within(ref)).toEqual([]);
    for (const ref of ["acme/none", "acme/users@7"])
      await expect(within(ref)).rejects.toMatchObject({ code: "subject-missing" });
  });

  describe("proto4 registry find", () => {
    const run = (...args: readonly string[]) => runCommand(makeCommand(), ["find", ...args, "--store", url]);

    test("prints the line, the promise and the place", async () => {
      expect(await run("acme.user.User.fax")).toEqual({
        code: 0,
        stdout:
          "acme/users@3  field acme.user.User.fax\n  string fax = 2\n" +
          "  DEPRECATED until 2027-12-31, replaced by name: nobody faxes\n  acme/user.proto:6:3\n" +
          "acme/users@2  field acme.user.User.fax\n  string fax = 2\n  STABLE (inferred)\n  acme/user.proto:6:3\n",
        stderr: "",
      });
      expect((await run("acme.user.Color", "acme/users")).stdout).toMatch(/^acme\/users@1 to 3 {2}enum/);
    });

    test("prints contracts, and lines of JSON", async () => {
      const { contracts } = await findVersion(store, { subject: "acme/users", version: undefined });
      const { fingerprint } = contracts[0]!;
      expect((await run(fingerprint.slice(0, 12))).stdout).toBe(
        `acme.user  ${fingerprint}\n  in acme/users@3, the last version\n`,
      );
      const [line = "", ...more] = (await run("acme.user.User.fax", "--json")).stdout.trimEnd().split("\n");
      expect(JSON.parse(line)).toMatchObject({ subject: "acme/users", versions: [3], kind: "field" });
      expect(more).toHaveLength(1);
      expect(await run("0123456789abcdef")).toMatchObject({
        code: 1,
        stderr: expect.stringContaining("begins with 0123456789abcdef"),
      });
      expect(await run("acme.user.None")).toMatchObject({ code: 1, stdout: "" });
    });
  });
});

describeStores("elements by lifecycle", ({ fresh }) => {
  let url: string;
  let store: Store;
  beforeEach(async () => {
    url = fresh();
    store = await openTestStore(url);
    const options = await readFile(join(root, "proto/proto4/options.proto"), "utf8");
    const contract = (name: string, body: string) =>
      compile({
        "proto4/options.proto": options,
        [`${name}.proto`]: `syntax = "proto3"; package ${name}.v1; import "proto4/options.proto"; ${body}`,
      });
    const field = (name: string, number: number, sunset: string) =>
      `string ${name} = ${number} [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = { sunset: "${sunset}" reason: "no use" replaced_by: "id" }];`;
    const all = {
      a: `message A { string id = 1; ${field("late", 2, "2027-12-31")} ${field("gone", 3, "2026-01-31")} }`,
      b: `message B { option (proto4.message_lifecycle) = FROZEN; string id = 1; map<string, string> m = 2; }`,
      c: `message C { string id = 1; ${field("first", 2, "2025-12-31")} } message Try { option (proto4.message_lifecycle) = EXPERIMENTAL; }`,
    };
    for (const [name, body] of Object.entries(all))
      await push(store, await contract(name, body), { subject: `acme/${name}` });
    const plain = { "d.proto": 'syntax = "proto3"; package d.v1; message D { int32 x = 1; }' };
    await push(store, await compile(plain), { subject: "acme/d" });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await store.close();
  });

  /** On 23 November 2026, which moves no timer. */
  const run = (...args: readonly string[]) => {
    vi.useFakeTimers({ now: new Date("2026-11-23T12:00:00Z"), toFake: ["Date"] });
    return runCommand(makeCommand(), ["elements", ...args, "--store", url]);
  };

  test("come across subjects, those first whose sunset has passed", async () => {
    expect(await run()).toEqual({
      code: 0,
      stdout: [
        "version   state         sunset              element       replaced by  reason",
        "acme/c@1  DEPRECATED    2025-12-31 overdue  c.v1.C.first  id           no use",
        "acme/a@1  DEPRECATED    2026-01-31 overdue  a.v1.A.gone   id           no use",
        "acme/a@1  DEPRECATED    2027-12-31          a.v1.A.late   id           no use",
        "acme/b@1  FROZEN                            b.v1.B",
        "acme/c@1  EXPERIMENTAL                      c.v1.Try",
        "",
      ].join("\n"),
      stderr: "",
    });
  });

  test("of one state, of one subject, and as JSON", async () => {
    const names = async (...args: readonly string[]) =>
      (await run(...args, "--json")).stdout
        .trimEnd()
        .split("\n")
        .map((line) => (JSON.parse(line) as { readonly name: string }).name);
    expect(await names("--state", "DEPRECATED")).toEqual(["c.v1.C.first", "a.v1.A.gone", "a.v1.A.late"]);
    expect(await names("--subject", "acme/c")).toEqual(["c.v1.C.first", "c.v1.Try"]);
    const [line = ""] = (await run("--json")).stdout.split("\n");
    expect(JSON.parse(line)).toMatchObject({
      subject: "acme/c",
      seq: 1,
      overdue: true,
      sunset: "2025-12-31",
    });
  });

  test("with those that declare none, if they are asked for; entries of maps are the compiler's", async () => {
    const names = (await run("--inferred", "--subject", "acme/b")).stdout;
    expect(names.match(/b\.v1\.\S+|b\.proto/g)).toEqual(["b.proto", "b.v1.B", "b.v1.B.id", "b.v1.B.m"]);
    expect(names).toContain("FROZEN (inherited)");
    expect((await run("--inferred", "--subject", "acme/d")).stdout).toContain("STABLE (inferred)");
    expect(await run("--subject", "acme/d")).toMatchObject({
      code: 0,
      stdout: "",
      stderr: expect.stringContaining("no element declares a state; --inferred lists"),
    });
  });

  test("do not let a reason paint over the others", async () => {
    const options = await readFile(join(root, "proto/proto4/options.proto"), "utf8");
    const text =
      'syntax = "proto3"; package e.v1; import "proto4/options.proto"; message E { option deprecated = true; option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms) = { sunset: "2027-12-31" reason: "a\\nb\\033[2Jc" replaced_by: "e.v1.F" }; } message F {}';
    const contract = await compile({ "proto4/options.proto": options, "e.proto": text });
    expect(await push(store, contract, { subject: "acme/e" })).toMatchObject({ outcome: "published" });
    const listed = (await run("--subject", "acme/e")).stdout;
    const found = (await runCommand(makeCommand(), ["find", "e.v1.E", "--store", url])).stdout;
    expect([listed.split("\n").length, found.split("\n").length]).toEqual([3, 5]);
    expect(listed + found).not.toContain("\u001b");
  });

  test("fit a terminal", async () => {
    const { stdout } = process;
    const columns = Object.getOwnPropertyDescriptor(stdout, "columns");
    Object.defineProperty(stdout, "columns", { value: 60, configurable: true });
    const lines = (await run()).stdout.split("\n");
    if (columns === undefined) Reflect.deleteProperty(stdout, "columns");
    else Object.defineProperty(stdout, "columns", columns);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
    expect(lines[1]).toContain("…");
  });
});
