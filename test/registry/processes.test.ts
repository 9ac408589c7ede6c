import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findSubject } from "../../src/registry/index.js";
import { root } from "../setup/source-files.js";
import { inFolder, userProto, writeFiles } from "./contracts.js";
import { describeSharedStores, dump, openTestStore } from "./stores.js";

/** `proto4` as `npm test` has built it. */
const proto4 = join(root, "dist/bundle/cli/main.cjs");
const publisher = new URL(`file://${join(root, "dist/src/registry/index.js")}`);

describeSharedStores("processes beside each other", ({ fresh }) => {
  test("of two that push at once one wins, and the other is judged against it", async () => {
    const store = fresh();
    const push = (folder: string) =>
      run(proto4, "registry", "push", folder, "--subject", "acme/user", "--store", store);
    await inFolder(userProto("string name = 1"), async (first) => {
      expect(await push(first)).toMatchObject({ code: 0 });
      await inFolder(userProto("string name = 1", "int32 age = 2"), (second) =>
        inFolder(userProto("string name = 1", "string mail = 2"), async (third) => {
          const outcomes = await Promise.all([push(second), push(third)]);
          expect(outcomes.map(({ code }) => code).sort()).toEqual([0, 100]);
          const refused = outcomes.find(({ code }) => code === 100);
          expect(refused?.stderr).toContain("refused against acme/user@2; the registry is as it was\n");
          expect(refused?.stdout).toContain("FIELD_SAME_TYPE");
        }),
      );
    });
    const opened = await openTestStore(store);
    expect((await findSubject(opened, "acme/user")).versions.map(({ seq }) => seq)).toEqual([1, 2]);
    await opened.close();
  });

  test("many that push one thing at once publish it once", async () => {
    const store = fresh();
    await inFolder(userProto("string name = 1"), async (folder) => {
      const pushes = Array.from({ length: 4 }, () =>
        run(proto4, "registry", "push", folder, "--subject", "acme/user", "--store", store),
      );
      const outcomes = await Promise.all(pushes);
      expect(outcomes.map(({ code, stderr }) => `${code}${stderr}`)).toEqual(["0", "0", "0", "0"]);
      const published = outcomes.filter(({ stdout }) => stdout.startsWith("published"));
      expect(published).toHaveLength(1);
    });
  });

  test("one killed between its blobs and its transaction leaves a registry that others read and go on with", async () => {
    const store = fresh();
    await inFolder(userProto("string name = 1"), async (folder) => {
      const push = () => run(proto4, "registry", "push", folder, "--subject", "acme/user", "--store", store);
      expect(await push()).toMatchObject({ code: 0 });
      const opened = await openTestStore(store);
      const before = await dump(opened, "proto4/v1/subject/");
      const blobs = async () => (await opened.list("proto4/v1/blob/")).length;
      const count = await blobs();

      await writeFiles(folder, userProto("string name = 1", "int32 age = 2"));
      const killed = await run("--input-type=module", "--eval", dying, folder, store);
      expect(killed).toMatchObject({ code: null, signal: "SIGKILL" });
      expect(await blobs()).toBeGreaterThan(count);
      expect(await dump(opened, "proto4/v1/subject/")).toEqual(before);
      expect(await run(proto4, "registry", "show", "acme/user", "--store", store)).toMatchObject({ code: 0 });
      expect(await push()).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^published acme\/user@2/),
      });
      await opened.close();
    });
  });
});

/** Pushes its first argument to its second, and dies at the commit. */
const dying = `
  import { openRegistry, publish } from "${publisher}";
  import { exportSources, loadImage } from "${new URL("../image/index.js", publisher)}";
  const [folder, address] = process.argv.slice(1);
  const registry = await openRegistry(address, { now: Date.now, create: true });
  const { store } = registry;
  const transact = store.transact.bind(store);
  store.transact = async (operations) => {
    if (operations.some(({ key }) => key.endsWith("/head"))) process.kill(process.pid, "SIGKILL");
    return transact(operations);
  };
  const image = await loadImage(folder);
  const sources = await exportSources(folder);
  await publish(registry, { subject: "acme/user", image, sources, by: "jo", at: "2026-11-22T10:00:00.000Z", id: "dying" });
`;

async function run(...args: readonly string[]) {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  return { code, signal, ...output };
}
