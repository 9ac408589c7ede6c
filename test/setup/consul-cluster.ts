import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findConsul, freePorts, leader, stop } from "./consul.js";

/** Three servers that agree on everything; they live as long as two of them do. */
export interface ConsulCluster {
  /** host:port of each server's HTTP API. */
  readonly addresses: readonly string[];
  /** Which of them leads now, as an index. */
  readonly leader: () => Promise<number>;
  readonly signal: (server: number, signal: NodeJS.Signals) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startConsulCluster(): Promise<ConsulCluster> {
  const binary = await findConsul();
  const folder = await mkdtemp(join(tmpdir(), "proto4-cluster-"));
  const ports = await freePorts(9);
  const servers = [0, 1, 2].map((number) => {
    const [http, server, serf] = ports.slice(number * 3);
    const flags = [
      ...["-server", "-bootstrap-expect=3", `-node=n${number}`, "-disable-host-node-id"],
      ...[`-data-dir=${join(folder, String(number))}`, "-bind=127.0.0.1", "-client=127.0.0.1"],
      ...[`-http-port=${http}`, `-server-port=${server}`, `-serf-lan-port=${serf}`],
      ...["-serf-wan-port=-1", "-dns-port=-1", "-grpc-port=-1", "-log-level=err"],
      ...["-hcl", "performance { raft_multiplier = 1 }"],
      ...[2, 5, 8].map((at) => `-retry-join=127.0.0.1:${ports[at]}`),
    ];
    const agent = spawn(binary, ["agent", ...flags], { stdio: "ignore" });
    return { agent, address: `127.0.0.1:${http}`, raft: `127.0.0.1:${server}` };
  });
  const cluster: ConsulCluster = {
    addresses: servers.map(({ address }) => address),
    leader: () => findLeader(servers),
    signal: (server, signal) => send(servers[server]!.agent, signal),
    stop: async () => {
      await Promise.all(servers.map(({ agent }) => stop(agent)));
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await Promise.all(servers.map(({ agent, address }) => leader(agent, address)));
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}

async function findLeader(
  servers: readonly { readonly address: string; readonly raft: string; readonly agent: ChildProcess }[],
): Promise<number> {
  for (let tries = 0; tries < 200; tries++) {
    for (const { address, agent } of servers) {
      if (agent.signalCode !== null) continue;
      const answer = await fetch(`http://${address}/v1/status/leader`).then(
        (response) => response.text(),
        () => "",
      );
      const found = servers.findIndex(({ raft }) => answer === JSON.stringify(raft));
      if (found >= 0) return found;
    }
    await sleep(50);
  }
  throw new Error("the cluster has no leader after 10 s");
}

async function send(agent: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = signal === "SIGKILL" ? once(agent, "exit") : undefined;
  agent.kill(signal);
  await ended;
}
