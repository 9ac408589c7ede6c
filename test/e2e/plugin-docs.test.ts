import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { makeFolder, run } from "../cli/proto4.js";

const project = resolve(import.meta.dirname, "../..");
const page = join(project, "docs/buf-plugin.md");

test.skipIf(process.platform === "win32")(
  "the page's files and commands work as they are written, and print what it says",
  { timeout: 120_000 },
  async () => {
    const folder = await makeFolder({});
    await install(folder);
    const blocks = (await readFile(page, "utf8")).matchAll(
      /```(?:proto\n\/\/|yaml\n#) (\S+)\n(.*?\n)```\n|```sh\n(.*?)\n```\n(?:\n```\n(.*?)```\n)?/gs,
    );
    let commands = 0;
    for (const [, path, content = "", command = "", said] of blocks) {
      if (path !== undefined) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
        continue;
      }
      commands++;
      const script = command.replace(/^npm install .*\n/, "");
      const { stdout, code } = await run("bash", ["-c", `set -e; exec 2>&1\n${script}`], folder);
      expect([command, code, stdout]).toEqual([
        command,
        command.includes("buf breaking") ? 100 : 0,
        said ?? "",
      ]);
    }
    await rm(folder, { recursive: true });
    expect(commands).toBe(5);
  },
);

/** What `npm install` would have done, so that nothing is fetched. */
async function install(folder: string): Promise<void> {
  const bin = join(folder, "node_modules/.bin");
  await mkdir(bin, { recursive: true });
  await mkdir(join(folder, "node_modules/proto4"));
  for (const part of ["dist", "proto", "package.json"])
    await symlink(join(project, part), join(folder, "node_modules/proto4", part));
  await symlink("../proto4/dist/bundle/plugin/buf-plugin-proto4", join(bin, "buf-plugin-proto4"));
  await symlink(join(project, "node_modules/@bufbuild/buf/bin/buf"), join(bin, "buf"));
}
