#!/usr/bin/env node
import { formatErrors, Proto4Error } from "../diagnostics/index.js";
import { loadProgram } from "./program.js";

async function main(args: readonly string[]): Promise<void> {
  const program = await loadProgram(args);
  await program.parseAsync(args, { from: "user" });
}

/** A user's mistake is a sentence; ours is a stack. */
function report(error: unknown): void {
  const text =
    error instanceof Proto4Error ? formatErrors(error) : error instanceof Error ? error.stack : error;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

main(process.argv.slice(2)).catch(report);
