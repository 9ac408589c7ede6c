import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { buf, plugin, project } from "./compilers.js";
import { filesIn } from "./sources.js";

const run = promisify(execFile);

test("google's monitoring API, which knows nothing of proto4, gets stubs that type-check", async () => {
  const folder = await mkdtemp(join(tmpdir(), "proto4-google-"));
  try {
    await generateMonitoring(folder);
    const stubs = await filesIn(join(folder, "gen"));
    expect(stubs).toContain("google/monitoring/v3/metric_service_pb.ts");
    expect(stubs.filter((path) => !path.endsWith("_pb.ts"))).toEqual([]);
    await typeCheck(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 120_000);

async function generateMonitoring(folder: string): Promise<void> {
  const protos = join(project, "node_modules/google-gax/build/protos");
  const entry = { local: plugin, out: "gen", strategy: "all", include_imports: true };
  await writeFile(join(folder, "buf.gen.yaml"), JSON.stringify({ version: "v2", plugins: [entry] }));
  // The well-known types that lie there are older than those of the compiler.
  const limits = [
    "--exclude-path",
    join(protos, "google/protobuf"),
    "--path",
    join(protos, "google/monitoring"),
  ];
  await run(buf, ["generate", protos, ...limits], { cwd: folder });
}

async function typeCheck(folder: string): Promise<void> {
  await symlink(join(project, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const compilerOptions = { strict: true, module: "nodenext", target: "es2022", noEmit: true, types: [] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["gen"] }));
  await run(join(project, "node_modules/.bin/tsc"), ["-p", folder]);
}
