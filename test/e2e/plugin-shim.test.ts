import { spawnSync } from "node:child_process";
import { mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { answerPlugin } from "../../src/gate/index.js";
import { constantFiles } from "../../src/gate/plugin/constants.js";
import { findOnPath } from "../setup/find-on-path.js";
import { writeSources } from "../setup/sources.js";
import { shim } from "./buf-plugin.js";

const bundle = resolve(shim, "..");
const calls = [
  ["--protocol"],
  ["--spec"],
  ["--spec", "--format", "binary"],
  ["list-rules"],
  ["list-rules", "--format", "binary"],
  ["list-categories"],
  ["list-categories", "--format", "binary"],
];
const shells = ["dash", "bash", "busybox", "ksh", "zsh"].flatMap((name) => findOnPath(name) ?? []);
const posix = describe.skipIf(process.platform === "win32");

/** Without a terminal's or a project's environment; Node is out of reach unless said otherwise. */
function start(command: string, args: readonly string[], path = join(bundle, "nothing"), input = "") {
  return spawnSync(command, args, { env: { PATH: path }, input, cwd: "/" });
}

async function fromCode(args: readonly string[]): Promise<Uint8Array> {
  const surroundings = { today: "2026-11-22", cwd: ".", log: () => {} };
  return (await answerPlugin(args, async () => new Uint8Array(), surroundings)).stdout;
}

test("what lies beside the shim is what the code says", async () => {
  for (const [name, bytes] of Object.entries(constantFiles()))
    expect([name, await readFile(join(bundle, name))]).toEqual([name, Buffer.from(bytes)]);
});

posix("the shell shim", () => {
  test.each(calls)("answers %s %s %s to the byte where there is no Node", async (...args) => {
    const tools = await toolsOnly();
    const { stdout, stderr, status } = start(shim, args, tools);
    expect([status, stderr.toString()]).toEqual([0, ""]);
    expect(stdout).toEqual(Buffer.from(await fromCode(args)));
  });

  test.each(shells)("runs under %s, by way of links and a folder with a space and a quote", async (shell) => {
    const folder = await writeSources({});
    const bin = join(folder, "it's a bin");
    await mkdir(bin);
    await symlink(bundle, join(folder, "bundle"));
    await symlink("../bundle/buf-plugin-proto4", join(bin, "first"));
    await symlink(join(bin, "first"), join(bin, "second"));
    const as = shell.endsWith("busybox") ? ["sh"] : [];
    const { stdout, stderr } = start(shell, [...as, join(bin, "second"), "list-rules"], await toolsOnly());
    expect(stderr.toString()).toBe("");
    expect(stdout).toEqual(Buffer.from(await fromCode(["list-rules"])));
  });

  test("needs no slash in its name", async () => {
    const { stdout } = spawnSync("sh", ["buf-plugin-proto4", "--protocol"], { cwd: bundle });
    expect(stdout.toString()).toBe("1\n");
  });

  test("finds its files where Windows spells its path, as npm's command there does", async () => {
    const folder = await writeSources({});
    await mkdir(join(folder, "C:"));
    await symlink(bundle, join(folder, "C:/bundle"));
    const spelled = "C:\\.bin\\..\\bundle\\buf-plugin-proto4";
    await mkdir(join(folder, "C:/.bin"));
    await symlink(shim, join(folder, spelled));
    const { stdout, stderr } = spawnSync("sh", [spelled, "--protocol"], { cwd: folder });
    expect([stdout.toString(), stderr.toString()]).toEqual(["1\n", ""]);
  });

  test("leaves the rest to Node, with its exit code", () => {
    const { status, stderr } = start(shim, ["--help"], process.env.PATH);
    expect([status, stderr.toString()]).toEqual([1, expect.stringMatching(/^buf starts this: /)]);
  });

  test("tells of a Node that is not there by a finding", async () => {
    const { status, stdout, stderr } = start(shim, ["check", "--format", "binary"], await toolsOnly());
    expect([status, stdout]).toEqual([0, Buffer.from(constantFiles().failed!)]);
    expect(stderr.toString()).toMatch(/node/);
  });
});

describe("the shim for Windows", () => {
  test("knows the calls that the shell shim knows", async () => {
    const text = await readFile(join(bundle, "buf-plugin-proto4.cmd"), "utf8");
    for (const args of calls.filter((args) => args.length !== 1 || args[0]?.startsWith("--")))
      expect(text).toContain(`if "%*"=="${args.join(" ")}" type "%~dp0${args[0]?.replace("--", "")}"`);
    expect(text.split("\r\n").length).toBe(text.split("\n").length);
  });

  test("names only files that lie beside it", async () => {
    const text = await readFile(join(bundle, "buf-plugin-proto4.cmd"), "utf8");
    const named = [...text.matchAll(/%~dp0([\w.-]+)/g)].map(([, name]) => name);
    expect(await readdir(bundle)).toEqual(expect.arrayContaining(named));
    expect(new Set(named).size).toBe(Object.keys(constantFiles()).length + 1);
  });

  // Into a pipe `type` prints a Ctrl-Z, too; but what begins with a byte order mark it takes for text.
  test("types files that type prints as they are", () => {
    for (const bytes of Object.values(constantFiles())) expect([0xff, 0xfe, 0xef]).not.toContain(bytes[0]);
  });
});

/** A PATH on which there is what the shim uses, and no Node. */
async function toolsOnly(): Promise<string> {
  const folder = await writeSources({});
  for (const name of ["cat", "readlink", "sh"]) await symlink(findOnPath(name)!, join(folder, name));
  return folder;
}
