import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { root } from "./source-files.js";

/** GitHub's own parser of workflows, in one file: the package imports JSON in a way that Node no longer allows. */
export async function loadWorkflowParser(): Promise<typeof import("@actions/workflow-parser")> {
  const file = join(root, ".cache/programs", `workflow-parser-${process.pid}.mjs`);
  const program = await rolldown({
    input: fileURLToPath(import.meta.resolve("@actions/workflow-parser")),
    platform: "node",
    logLevel: "silent",
  });
  await program.write({ file, codeSplitting: false });
  await program.close();
  return import(pathToFileURL(file).href);
}
