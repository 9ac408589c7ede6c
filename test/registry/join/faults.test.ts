import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import { type Joined, join } from "../../../src/registry/join.js";
import type { Store } from "../../../src/registry/store/index.js";
import { fingerprint } from "../../../src/schema/index.js";
import { type ConsulAgent, startConsul } from "../../setup/consul.js";
import { consulAddress } from "../../setup/peers.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { openTestStore } from "../stores.js";

let compiled: Compiled;
beforeAll(async () => {
  compiled = await compile(userProto("string name = 1"));
});

/** What a test leaves to be closed; they wait most of the time, so they run at once. */
type Later = (close: () => Promise<void> | void) => void;

describe.skipIf(consulAddress === undefined)(
  "a Consul that fails under services that run",
  { concurrent: true },
  () => {
    test("killed and started anew, empty and counting from the beginning: they go on and report again", {
      timeout: 120_000,
    }, async ({ onTestFinished: later }) => {
      const elder = await agent(later);
      const { store, joined, said } = await running(later, elder);
      const since = await text(store, "live/test/@since");
      elder.signal("SIGKILL");
      await until(() => said.some((line) => line.includes("what runs is not reported")));
      joined[0]!.used("acme.v1.User.name");

      const port = Number(elder.address.split(":")[1]);
      await agent(later, port);
      await until(async () => (await live(store)).length === joined.length);
      await until(() => joined[0]!.message.includes("the registry has no subject acme/user"));
      expect((await text(store, "live/test/@since")) > since).toBe(true);
      expect((await text(store, "seen/test/@since")) > since).toBe(true);
      const [seen] = await store.list("proto4/v1/seen/test/users/");
      expect(JSON.parse(new TextDecoder().decode(seen!.value)).used).toHaveProperty(["acme.v1.User.name"]);

      // What is pushed again is found again.
      await push(store, compiled);
      await until(() => joined[0]!.message === "acme.v1 is that of acme/user@1, the last version");
    });

    test("paused until the leases are over: they go on, and report again when it does", {
      timeout: 120_000,
    }, async ({ onTestFinished: later }) => {
      const paused = await agent(later);
      const { store, joined, said } = await running(later, paused);
      paused.signal("SIGSTOP");
      later(() => {
        paused.signal("SIGCONT");
      });
      await until(() => said.some((line) => line.includes("what runs is not reported")));
      const began = performance.now();
      await joined[0]!.leave();
      expect(performance.now() - began).toBeLessThan(10_000);
      // Consul ends a lease of 10 s after 20 s at most.
      await sleep(22_000);
      paused.signal("SIGCONT");
      await until(async () => (await live(store)).join() === "users-1,users-2");
      await until(() => joined[1]!.message === "acme.v1 is that of acme/user@1, the last version");
    });

    test("live records that somebody has wiped are made again, and say since when", {
      timeout: 120_000,
    }, async ({ onTestFinished: later }) => {
      const { store } = await running(later, await agent(later));
      const since = await text(store, "live/test/@since");
      for (const { key, index } of await store.list("proto4/v1/live/"))
        await store.transact([{ verb: "delete", key, index }]);
      expect(await live(store)).toEqual([]);
      await until(async () => (await live(store)).length === 3);
      expect((await text(store, "live/test/@since")) > since).toBe(true);
    });
  },
);

async function agent(later: Later, port?: number): Promise<ConsulAgent> {
  const started = await startConsul([], port);
  later(() => started.stop());
  return started;
}

/** Three instances of a service whose contract is in the registry, and what the first one's log says. */
async function running(later: Later, { address }: ConsulAgent) {
  const store = await openTestStore(`consul://${address}`, Date.now);
  later(() => store.close());
  await push(store, compiled);
  const said: string[] = [];
  const contract = { package: "acme.v1", fingerprint: fingerprint(compiled.image, "acme.v1") };
  const place = { service: "users", environment: "test", lease: 10, seenEvery: 2, patience: 1 };
  const request = { store: `consul://${address}`, subject: "acme/user", contract, ...place };
  const joined: Joined[] = [];
  for (const instance of ["users-0", "users-1", "users-2"]) {
    const each = await join({ ...request, instance, onChange: (line) => said.push(line) });
    joined.push(each);
    later(() => each.leave());
  }
  expect(await live(store)).toEqual(["users-0", "users-1", "users-2"]);
  return { store, joined, said };
}

async function live(store: Store): Promise<readonly string[]> {
  const entries = await store.list("proto4/v1/live/test/users/").catch(() => []);
  return entries.map(({ key }) => key.split("/").at(-1)!);
}

async function text(store: Store, key: string): Promise<string> {
  const entry = await store.get(`proto4/v1/${key}`);
  return JSON.parse(new TextDecoder().decode(entry!.value)).since;
}

async function until(condition: () => boolean | Promise<boolean>, seconds = 40): Promise<void> {
  for (let tries = 0; !(await condition()); tries++) {
    if (tries > seconds * 10) throw new Error(`still not so after ${seconds} s`);
    await sleep(100);
  }
}
