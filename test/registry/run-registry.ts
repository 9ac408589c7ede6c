import { vi } from "vitest";
import { makeCommand } from "../../src/cli/registry.js";
import { Proto4Error } from "../../src/diagnostics/index.js";

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `proto4 registry …` in this process, as the program does; what is no error of proto4's is thrown. */
export async function runRegistry(...args: readonly string[]): Promise<Outcome> {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((name) =>
    vi.spyOn(process[name], "write").mockImplementation((text) => {
      written[name] += text;
      return true;
    }),
  );
  try {
    await makeCommand().parseAsync(args, { from: "user" });
    return { ...written, code: Number(process.exitCode ?? 0) };
  } catch (error) {
    if (!(error instanceof Proto4Error)) throw error;
    return { ...written, stderr: `${written.stderr}${error.message}\n`, code: 1 };
  } finally {
    process.exitCode = 0;
    for (const spy of spies) spy.mockRestore();
  }
}
