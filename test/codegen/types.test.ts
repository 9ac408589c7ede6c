import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { test } from "vitest";
import { project } from "./compilers.js";

test("what lies in the fixtures' gen type-checks strictly", async () => {
  const tsc = join(project, "node_modules/.bin/tsc");
  const { stdout } = await promisify(execFile)(tsc, ["-p", "fixtures/codegen"], { cwd: project }).catch(
    (failure: { readonly stdout: string }) => failure,
  );
  if (stdout !== "") throw new Error(stdout);
});
