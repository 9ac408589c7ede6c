import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeCommand } from "../../src/cli/registry.js";
import { loadImage } from "../../src/image/index.js";
import { userProto, writeFiles } from "./contracts.js";
import { runCommand } from "./run-command.js";
import { describeStores, dump, openTestStore } from "./stores.js";

const registry = (...args: readonly string[]) => runCommand(makeCommand(), args);

describeStores("proto4 registry", ({ fresh }) => {
  let folder = "";
  let store: readonly [string, string] = ["--store", ""];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "proto4-cli-"));
    store = ["--store", fresh()];
    await writeFiles(folder, { "buf.yaml": "version: v2\n", ...userProto("string name = 1") });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const push = (...more: readonly string[]) =>
    registry("push", folder, "--subject", "acme/user", ...store, ...more);
  const edit = (...fields: readonly string[]) => writeFiles(folder, userProto(...fields));
  const keys = async () => {
    const opened = await openTestStore(store[1]);
    const found = await dump(opened);
    await opened.close();
    return found;
  };

  test("what is pushed is listed, shown and pulled, byte for byte", async () => {
    // Signs that a careless reader or writer would change.
    const odd = '\uFEFFsyntax = "proto3";\r\npackage acme.v1;\r\n// Grüße 🎈\u2028\nmessage Odd {}\n\n';
    await writeFiles(folder, { "acme/v1/odd.proto": odd });
    expect(await push("--label", "main")).toEqual({
      code: 0,
      stdout: "published acme/user@1, labelled main: acme.v1\n",
      stderr: "",
    });
    expect((await registry("list", ...store)).stdout).toMatch(
      /^acme\/user@1 {2}\d{4}-\d\d-\d\dT\S+Z {2}by \S+ {2}acme\.v1 {2}labels main\n$/,
    );
    expect((await registry("show", "acme/user", ...store)).stdout).toMatch(
      /^acme\/user@1 .*\n {2}acme\.v1 {2}[0-9a-f]{64}\n$/,
    );

    const out = join(folder, "pulled/deep");
    expect(await registry("pull", "acme/user@main", "--out", out, ...store)).toMatchObject({
      code: 0,
      stderr: "",
    });
    for (const path of ["acme/v1/odd.proto", "acme/v1/user.proto"])
      expect(await readFile(join(out, path))).toEqual(await readFile(join(folder, path)));
    expect(await readFile(join(out, "acme/v1/odd.proto"), "utf8")).toBe(odd);
    await rm(join(folder, "pulled/deep/acme"), { recursive: true });
    expect(await loadImage(join(out, "image.binpb"))).toEqual(await loadImage(folder));
    expect(await readdir(join(folder, "pulled"))).toEqual(["deep"]);
    // As open as the folder around it, which the user's mask made.
    expect((await stat(out)).mode).toBe((await stat(join(folder, "pulled"))).mode);
  });

  test("what is pulled can be pushed again and is the same to the byte", async () => {
    await push();
    const out = join(folder, "../", `${folder.split("/").at(-1)}-out`);
    await registry("pull", "acme/user", "--out", out, ...store);
    await rm(join(out, "image.binpb"));
    const again = await registry("push", out, "--subject", "acme/user", ...store);
    await rm(out, { recursive: true });
    expect(again.stdout).toBe("acme/user@1 is the same to the byte: nothing to publish\n");
  });

  test("a breaking push prints the findings, ends with 100 and changes no key", async () => {
    await push();
    const before = await keys();
    await edit("int32 name = 1");
    const { code, stdout, stderr } = await push("--label", "main");
    expect(code).toBe(100);
    expect(stdout).toMatch(
      /^\S+\/acme\/v1\/user\.proto:4:3: error FIELD_SAME_TYPE .*\n {7}4 \| {3}int32 name = 1;\n {9}\| {3}\^{5}\n {2}was {6}acme\/v1\/user\.proto:4:3\n {7}4 \| {3}string name = 1;\n.*\n {2}breaks {3}.*\n {2}do this {2}/,
    );
    expect(stderr).toMatch(
      /^refused against acme\/user@1; the registry is as it was\n.*proto4 registry approve acme\/user [0-9a-f]{12} --reason/,
    );
    expect(await keys()).toEqual(before);
  });

  test("two versions are compared, in either direction", async () => {
    await push("--label", "main");
    await edit("string name = 1", "int32 age = 2");
    await push();
    expect(await registry("diff", "acme/user@main", ...store)).toEqual({
      code: 0,
      stdout:
        "from acme/user@1 to acme/user@2: no findings\n\nfrom acme/user@2 to acme/user@1: no findings\n",
      stderr: "",
    });
    const back = await registry("diff", "acme/user", "@1", ...store);
    expect(back).toMatchObject({
      code: 100,
      stdout: expect.stringMatching(/^from acme\/user@2 to acme\/user@1: 1 error\n/),
    });
    expect(back.stdout).toContain("error FIELD_NO_DELETE");
    const [forth, other] = (await registry("diff", "acme/user", "@1", "--json", ...store)).stdout.split("\n");
    expect(JSON.parse(forth!)).toMatchObject({
      from: "acme/user@2",
      to: "acme/user@1",
      findings: [{ type: "FIELD_NO_DELETE" }],
    });
    expect(JSON.parse(other!)).toEqual({ from: "acme/user@1", to: "acme/user@2", findings: [] });
    const comment = await registry("diff", "acme/user", "@1", "--format", "markdown", ...store);
    const seen = comment.stdout.replaceAll("&#8288;", "");
    expect(seen).toMatch(/^### from acme\/user@2 to acme\/user@1: 1 error\n/);
    expect(seen).toMatch(/\n### from acme\/user@1 to acme\/user@2: no findings\n$/);
    expect(seen).toMatch(/ \| {3}int32 age = 2;\n +\| {3}\^+\n/);
    expect((await registry("show", "acme/user", ...store)).stdout.match(/^acme\/user@\d/gm)).toEqual([
      "acme/user@2",
      "acme/user@1",
    ]);
    expect((await registry("show", "acme/user@1", ...store)).stdout).toMatch(/^acme\/user@1 .*\n.*\n$/);
  });

  test("an image without sources is kept as it is", async () => {
    await push();
    const out = join(folder, "out");
    await registry("pull", "acme/user", "--out", out, ...store);
    const image = join(out, "image.binpb");
    expect((await registry("push", image, "--subject", "acme/user", ...store)).stdout).toMatch(
      /^published acme\/user@2/,
    );
    const pulled = await registry("pull", "acme/user@2", "--out", join(folder, "bare"), ...store);
    expect(pulled.stderr).toBe("it was pushed as an image: there are no sources\n");
    expect(await readFile(join(folder, "bare/image.binpb"))).toEqual(await readFile(image));
  });

  test("what does not compile changes nothing", async () => {
    await push();
    const before = await keys();
    await edit("strin name = 1");
    expect(await push()).toMatchObject({ code: 1, stderr: expect.stringContaining("user.proto:4:3") });
    expect(await keys()).toEqual(before);
  });

  test("a subject that is not there is an error that tells what is", async () => {
    await push();
    for (const args of [
      ["show", "acme/other"],
      ["pull", "acme/other", "--out", join(folder, "x")],
      ["diff", "acme/other"],
    ])
      expect(await registry(...args, ...store)).toEqual({
        code: 1,
        stdout: "",
        stderr: "the registry has no subject acme/other: it holds acme/user; the first push makes one\n",
      });
    expect(await registry("show", "acme/user@2", ...store)).toMatchObject({
      code: 1,
      stderr: "acme/user has no version 2: it has 1\n",
    });
    expect(existsSync(join(folder, "x"))).toBe(false);
  });

  test("a folder that holds something is not written into", async () => {
    await push();
    const out = join(folder, "mine");
    await mkdir(out);
    await writeFile(join(out, "precious"), "mine");
    expect(await registry("pull", "acme/user", "--out", out, ...store)).toMatchObject({ code: 1 });
    expect(await registry("pull", "acme/user", "--out", join(out, "precious"), ...store)).toMatchObject({
      code: 1,
    });
    expect(await registry("pull", "acme/user", "--out", join(out, "precious/x"), ...store)).toMatchObject({
      code: 1,
    });
    expect(await readdir(out)).toEqual(["precious"]);
    await rm(join(out, "precious"));
    expect(await registry("pull", "acme/user", "--out", out, ...store)).toMatchObject({ code: 0 });
  });
});

test("what does not compile makes no store", async () => {
  const folder = await mkdtemp(join(tmpdir(), "proto4-cli-"));
  await writeFiles(folder, { "buf.yaml": "version: v2\n", ...userProto("strin name = 1") });
  const store = ["--store", `lmdb:${join(folder, "registry")}`];
  expect(await registry("push", folder, "--subject", "acme/user", ...store)).toMatchObject({ code: 1 });
  expect(await readdir(folder)).toEqual(["acme", "buf.yaml"]);
  await rm(folder, { recursive: true });
});

test("without a store the command says how to name one", async () => {
  vi.stubEnv("PROTO4_STORE", undefined);
  expect(await registry("list")).toMatchObject({ code: 1, stderr: expect.stringContaining("PROTO4_STORE") });
  vi.stubEnv("PROTO4_STORE", "lmdb:/nowhere/registry.lmdb");
  expect(await registry("list")).toMatchObject({ code: 1, stderr: expect.stringContaining("no store here") });
  vi.unstubAllEnvs();
});
