import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A development agent of Consul on free loopback ports. @returns its address, its process and what stops it */
export async function startAgent(root) {
  const [http, server, serf] = await freePorts(3);
  const flags = [
    ...["-dev", "-bind=127.0.0.1", "-client=127.0.0.1", "-log-level=err"],
    ...[`-http-port=${http}`, `-server-port=${server}`, `-serf-lan-port=${serf}`],
    ...["-serf-wan-port=-1", "-dns-port=-1", "-grpc-port=-1"],
    // All instances of a measurement come from one address, which the agent would hold to 200 connections.
    ...["-hcl", "limits { http_max_conns_per_client = 8192 }"],
  ];
  const agent = spawn(findConsul(root), ["agent", ...flags], { stdio: ["ignore", "ignore", "inherit"] });
  const address = `127.0.0.1:${http}`;
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(`http://${address}/v1/status/leader`)
      .then((got) => got.text())
      .catch(() => "");
    if (/\d/.test(answer)) return { address, pid: agent.pid, stop: () => stop(agent) };
    await sleep(50);
  }
  await stop(agent);
  throw new Error("consul had no leader after 10 s");
}

function findConsul(root) {
  const installed = "consul";
  if (spawnSync(installed, ["version"]).status === 0) return installed;
  const fetched = join(root, ".cache/peers/bullseye-consul/usr/bin/consul");
  if (existsSync(fetched)) return fetched;
  throw new Error("there is no consul: put one on the PATH, or run the tests once, which fetch one");
}

async function stop(agent) {
  if (agent.exitCode !== null) return;
  const ended = once(agent, "exit");
  agent.kill("SIGTERM");
  await ended;
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
