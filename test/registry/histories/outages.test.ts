import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { startConsul } from "../../setup/consul.js";
import { startConsulCluster } from "../../setup/consul-cluster.js";
import { consulAddress } from "../../setup/peers.js";
import { checkHistory } from "./check-history.js";
import { readTruth, runClients } from "./client.js";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const seed = Number(process.env.HISTORIES_SEED ?? Date.now() % 1_000_000);
const clients = Array.from({ length: 16 }, (_, number) => number);

describe.skipIf(consulAddress === undefined)(`publishers in an outage (seed ${seed})`, () => {
  test("of the leader of three servers, asked through all of them, lose nothing and double nothing", {
    timeout: 120_000,
  }, async () => {
    const cluster = await startConsulCluster();
    closing.push(cluster.stop);
    const victim = await cluster.leader();
    const standing = cluster.addresses.filter((_, place) => place !== victim);
    const addresses = cluster.addresses.map((address) => `consul://${address}/cluster`);
    // Those that lose their server go on with another, as behind a balancer.
    const killed = after(12, () => cluster.signal(victim, "SIGKILL"));
    const balanced = await startBalancer(() => [cluster.addresses[victim]!, ...standing]);
    const plan = {
      addresses: addresses.with(victim, `consul://${balanced.address}/cluster`),
      clients,
      versions: 2,
      seed,
    };
    const calls = await runClients(plan, killed.count);
    await killed.done;
    const versions = await readTruth(`consul://${standing[0]}/cluster`);
    expect(checkHistory(versions, calls)).toEqual([]);
    expect(versions.at(-1)?.fields).toHaveLength(32);
    expect(await cluster.leader()).not.toBe(victim);
  });

  test("of three seconds wait, and are told the truth", { timeout: 60_000 }, async () => {
    const agent = await startConsul();
    closing.push(agent.stop);
    const address = `consul://${agent.address}`;
    const paused = after(8, async () => {
      agent.signal("SIGSTOP");
      await sleep(3_000);
      agent.signal("SIGCONT");
    });
    const calls = await runClients({ addresses: [address], clients, versions: 2, seed }, paused.count);
    await paused.done;
    const versions = await readTruth(address);
    expect(checkHistory(versions, calls)).toEqual([]);
    expect(versions.at(-1)?.fields).toHaveLength(32);
    expect(Math.max(...calls.map(({ began, ended }) => ended - began))).toBeGreaterThan(2_500_000);
  });

  test("that lets commits through and loses their answers settle them by their ids", {
    timeout: 90_000,
  }, async () => {
    const losing = await startBalancer(() => [consulAddress!], 0.2);
    const prefix = `lost-${process.pid}`;
    const address = `consul://${losing.address}/${prefix}`;
    const some = clients.slice(0, 8);
    const calls = await runClients({ addresses: [address], clients: some, versions: 2, seed });
    const versions = await readTruth(`consul://${consulAddress}/${prefix}`);
    expect(checkHistory(versions, calls)).toEqual([]);
    expect(versions.at(-1)?.fields).toHaveLength(16);
    expect(losing.lost()).toBeGreaterThan(3);
  });
});

/** Does something once so many versions are acknowledged. */
function after(count: number, act: () => Promise<void>) {
  let published = 0;
  let tell: () => void;
  let fail: (error: unknown) => void;
  const done = new Promise<void>((resolve, reject) => {
    tell = resolve;
    fail = reject;
  });
  return {
    count: () => {
      if (++published === count) act().then(tell, fail);
    },
    done,
  };
}

/**
 * Hands connections to the first server that takes them. Of transactions it loses some answers: the connection
 * ends after the request was handed on.
 */
async function startBalancer(targets: () => readonly string[], losing = 0) {
  let turn = 0;
  let lost = 0;
  const sockets = new Set<Socket>();
  const server = createServer(async (socket) => {
    sockets.add(socket.on("error", () => {}));
    const onward = await reach(targets());
    if (onward === undefined) return socket.destroy();
    socket.on("data", (bytes) => {
      onward.write(bytes);
      turn += bytes.includes("/v1/txn") && bytes.includes('"cas"') ? 1 : 0;
      if (losing === 0 || !bytes.includes('"cas"') || turn % Math.round(1 / losing) !== 0) return;
      lost++;
      onward.unpipe(socket);
      setTimeout(() => socket.destroy(), 20);
    });
    onward.on("error", () => socket.destroy()).on("close", () => socket.destroy());
    onward.pipe(socket);
    socket.on("close", () => onward.end());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, lost: () => lost };
}

async function reach(addresses: readonly string[]): Promise<Socket | undefined> {
  for (const address of addresses) {
    const [host, port] = address.split(":");
    const socket = connect(Number(port), host);
    const reached = await once(socket, "connect").then(
      () => true,
      () => false,
    );
    if (reached) return socket;
  }
  return undefined;
}
