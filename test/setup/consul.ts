import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { debianPackages } from "./debian-package.js";
import { findOnPath } from "./find-on-path.js";

/** A running development agent: one server, in memory. */
export interface ConsulAgent {
  /** host:port of its HTTP API. */
  readonly address: string;
  readonly stop: () => Promise<void>;
  readonly signal: (signal: NodeJS.Signals) => void;
}

/**
 * Starts Consul on free loopback ports and waits until it has a leader.
 * @param more flags besides, such as `-hcl` and a piece of configuration
 * @param port where another one listened before; a free one if not given
 */
export async function startConsul(more: readonly string[] = [], port?: number): Promise<ConsulAgent> {
  const binary = await findConsul();
  const [free, server, serf] = await freePorts(3);
  const http = port ?? free;
  const flags = [
    ...["-dev", "-bind=127.0.0.1", "-client=127.0.0.1", "-log-level=err"],
    ...[`-http-port=${http}`, `-server-port=${server}`, `-serf-lan-port=${serf}`],
    ...["-serf-wan-port=-1", "-dns-port=-1", "-grpc-port=-1"],
    ...more,
  ];
  const agent = spawn(binary, ["agent", ...flags], { stdio: ["ignore", "ignore", "inherit"] });
  const address = `127.0.0.1:${http}`;
  try {
    await leader(agent, address);
  } catch (error) {
    await stop(agent);
    throw error;
  }
  return { address, stop: () => stop(agent), signal: (signal) => agent.kill(signal) };
}

/** @returns the path of a `consul`, from the PATH or fetched */
export async function findConsul(): Promise<string> {
  // The last release that Debian packaged.
  return findOnPath("consul") ?? join(await debianPackages("bullseye", ["consul=1.8.7*"]), "usr/bin/consul");
}

export async function leader(agent: ChildProcess, address: string): Promise<void> {
  let failure: unknown;
  agent.once("error", (error) => {
    failure = error;
  });
  for (let attempt = 0; attempt < 300; attempt++) {
    if (failure !== undefined) throw failure;
    if (agent.exitCode !== null) throw new Error(`consul ended with exit code ${agent.exitCode}`);
    const answer = await fetch(`http://${address}/v1/status/leader`).then(
      (response) => response.text(),
      () => "",
    );
    if (/\d/.test(answer)) return;
    await sleep(50);
  }
  throw new Error("consul had no leader after 15 s");
}

export async function stop(agent: ChildProcess): Promise<void> {
  if (agent.pid === undefined || agent.exitCode !== null || agent.signalCode !== null) return;
  const ended = once(agent, "exit");
  agent.kill("SIGCONT");
  agent.kill("SIGTERM");
  const impatience = setTimeout(() => agent.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(impatience);
}

/** Ports that were free a moment ago, all different because they are held together. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
