import type { TestProject } from "vitest/node";
import { findConformanceRunner } from "./conformance-runner.js";
import { startConsul } from "./consul.js";
import { findProtoc } from "./protoc.js";

/**
 * Finds or fetches the real peers, starts them for the run, and tells where they are.
 * @returns what stops them
 */
export default async function startPeers(project: TestProject): Promise<() => Promise<void>> {
  project.provide("protocPath", await attempt("protoc", findProtoc));
  project.provide("conformanceRunner", await attempt("conformance runner", findConformanceRunner));
  // Last, so that nothing that fails after it could leave it running.
  const consul = await attempt("consul", startConsul);
  project.provide("consulAddress", consul?.address);
  return async () => consul?.stop();
}

/** A peer that cannot be had skips the suites that need it; where a run requires its peers, it fails it. */
async function attempt<Peer>(name: string, get: () => Promise<Peer>): Promise<Peer | undefined> {
  try {
    return await get();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `no ${name}: ${reason}`;
    if (process.env.PROTO4_REQUIRE_PEERS === "1") throw new Error(message);
    process.stderr.write(banner(`${message}\nALL SUITES THAT NEED ${name.toUpperCase()} ARE SKIPPED`));
    return undefined;
  }
}

function banner(text: string): string {
  const line = "!".repeat(78);
  return `\n${line}\n${text.replace(/^/gm, "!! ")}\n${line}\n\n`;
}
