import { fileURLToPath } from "node:url";
import { loadFindingSources } from "../../../src/cli/finding-sources.js";
import {
  checkBaselines,
  type Finding,
  findingEdits,
  loadBaselines,
  loadSide,
  loadWaivers,
  markWaived,
  type ReportContext,
} from "../../../src/gate/index.js";

export const folder = fileURLToPath(new URL("../../../fixtures/gate/reports/", import.meta.url));

const today = "2026-11-22";

/** What is found in the fixture that has every kind of finding, and what reports may know besides. */
export async function loadEveryKind(): Promise<{
  readonly findings: readonly Finding[];
  readonly context: ReportContext;
}> {
  const inputs = ["v2", "v1"].map((name) => ({ name, date: undefined, input: name }));
  const [after, baselines] = await Promise.all([
    loadSide("now", { cwd: folder }),
    loadBaselines(inputs, { cwd: folder }),
  ]);
  const waivers = await loadWaivers(after.workspace, today);
  const found = checkBaselines(baselines, after, { today });
  const { findings } = markWaived(found, waivers?.waivers ?? [], today);
  return {
    findings,
    context: {
      sources: await loadFindingSources(baselines, after, findings),
      edits: findingEdits((path) => after.workspace.read(path)),
      fromRoot: (path) => `api/${path}`,
      input: "now",
      version: "0.1.0",
    },
  };
}
