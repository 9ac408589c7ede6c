import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { main, makeFolder, run } from "./proto4.js";

const page = resolve(import.meta.dirname, "../../docs/registry.md");

test.skipIf(process.platform === "win32")(
  "the page's commands run as they are written, one after the other, and print what it says",
  { timeout: 120_000 },
  async () => {
    const folder = await makeFolder({ "proto/buf.yaml": "version: v2\n" });
    // npx finds it here, as in a project that has it installed.
    await mkdir(join(folder, "node_modules/.bin"), { recursive: true });
    await symlink(main, join(folder, "node_modules/.bin/proto4"));
    const env = { PROTO4_STORE: "lmdb:registry.lmdb", XDG_CACHE_HOME: join(folder, "cache") };
    const blocks = (await readFile(page, "utf8")).matchAll(
      /```proto\n\/\/ (\S+)\n(.*?\n)```\n|```sh\n(.*?)\n```\n(?:\n```\n(.*?\n)```\n)?/gs,
    );
    let commands = 0;
    for (const [, path, text = "", command, said] of blocks) {
      if (path !== undefined) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
        continue;
      }
      commands += command!.split("\n").length;
      // Each line has to succeed, but what is to be refused.
      const { stdout, stderr, code } = await run("bash", ["-ec", `exec 2>&1\n${command}`], folder, env);
      expect([command, code, stderr]).toEqual([command, said?.includes("error ") ? 100 : 0, ""]);
      if (said !== undefined) expect(stdout).toBe(said);
    }
    await rm(folder, { recursive: true });
    expect(commands).toBeGreaterThan(20);
  },
);
