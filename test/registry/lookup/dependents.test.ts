import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { makeCommand } from "../../../src/cli/registry.js";
import { deleteVersion, findDependents, findSubject } from "../../../src/registry/index.js";
import type { Store, StoreOperation } from "../../../src/registry/store/index.js";
import { actor } from "../actor.js";
import { type Compiled, compile, push } from "../contracts.js";
import { runCommand } from "../run-command.js";
import { describeStores, openTestStore } from "../stores.js";
import { withoutCache } from "./registries.js";

type Files = Readonly<Record<string, string>>;

const money = (...fields: readonly string[]): Files => ({
  "money/money.proto": `syntax = "proto3"; package money.v1; message Money { ${fields.map((field, at) => `${field} = ${at + 1};`).join(" ")} }`,
});
const bill = (...fields: readonly string[]): Files => ({
  "bill/bill.proto": `syntax = "proto3"; package bill.v1; import "money/money.proto"; message Bill { money.v1.Money sum = 1; ${fields.map((field, at) => `${field} = ${at + 2};`).join(" ")} }`,
});

/** Compiled in one module; what is not of the package is an import, as it is where modules are apart. */
async function compileOwn(packageName: string, files: Files): Promise<Compiled> {
  const { image, sources } = await compile(files);
  const own = image.files.map((file) => ({ ...file, isImport: file.package !== packageName }));
  const paths = new Set(own.filter(({ isImport }) => !isImport).map(({ path }) => path));
  return {
    image: { files: own },
    sources: new Map([...sources].filter(([path]) => paths.has(path))),
  };
}

describeStores("dependencies between subjects", ({ fresh }) => {
  let url: string;
  let store: Store;
  beforeEach(async () => {
    url = fresh();
    store = await openTestStore(url);
  });
  afterEach(() => store.close());

  const pushMoney = async (...fields: readonly string[]) =>
    push(store, await compileOwn("money.v1", money(...fields)), { subject: "acme/money" });
  const pushBill = async (files: Files) =>
    push(store, await compileOwn("bill.v1", files), { subject: "acme/bill" });
  const dependencies = async (name: string) =>
    (await findSubject(store, name)).versions.map((version) => version.dependencies);

  test("lead to the newest version that has the imported files so", async () => {
    await pushMoney("int64 units");
    await pushMoney("int64 units", "string currency");
    await pushBill({ ...bill(), ...money("int64 units") });
    await pushBill({ ...bill("string note"), ...money("int64 units", "string currency") });
    expect(await dependencies("acme/bill")).toEqual([
      [{ subject: "acme/money", seq: 1 }],
      [{ subject: "acme/money", seq: 2 }],
    ]);
    expect(await findDependents(store, "acme/money")).toEqual([
      { subject: "acme/bill", seq: 2, last: true, on: 2 },
      { subject: "acme/bill", seq: 1, last: false, on: 1 },
    ]);
    expect(await findDependents(store, "acme/bill")).toEqual([]);
  });

  test("are found where the import was compiled in another module, with other comments and places", async () => {
    await pushMoney("int64 units");
    const [[path, text]] = Object.entries(money("int64 units")) as [[string, string]];
    await pushBill({ ...bill(), [path]: `// A copy.\n\n${text.replaceAll("; ", ";\n")}\n` });
    expect(await dependencies("acme/bill")).toEqual([[{ subject: "acme/money", seq: 1 }]]);
  });

  test("of files that no version has so name the subject alone", async () => {
    await pushMoney("int64 units");
    await pushBill({ ...bill(), ...money("int64 units", "bool draft") });
    expect(await dependencies("acme/bill")).toEqual([[{ subject: "acme/money" }]]);
    expect(await findDependents(store, "acme/money")).toEqual([
      { subject: "acme/bill", seq: 1, last: true, on: undefined },
    ]);
    // As soon as it is there, the next version is of it.
    await pushMoney("int64 units", "bool draft");
    await pushBill({ ...bill("string note"), ...money("int64 units", "bool draft") });
    expect((await dependencies("acme/bill"))[1]).toEqual([{ subject: "acme/money", seq: 2 }]);
  });

  test("stay as they are until the imports change", async () => {
    await pushMoney("int64 units");
    await pushBill({ ...bill(), ...money("int64 units") });
    // The newest that has the file so would be another one now.
    await pushMoney("int64 units", "string currency");
    const revert = await compileOwn("money.v1", money("int64 units"));
    await push(store, revert, { subject: "acme/money", force: "back" });
    await pushBill({ ...bill("string note"), ...money("int64 units") });
    expect((await dependencies("acme/bill"))[1]).toEqual([{ subject: "acme/money", seq: 1 }]);
  });

  test("of nothing but common files are none", async () => {
    const files = {
      "bill/bill.proto":
        'syntax = "proto3"; package bill.v1; import "google/protobuf/timestamp.proto"; message Bill { google.protobuf.Timestamp due = 1; }',
    };
    await pushBill(files);
    expect(await dependencies("acme/bill")).toEqual([[]]);
  });

  /** The store as it is, but that something is done before the first transaction. */
  const overtaken = (before: () => Promise<unknown>): Store => {
    let done = false;
    return Object.assign(Object.create(store) as Store, {
      async transact(operations: readonly StoreOperation[]) {
        if (!done) {
          done = true;
          await before();
        }
        return store.transact(operations);
      },
    });
  };
  const remove = (name: string, seq: number) =>
    deleteVersion(withoutCache(store), { subject: name, seq, hard: false, ...actor() }, async () => []);

  test("lead to no version that is deleted meanwhile", async () => {
    await pushMoney("int64 units");
    await pushMoney("int64 units", "string currency");
    const files = { ...bill(), ...money("int64 units", "string currency") };
    const late = overtaken(() => remove("acme/money", 2));
    await push(late, await compileOwn("bill.v1", files), { subject: "acme/bill" });
    expect(await dependencies("acme/bill")).toEqual([[{ subject: "acme/money" }]]);
    expect((await findSubject(store, "acme/bill")).versions).toHaveLength(1);
  });

  test("on more subjects than a transaction can guard lead to no such version either", async () => {
    const names = Array.from({ length: 51 }, (_, at) => `coin${at}`);
    const coins = names.map((name) => [
      `${name}.proto`,
      `syntax = "proto3"; package ${name}.v1; message Coin {}`,
    ]);
    const imports = names.map((name) => `import "${name}.proto";`).join(" ");
    const fields = names.map((name, at) => `${name}.v1.Coin ${name} = ${at + 1};`).join(" ");
    const purse = `syntax = "proto3"; package purse.v1; ${imports} message Purse { ${fields} }`;
    const files = { ...Object.fromEntries(coins), "purse.proto": purse };
    const compiled = await compileOwn("purse.v1", files);
    for (const name of names) {
      const file = compiled.image.files.find(({ path }) => path === `${name}.proto`)!;
      const image = { files: [{ ...file, isImport: false }] };
      await push(store, { image, sources: new Map() }, { subject: `acme/${name}` });
    }
    const late = overtaken(() => remove("acme/coin7", 1));
    await push(late, compiled, { subject: "acme/purse" });
    const [found = []] = await dependencies("acme/purse");
    expect(found.filter(({ seq }) => seq === undefined)).toEqual([{ subject: "acme/coin7" }]);
    expect(found).toHaveLength(51);
  });

  test("may go both ways, each on what the other had by then", async () => {
    await pushMoney("int64 units");
    await pushBill({ ...bill(), ...money("int64 units") });
    // Files cannot import each other in a circle, subjects can.
    const report: Files = {
      ...money("int64 units"),
      ...bill(),
      "money/report.proto":
        'syntax = "proto3"; package money.v1; import "bill/bill.proto"; message Report { repeated bill.v1.Bill bills = 1; }',
    };
    const both = await compileOwn("money.v1", report);
    expect(await push(store, both, { subject: "acme/money" })).toMatchObject({ outcome: "published" });
    expect(await dependencies("acme/money")).toEqual([[], [{ subject: "acme/bill", seq: 1 }]]);
    await pushBill({ ...bill("string note"), ...money("int64 units") });
    expect((await dependencies("acme/bill"))[1]).toEqual([{ subject: "acme/money", seq: 1 }]);
    expect(await findDependents(store, "acme/bill")).toEqual([
      { subject: "acme/money", seq: 2, last: true, on: 1 },
    ]);
  });

  test("of deleted versions hold nobody up", async () => {
    await pushMoney("int64 units");
    await pushBill({ ...bill(), ...money("int64 units") });
    await pushBill({ ...bill("string note"), ...money("int64 units", "bool draft") });
    await remove("acme/bill", 2);
    await pushMoney("int64 units", "string currency");
    await expect(remove("acme/money", 1)).rejects.toMatchObject({
      message: expect.stringContaining("acme/bill@1 imports it"),
    });
    await remove("acme/bill", 1);
    expect(await findDependents(store, "acme/money")).toEqual([]);
    await remove("acme/money", 1);
  });

  describe("proto4 registry", () => {
    const run = (...args: readonly string[]) => runCommand(makeCommand(), [...args, "--store", url]);

    test("dependents tells them", async () => {
      await pushMoney("int64 units");
      expect(await run("dependents", "acme/money")).toEqual({
        code: 0,
        stdout: "",
        stderr: "no version of another subject imports from acme/money\n",
      });
      await pushBill({ ...bill(), ...money("int64 units") });
      await pushBill({ ...bill("string note"), ...money("int64 units", "bool draft") });
      expect((await run("dependents", "acme/money")).stdout).toBe(
        "acme/bill@2 imports files that no version of it has so\nacme/bill@1 (elder) imports acme/money@1\n",
      );
      expect((await run("show", "acme/bill")).stdout).toContain("\n  imports acme/money@1\n");
      expect(await run("dependents", "acme/none")).toMatchObject({ code: 1 });
    });

    test("diff judges versions of any two subjects, each way", async () => {
      await pushMoney("int64 units", "string currency");
      const copy = await compileOwn("money.v1", money("int32 units"));
      const files = copy.image.files.map((file) => ({ ...file, isImport: true }));
      const bills = await compileOwn("bill.v1", { ...bill(), ...money("int32 units") });
      await push(
        store,
        { ...bills, image: { files: [...files, bills.image.files.at(-1)!] } },
        { subject: "acme/bill" },
      );
      const { code, stdout } = await run("diff", "acme/money", "acme/bill");
      expect(code).toBe(100);
      expect(stdout).toMatch(
        /^from acme\/money@1 to acme\/bill@1: \d errors?.*\n(.*\n)*.*FIELD_NO_DELETE .*"currency"(.*\n)*\nfrom acme\/bill@1 to acme\/money@1: /,
      );
    });
  });
});
