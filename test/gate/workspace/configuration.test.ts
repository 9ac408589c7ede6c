import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bufBreaking, type Comparison, ourBreaking, writeFiles } from "./breaking.js";
import { after, before, configurations } from "./configurations.js";

const whole: Comparison = { input: "after", against: "before" };

test("whatever a buf.yaml says, the verdicts are buf's", { timeout: 120_000 }, async () => {
  for (const name of Object.keys(configurations)) {
    const [ours, theirs] = await bothWays(name, [whole]);
    expect(ours, name).toEqual(theirs);
  }
});

test.each([
  "no configuration at all",
  "v2, a module's section overrides the workspace's",
  "v1 in a workspace",
  "v1beta1 with roots",
])("%s: a part of it has the verdicts that buf has for the part", { timeout: 60_000 }, async (name) => {
  const [ours, theirs] = await bothWays(name, [
    { input: "after/a", against: "before/a" },
    { input: "after/b", against: "before/b" },
    { ...whole, paths: ["after/a/x/x.proto", "before/a/x/x.proto"] },
    { ...whole, excludePaths: ["after/a", "before/a"] },
    { ...whole, excludeImports: true },
    { input: "after/a/x/x.proto", against: "before/a/x/x.proto" },
    { ...whole, config: "version: v1\nbreaking: {use: [WIRE]}" },
    { ...whole, config: v2("after/a", "after/b") },
    { ...whole, config: v2("a", "b") },
    { input: "./after/../after", against: "before", config: v2("after/b") },
  ]);
  expect(ours).toEqual(theirs);
});

/** A configuration with these modules, the first of which is not to be judged. */
function v2(...modules: readonly string[]): string {
  return JSON.stringify({
    version: "v2",
    modules: modules.map((path) => ({ path })),
    breaking: { ignore: modules.slice(1) },
  });
}

async function bothWays(name: string, comparisons: readonly Comparison[]) {
  const folder = await writeFiles({
    ...inFolder("before", { ...before, ...configurations[name] }),
    ...inFolder("after", { ...after, ...configurations[name] }),
  });
  const found = await Promise.all(
    [ourBreaking, bufBreaking].map((run) => Promise.all(comparisons.map((each) => run(folder, each)))),
  );
  await rm(folder, { recursive: true, force: true });
  return found;
}

function inFolder(folder: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [join(folder, path), text]));
}
