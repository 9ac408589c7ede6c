import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { check, reportText } from "../../src/gate/index.js";
import { loadSources } from "../rules/fixture.js";

const folder = fileURLToPath(new URL("../../fixtures/gate/first-example/", import.meta.url));

test("the example that proto4 began with passes, with the advice of a careful reviewer", async () => {
  const [before, after] = [await loadSources(`${folder}before`), await loadSources(`${folder}after`)];
  const findings = check(before, after, { today: "2026-11-22" });
  expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  await expect(reportText(findings)).toMatchFileSnapshot(`${folder}expected.txt`);
});
