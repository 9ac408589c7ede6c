import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { parseYaml } from "../../../src/gate/config/parse-yaml.js";
import { policySchema } from "../../../src/gate/config/policy-schema.js";
import { readPolicy } from "../../../src/gate/config/read-policy.js";
import { allRules } from "../../../src/rules/index.js";
import { bad, good } from "./policy-cases.js";
import { fits } from "./validate.js";

const shipped = new URL("../../../proto4.schema.json", import.meta.url).pathname;

/** Whether the reader takes a file, and whether the schema does. */
function verdicts(source: string): { readonly reader: boolean; readonly schema: boolean } {
  return { reader: isRead(source), schema: fits(parse(source), policySchema()) };
}

function isRead(source: string): boolean {
  try {
    readPolicy(parseYaml(source, "proto4.yaml"));
    return true;
  } catch {
    return false;
  }
}

test("the schema that is shipped is the one of the rules and keys there are (npm run schema)", async () => {
  await expect(`${JSON.stringify(policySchema(), null, 2)}\n`).toMatchFileSnapshot(shipped);
});

test.each(Object.entries(good))("%s: taken by the reader and by the schema", (_, source) => {
  expect(verdicts(source)).toEqual({ reader: true, schema: true });
});

test.each(bad)("%j is refused by the reader and by the schema", (source) => {
  expect(verdicts(source)).toEqual({ reader: false, schema: false });
});

test("every rule may be asked for, left out, and given each severity", () => {
  for (const { id } of allRules)
    for (const severity of ["error", "warning", "info", "off"]) {
      const source = `version: v1\nuse: [${id}]\nexcept: [${id}]\nseverity: {${id}: ${severity}}\n`;
      expect(verdicts(source), source).toEqual({ reader: true, schema: true });
    }
});

test("each example in the pages is taken by both, and names the schema where the package has it", async () => {
  const manifest = JSON.parse(await readFile(new URL("../../../package.json", import.meta.url), "utf8"));
  expect(manifest.exports["./proto4.schema.json"]).toBe("./proto4.schema.json");
  for (const name of ["policy", "check"]) {
    const page = await readFile(new URL(`../../../docs/${name}.md`, import.meta.url), "utf8");
    const [, example] = /^```yaml\n(# yaml-language-server: .*?)^```/ms.exec(page)!;
    expect(example).toContain("$schema=./node_modules/proto4/proto4.schema.json\n");
    expect(verdicts(example!), name).toEqual({ reader: true, schema: true });
  }
});
