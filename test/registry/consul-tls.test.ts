import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { loadStoreOptions } from "../../src/cli/load-store-options.js";
import { openStore, type Store } from "../../src/registry/store/index.js";
import { readCertificates, startTlsConsul, type TlsConsul } from "../setup/consul-tls.js";
import { consulAddress } from "../setup/peers.js";

type Tls = NonNullable<Parameters<typeof openStore>[1]["tls"]>;
type Pems = Awaited<ReturnType<typeof readCertificates>>;

describe.skipIf(consulAddress === undefined)("a Consul that wants certificates", () => {
  let consul: TlsConsul;
  let client: Pems;
  let stranger: Pems;
  const stores: Store[] = [];

  beforeAll(async () => {
    consul = await startTlsConsul();
    client = await readCertificates(consul.client);
    stranger = await readCertificates(consul.stranger);
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });
  afterAll(() => consul?.stop());

  const open = async (address: string, tls?: Tls) => {
    const store = await openStore(`consul://${address}`, { now: () => 0, tls });
    stores.push(store);
    return store;
  };
  const failure = async (address: string, tls?: Tls) =>
    (await open(address, tls)).get("a/k").then(
      () => undefined,
      (error) => ({ code: error.code, message: error.message }),
    );

  test("takes every call of a client that it trusts", async () => {
    const store = await open(consul.address, client);
    expect(await store.transact([write("a/k")])).toBe(true);
    expect(await store.transact([write("a/l"), write("a/m")])).toBe(true);
    expect((await store.get("a/k", "stale"))?.key).toBe("a/k");
    expect(await store.keys("a/")).toEqual(["a/k", "a/l", "a/m"]);
    expect((await store.listAll(["a/", "b/"])).map((list) => list.length)).toEqual([3, 0]);
    const lease = await store.lease(10);
    expect(await lease.renew()).toBe(true);
    await lease.release();
    const stop = new AbortController();
    for await (const entry of store.watch("a/k", stop.signal)) {
      expect(entry?.key).toBe("a/k");
      stop.abort();
    }
  });

  test("is known by the name in its certificate, where its address is not in it", async () => {
    expect(await failure(consul.address, { ...client, serverName: "server.dc1.consul" })).toBeUndefined();
    expect(await failure(consul.address, { ...client, serverName: "other.example" })).toMatchObject({
      code: "store-denied",
      message: expect.stringMatching(
        /is not trusted: .*CONSUL_TLS_SERVER_NAME.*ERR_TLS_CERT_ALTNAME_INVALID/,
      ),
    });
  });

  test("of another CA is not trusted, and that is said at once", async () => {
    const began = performance.now();
    for (const tls of [{ ...client, ca: stranger.ca }, {}])
      expect(await failure(consul.address, tls)).toMatchObject({
        code: "store-denied",
        message: expect.stringMatching(/shows a certificate that is not trusted: give the CA/),
      });
    expect(performance.now() - began).toBeLessThan(3_000);
  });

  test("refuses a client without a certificate, or with one of another CA, and that is said", async () => {
    const foreign = { ca: client.ca, cert: stranger.cert, key: stranger.key };
    for (const tls of [{ ca: client.ca }, foreign])
      expect(await failure(consul.address, tls)).toMatchObject({
        code: "store-denied",
        message: expect.stringMatching(/refused our client certificate, or asks for one: give/),
      });
  });

  test("and one that does not are told apart from each other's clients", async () => {
    expect(await failure(consul.address)).toMatchObject({
      code: "store-denied",
      message: expect.stringContaining("speaks TLS alone: set CONSUL_HTTP_SSL=true"),
    });
    expect(await failure(consul.plain, client)).toMatchObject({
      code: "store-denied",
      message: expect.stringContaining("does not speak TLS"),
    });
  });

  test.each([
    ["a certificate without its key", (pems: Pems) => ({ cert: pems.cert })],
    ["the key of another", (pems: Pems) => ({ cert: pems.cert, key: stranger.key })],
    ["no PEM", (pems: Pems) => ({ ca: pems.ca, cert: "x", key: "y" })],
  ])("with %s no store is opened", async (_, spoil) => {
    await expect(open(consul.address, spoil(client))).rejects.toMatchObject({ code: "usage" });
  });

  test("is reached by Consul's own variables", async () => {
    const { ca, cert, key } = consul.client;
    const env = { CONSUL_CACERT: ca, CONSUL_CLIENT_CERT: cert, CONSUL_CLIENT_KEY: key };
    const options = loadStoreOptions({
      ...env,
      CONSUL_HTTP_SSL: "true",
      CONSUL_TLS_SERVER_NAME: "localhost",
    });
    expect(options.tls?.serverName).toBe("localhost");
    expect(await failure(consul.address, options.tls)).toBeUndefined();
    expect(loadStoreOptions({ ...env, CONSUL_HTTP_SSL: "0" }).tls).toBeUndefined();
    expect(() => loadStoreOptions({ CONSUL_HTTP_SSL: "yes" })).toThrow(/write true or false/);
    expect(() => loadStoreOptions({ CONSUL_HTTP_SSL: "1", CONSUL_CACERT: `${ca}x` })).toThrow(
      /CONSUL_CACERT/,
    );
  });

  test("has the datacenter that the address names, or says that there is none", async () => {
    const own = await open(`${consul.plain}/dc?dc=dc1`);
    await own.transact([write("k")]);
    expect((await (await open(`${consul.plain}/dc`)).list("k")).map(({ key }) => key)).toEqual(["k"]);
    const began = performance.now();
    expect(await failure(`${consul.plain}/dc?dc=nowhere`)).toMatchObject({
      code: "store-unreachable",
      message: expect.stringContaining("No path to datacenter"),
    });
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

function write(key: string) {
  return { verb: "set", key, value: new Uint8Array([1]) } as const;
}
