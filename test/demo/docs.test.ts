import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const pages = ["README.md", ...readdirSync(join(root, "docs")).map((name) => join("docs", name))];

test.each(pages)("every link of %s leads somewhere", (page) => {
  const text = readFileSync(join(root, page), "utf8");
  const links = [...text.matchAll(/\]\((?!https?:)([^)#]+)(#[^)]*)?\)/g)].map((match) => match[1] ?? "");
  const broken = links.filter((link) => !existsSync(join(root, dirname(page), link)));
  expect(broken).toEqual([]);
});

test("the README tells how to see it and how to prove it", () => {
  const text = readFileSync(join(root, "README.md"), "utf8");
  expect(text).toContain("```sh\nnpm install && npm run demo\n```");
  expect(text).toContain("```sh\nnpm install && npm test\n```");
});
