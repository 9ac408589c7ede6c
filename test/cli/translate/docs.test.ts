import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main, run } from "../proto4.js";
import { makeShop, type Shop } from "./shop.js";

const page = resolve(import.meta.dirname, "../../../docs/translate-files.md");

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
  const users = [{ name: "ada", fax: "1" }, { name: "bob" }, { name: "cyd", fax: "2" }];
  await writeFile(at("users.bin"), shop.stream("shop.v3.User", users));
  const order = shop.stream("shop.v3.Order", [{ id: "o-1", items: [{ sku: "a", price: 5 }] }]);
  // Behind a whole order one whose item ends inside its name.
  await writeFile(at("orders.bin"), Buffer.concat([order, Buffer.from("0522030a0541", "hex")]));
  // npx finds it here, as in a project that has it installed.
  await mkdir(at("node_modules/.bin"), { recursive: true });
  await symlink(main, at("node_modules/.bin/proto4"));
}, 60_000);
afterAll(() => rm(shop.folder, { recursive: true, force: true }));

test.skipIf(process.platform === "win32")(
  "the page's commands run as they are written, and print what it says",
  { timeout: 120_000 },
  async () => {
    const blocks = (await readFile(page, "utf8")).matchAll(/```sh\n(.*?)\n```\n(?:\n```\n(.*?)\n```\n)?/gs);
    const printed: [string, string][] = [];
    for (const [, command = "", output] of blocks) {
      const { stderr, code } = await run("bash", ["-c", command], shop.folder);
      expect([command, code]).toEqual([command, output?.includes("cannot be translated") ? 1 : 0]);
      if (output !== undefined) printed.push([stderr, `${output}\n`]);
    }
    expect(printed.map(([stderr]) => stderr)).toEqual(printed.map(([, output]) => output));
    expect(printed).toHaveLength(3);
  },
);

function at(name: string): string {
  return join(shop.folder, name);
}
