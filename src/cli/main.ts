#!/usr/bin/env node
import { formatErrors, Proto4Error } from "../diagnostics/index.js";
import { loadProgram } from "./program.js";

async function main(typed: readonly string[]): Promise<void> {
  const args = helpFirst(typed);
  const program = await loadProgram(args);
  await program.parseAsync(args, { from: "user" });
}

/** `help registry push`, as git has it, is `registry push --help`. */
function helpFirst(args: readonly string[]): readonly string[] {
  return args[0] === "help" ? [...args.slice(1), "--help"] : args;
}

/** A user's mistake is a sentence; ours is a stack. */
function report(error: unknown): void {
  const text =
    error instanceof Proto4Error ? formatErrors(error) : error instanceof Error ? error.stack : error;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

/** Whoever reads may have had enough, as `head` has: what is left to do is done all the same, and the verdict stands. */
function lostReader(error: NodeJS.ErrnoException): void {
  // A watch has nothing left to do but to tell.
  if (error.code === "EPIPE" && process.argv.includes("--watch")) process.exit();
  if (error.code === "EPIPE") return;
  report(new Proto4Error("output-unwritable", `the output cannot be written: ${error.message}`));
  process.exit();
}

for (const stream of [process.stdout, process.stderr]) stream.on("error", lostReader);
main(process.argv.slice(2)).catch(report);
