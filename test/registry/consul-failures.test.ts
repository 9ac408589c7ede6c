import { once } from "node:events";
import { createServer as createHttpServer, request as forward } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openStore, type Store, type StoreOperation } from "../../src/registry/store/index.js";
import { type ConsulAgent, startConsul } from "../setup/consul.js";
import { consulAddress } from "../setup/peers.js";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe("a Consul that is none", () => {
  test("an address where nobody listens is named, with what to do", async () => {
    const store = await open(`127.0.0.1:${await closedPort()}`, undefined, 1_000);
    const failures = await Promise.all(everyCall(store).map((call) => call().catch((error) => error)));
    for (const failure of failures)
      expect(failure).toMatchObject({
        code: "store-unreachable",
        message: expect.stringMatching(
          /^Consul at 127\.0\.0\.1:\d+ does not answer \(ECONNREFUSED\); is the/,
        ),
      });
  });

  test("one that takes the call and keeps silent is given up", async () => {
    const store = await open(await listen(createServer(() => {})), undefined, 1_000);
    const began = performance.now();
    await expect(store.get("a")).rejects.toMatchObject({ code: "store-unreachable" });
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test.each([
    ["an error", 500, "no cluster leader", "store-unreachable"],
    ["another page", 200, "<html>", "store-invalid"],
    ["another JSON", 200, '[{"Key":1}]', "store-invalid"],
    ["a wrong method", 405, "method not allowed", "store-invalid"],
    ["a stranger's not found", 404, "not found", "store-invalid"],
  ])("%s is no answer", async (_, status, body, code) => {
    const server = createHttpServer((_request, response) => {
      response.writeHead(status, { "content-type": "application/json" }).end(body);
    });
    const store = await open(await listen(server), undefined, 1_000);
    await Promise.all(everyCall(store).map((call) => expect(call()).rejects.toMatchObject({ code })));
  });

  test("a list that was thinned out by missing rights is not taken for the whole", async () => {
    const server = createHttpServer((_request, response) => {
      response.setHeader("x-consul-results-filtered-by-acls", "true");
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify([{ Key: "a/b", Value: null, ModifyIndex: 3 }]));
    });
    const store = await open(await listen(server));
    for (const call of [() => store.list("a/"), () => store.listAll(["a/"]), () => store.keys("a/")])
      await expect(call()).rejects.toMatchObject({ code: "store-denied" });
  });

  test.each([
    "redis:x",
    "lmdb:",
    "lmdb://host/x",
    "consul://",
    "consul://h:1/a//b",
    "consul://h:1/../x",
    "consul://h:99999",
    "consul://user:pass@h:1",
    "consul://h:1?dc=",
    "consul://h:1?dc=x&token=y",
    "consul://h:1/p?dc=a/b",
    "memory:",
    `consul://h:1/${"p".repeat(200)}`,
  ])("the address %j is refused", async (url) => {
    await expect(openStore(url, { now: () => 0, create: true })).rejects.toMatchObject({ code: "usage" });
  });
});

describe("a Consul that fails half-way", () => {
  const halves: readonly (readonly [string, (socket: Socket) => unknown])[] = [
    ["answers half a body and stops", (socket) => socket.write(halfAnswer)],
    ["answers half a body and hangs up", (socket) => socket.end(halfAnswer)],
    ["answers half a head and stops", (socket) => socket.write("HTTP/1.1 200 OK\r\nX-Con")],
    ["hangs up without an answer", (socket) => socket.destroy()],
  ];
  test.each(halves)("one that %s is given up within the patience", async (_, answer) => {
    const server = createServer((socket) => {
      socket.on("error", () => {}).once("data", () => answer(socket));
    });
    const store = await open(await listen(server), undefined, 1_000);
    const began = performance.now();
    const failures = await Promise.all(everyCall(store).map((call) => call().catch((error) => error)));
    for (const failure of failures) expect(failure).toMatchObject({ code: "store-unreachable" });
    expect(performance.now() - began).toBeLessThan(2_500);
  });

  test("a read is asked again until there is a leader, with pauses that grow and vary; a write is not", async () => {
    const at: number[] = [];
    const server = createHttpServer((request, response) => {
      if (request.method === "GET") at.push(performance.now());
      const well = at.length > 5;
      const headers = { "content-type": "application/json", "x-consul-index": "3" };
      if (well) response.writeHead(200, headers).end('[{"Key":"a","Value":null,"ModifyIndex":3}]');
      else response.writeHead(500, { "content-type": "text/plain" }).end("No cluster leader");
    });
    let writes = 0;
    server.on("request", ({ method }) => {
      writes += method === "PUT" ? 1 : 0;
    });
    const chances = [0, 0.999, 0, 0.999, 0];
    const store = await openStore(`consul://${await listen(server)}`, {
      now: () => 0,
      random: () => chances.shift() ?? 0,
    });
    closing.push(() => store.close());
    await expect(store.transact([write("a")])).rejects.toMatchObject({
      code: "store-unreachable",
      message: expect.stringContaining("cannot serve now (No cluster leader)"),
    });
    expect(writes).toBe(1);
    expect((await store.get("a"))?.index).toBe(3);
    const pauses = at.slice(1).map((time, number) => time - at[number]!);
    for (const [number, least] of [50, 50, 200, 200, 800].entries()) {
      expect(pauses[number]).toBeGreaterThan(least - 5);
      expect(pauses[number]).toBeLessThan(least + 150);
    }
  });
});

test("an IPv6 address in brackets is reached", async (context) => {
  const server = createHttpServer((_request, response) => {
    response.setHeader("x-consul-index", "3").setHeader("content-type", "application/json");
    response.end('[{"Key":"a","Value":null,"ModifyIndex":3}]');
  });
  const found = await new Promise<boolean>((resolve) => {
    server.once("error", () => resolve(false)).listen(0, "::1", () => resolve(true));
  });
  if (!found) context.skip("SKIPPED: this machine has no IPv6");
  closing.push(() => server.close());
  const store = await open(`[::1]:${(server.address() as AddressInfo).port}`);
  expect((await store.get("a"))?.index).toBe(3);
});

test("a lease is renewed though Consul has no leader at first; it is not begun twice", async () => {
  const asked: string[] = [];
  const server = createHttpServer(({ url = "" }, response) => {
    asked.push(url);
    const well = asked.length === 1 || asked.length > 3;
    response.writeHead(well ? 200 : 500, { "content-type": "application/json" });
    response.end(well ? '{"ID":"s1"}' : '"No cluster leader"');
  });
  const store = await open(await listen(server));
  const lease = await store.lease(10);
  expect(await lease.renew()).toBe(true);
  const renewals = Array.from({ length: 3 }, () => "/v1/session/renew/s1");
  expect(asked).toEqual(["/v1/session/create", ...renewals]);
  asked.length = 1;
  await expect(store.lease(10)).rejects.toMatchObject({ code: "store-unreachable" });
  expect(asked).toHaveLength(2);
});

describe.skipIf(consulAddress === undefined)("what is sent", () => {
  test("goes over one connection, a request a call, and an empty prefix is asked after once in a while", async () => {
    const sent: string[] = [];
    const sockets = new Set<Socket>();
    const server = createHttpServer((request, response) => {
      sent.push(`${request.method} ${request.url}`);
      sockets.add(request.socket);
      const [host, port] = consulAddress!.split(":");
      const { method, headers, url: path } = request;
      const onward = forward({ host, port, method, headers, path }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    });
    let now = 0;
    const url = `consul://${await listen(server)}/sent-${process.pid}`;
    const store = await openStore(url, { now: () => now });
    closing.push(() => store.close());
    const count = async (call: () => Promise<unknown>) => {
      const before = sent.length;
      await call();
      return sent.length - before;
    };
    expect(await count(() => store.transact([write("p/k"), write("q/k")]))).toBe(1);
    expect(await count(() => store.get("p/k", "stale"))).toBe(1);
    expect(sent.at(-1)).toMatch(/\?stale=1$/);
    expect(await count(() => store.get("p/k"))).toBe(1);
    expect(sent.at(-1)).toMatch(/\?consistent=1$/);
    expect(await count(() => store.listAll(["p/", "q/"], "stale"))).toBe(1);
    expect(sent.at(-1)).toMatch(/^PUT \/v1\/txn\?stale=1$/);
    expect(await count(() => store.list("none/"))).toBe(2);
    expect(await count(() => store.list("none/"))).toBe(1);
    expect(await count(() => store.keys("none/"))).toBe(1);
    expect(await count(() => store.keys("none/here/"))).toBe(2);
    now += 29_999;
    expect(await count(() => store.listAll(["none/", "p/"]))).toBe(1);
    now += 1;
    expect(await count(() => store.listAll(["none/", "p/"]))).toBe(2);
    expect(sockets.size).toBe(1);
  });
});

describe.skipIf(consulAddress === undefined)("a Consul with access rules", () => {
  let agent: ConsulAgent;

  beforeAll(async () => {
    const rules = `acl { enabled = true, default_policy = "deny", tokens { master = "${root}" } }`;
    agent = await startConsul(["-hcl", rules]);
    const store = await open(agent.address, root);
    // The rules come into force a moment after the leader.
    for (let tries = 0; !(await store.transact([write("p/k")]).catch(() => false)); tries++) {
      if (tries > 100) throw new Error("the access rules of consul do not come into force");
      await sleep(100);
    }
  });
  afterAll(() => agent?.stop());

  test("without rights nothing looks empty and no write looks overtaken", async () => {
    for (const token of [undefined, "00000000-1111-2222-3333-444444444444"]) {
      const store = await open(agent.address, token);
      for (const call of everyCall(store))
        await expect(call()).rejects.toMatchObject({ code: "store-denied" });
      const watching = store.watch("p/k", new AbortController().signal)[Symbol.asyncIterator]();
      await expect(watching.next()).rejects.toMatchObject({ code: "store-denied" });
    }
  });

  test("with the right to read alone, reads are whole and writes denied", async () => {
    const store = await open(agent.address, await readerToken(agent.address));
    expect((await store.list("p/")).map(({ key }) => key)).toEqual(["p/k"]);
    expect(await store.list("q/")).toEqual([]);
    expect(await store.keys("q/")).toEqual([]);
    expect((await store.listAll(["q/", "p/"])).map((list) => list.length)).toEqual([0, 1]);
    await expect(store.transact([write("p/k")])).rejects.toMatchObject({ code: "store-denied" });
    await expect(store.transact([write("p/a"), write("p/b")])).rejects.toMatchObject({
      code: "store-denied",
    });
  });
});

describe.skipIf(consulAddress === undefined)("a Consul that goes and comes back", () => {
  test("a watch outlives the outage and a successor that counts from the beginning", {
    timeout: 60_000,
  }, async () => {
    const elder = await startConsul();
    closing.push(elder.stop);
    const proxy = await startProxy(elder.address);
    const direct = await open(elder.address);
    // The elder's indexes are far ahead of what its successor will have.
    for (let count = 0; count < 200; count++) await direct.transact([write("w/other", String(count))]);
    await direct.transact([write("w/k", "elder")]);

    const stop = new AbortController();
    const seen: (string | undefined)[] = [];
    const watching = follow((await open(proxy.address)).watch("w/k", stop.signal), seen);
    await until(() => seen.includes("elder"));

    proxy.turnTo(undefined);
    await sleep(700);
    const heir = await startConsul();
    closing.push(heir.stop);
    const successor = await open(heir.address);
    await successor.transact([write("w/k", "heir")]);
    proxy.turnTo(heir.address);
    await until(() => seen.includes("heir"));
    await successor.transact([write("w/k", "later")]);
    await until(() => seen.includes("later"));
    stop.abort();
    await watching;
    expect(seen).toEqual(["elder", "heir", "later"]);
  });
});

const halfAnswer =
  'HTTP/1.1 200 OK\r\nX-Consul-Index: 3\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n[{"Key"';
const root = "11111111-2222-3333-4444-555555555555";

async function open(address: string, token?: string, patience?: number): Promise<Store> {
  const store = await openStore(`consul://${address}`, { now: () => 0, token, patience });
  closing.push(() => store.close());
  return store;
}

function write(key: string, text = "x"): StoreOperation {
  return { verb: "set", key, value: new TextEncoder().encode(text) };
}

function everyCall(store: Store): readonly (() => Promise<unknown>)[] {
  return [
    () => store.get("p/k"),
    () => store.list("p/"),
    () => store.list("nothing/"),
    () => store.list("p/", "stale"),
    () => store.listAll(["p/", "nothing/"]),
    () => store.keys("p/"),
    () => store.transact([write("p/k")]),
    () => store.transact([write("p/k"), write("p/l")]),
    () => store.transact([{ verb: "check-not-exists", key: "p/zzz" }]),
    () => store.lease(10),
  ];
}

/** A token that may read all keys and write none. */
async function readerToken(address: string): Promise<string> {
  const put = async (path: string, body: object) => {
    const headers = { "x-consul-token": root };
    const response = await fetch(`http://${address}/v1/acl/${path}`, {
      method: "PUT",
      headers,
      body: JSON.stringify(body),
    });
    return (await response.json()) as { readonly SecretID: string };
  };
  await put("policy", { Name: "reader", Rules: 'key_prefix "" { policy = "read" }' });
  return (await put("token", { Policies: [{ Name: "reader" }] })).SecretID;
}

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return port;
}

/** Hands connections on; turned elsewhere, it cuts those that there are. */
async function startProxy(first: string) {
  let target: string | undefined = first;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    if (target === undefined) {
      socket.destroy();
      return;
    }
    const [host, port] = target.split(":") as [string, string];
    const onward = connect(Number(port), host).on("error", () => socket.destroy());
    socket.pipe(onward).pipe(socket);
    socket.on("close", () => onward.destroy());
  });
  return {
    address: await listen(server),
    turnTo: (address: string | undefined) => {
      target = address;
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function follow(
  changes: AsyncIterable<{ readonly value: Uint8Array } | undefined>,
  into: (string | undefined)[],
) {
  for await (const entry of changes) into.push(entry && new TextDecoder().decode(entry.value));
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 200) throw new Error("still not so after 10 s");
    await sleep(50);
  }
}
