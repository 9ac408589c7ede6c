import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { findingsSchema } from "../../../src/gate/report/findings-schema.js";

const shipped = new URL("../../../proto4-findings.schema.json", import.meta.url).pathname;

test("the schema that is shipped is the one of what reports print (npm run schema)", async () => {
  await expect(`${JSON.stringify(findingsSchema(), null, 2)}\n`).toMatchFileSnapshot(shipped);
});

test("the package has it, under its name", async () => {
  const manifest = JSON.parse(await readFile(new URL("../../../package.json", import.meta.url), "utf8"));
  expect(manifest.exports["./proto4-findings.schema.json"]).toBe("./proto4-findings.schema.json");
  expect(manifest.files).toContain("proto4-findings.schema.json");
});
