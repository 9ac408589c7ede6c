import { mkdir, readFile, rm, symlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main, makeFolder, run } from "./proto4.js";

const root = resolve(import.meta.dirname, "../..");

let page: string;
let folder: string;
beforeAll(async () => {
  page = await readFile(join(root, "docs/hooks.md"), "utf8");
  const files = page.matchAll(/```(?:proto|js)\n\/\/ (\S+)\n(.*?\n)```\n/gs);
  folder = await makeFolder({
    ...Object.fromEntries([...files].map(([, path, content]) => [path!, content!])),
    "proto/proto4/options.proto": await readFile(join(root, "proto/proto4/options.proto"), "utf8"),
    "buf.yaml": "version: v2\nmodules:\n  - path: proto\n",
    "people.json": '{"id": "1", "fullName": "Ada King"}\n{"id": "2", "fullName": "Madonna"}\n',
  });
  // npx finds it here, as in a project that has it installed.
  await mkdir(join(folder, "node_modules/.bin"), { recursive: true });
  await symlink(main, join(folder, "node_modules/.bin/proto4"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.skipIf(process.platform === "win32")(
  "the page's commands run as they are written, and print what it says",
  { timeout: 120_000 },
  async () => {
    const blocks = [...page.matchAll(/```sh\n(.*?)\n```\n\n```\n(.*?\n)```\n/gs)];
    const printed: string[] = [];
    const codes: number[] = [];
    for (const [, command = ""] of blocks) {
      const { stdout, stderr, code } = await run("bash", ["-c", command], folder);
      printed.push(stdout + stderr);
      codes.push(code);
    }
    expect(printed).toEqual(blocks.map(([, , output]) => output));
    expect(codes).toEqual([0, 0, 100]);
  },
);
