import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { main, makeFolder, run } from "./proto4.js";

const page = resolve(import.meta.dirname, "../../docs/waivers.md");

test.skipIf(process.platform === "win32")(
  "the page's commands run as they are written, one after the other, and print what it says",
  { timeout: 60_000 },
  async () => {
    const folder = await makeFolder({ "proto/buf.yaml": "version: v2\n" });
    // npx finds it here, as in a project that has it installed.
    await mkdir(join(folder, "node_modules/.bin"), { recursive: true });
    await symlink(main, join(folder, "node_modules/.bin/proto4"));
    const blocks = (await readFile(page, "utf8")).matchAll(
      /```(?:proto|yaml)\n(?:\/\/|#) (proto\/\S+)\n(.*?\n)```\n|```sh\n(.*?)\n```\n\n```\n(.*?\n)```\n/gs,
    );
    const files = new Set<string>();
    let commands = 0;
    for (const [, path, text = "", command = "", said] of blocks) {
      if (path === undefined) {
        commands += command.split(/(?<!\\)\n/).length;
        const { stdout } = await run("bash", ["-c", `exec 2>&1\n${command}`], folder);
        expect(withoutDays(stdout)).toBe(withoutDays(said!));
        continue;
      }
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), path.endsWith(".yaml") ? `# ${path}\n${text}` : text);
      // What a page shows first of a file is what main has.
      if (path.endsWith(".proto") && !files.has(path)) await commit(folder);
      files.add(path);
    }
    await rm(folder, { recursive: true });
    expect(commands).toBe(8);
  },
);

async function commit(folder: string): Promise<void> {
  const steps = "git init -q -b main && git config user.email ana@example.com && git config user.name Ana";
  const { code, stderr } = await run(
    "bash",
    ["-c", `${steps} && git add proto && git commit -qm one`],
    folder,
  );
  expect([code, stderr]).toEqual([0, ""]);
}

/** The page was written on one day, and is read on others. */
function withoutDays(text: string): string {
  return text.replace(/(?<=until |expires: )20\d\d-\d\d-\d\d/g, "DAY");
}
