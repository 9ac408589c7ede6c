import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { noCache } from "../../../src/registry/blob-cache.js";
import { canIDeploy } from "../../../src/registry/drift/can-i-deploy.js";
import { loadContracts } from "../../../src/registry/drift/contracts.js";
import { setEnvironment } from "../../../src/registry/drift/environment.js";
import { loadObserved } from "../../../src/registry/drift/observed.js";
import { join } from "../../../src/registry/join.js";
import { fingerprint } from "../../../src/schema/index.js";
import { actor } from "../actor.js";
import { type Compiled, compile, push } from "../contracts.js";
import { openTestStore } from "../stores.js";

let compiled: Compiled;
beforeAll(async () => {
  const file = (name: string) =>
    `syntax = "proto3"; package ${name}; message User { string name = 1; } service Users { rpc Get(User) returns (User); }`;
  compiled = await compile({ "acme/v3.proto": file("acme.v3"), "acme/v4.proto": file("acme.v4") });
});

const print = (name: string) => ({ package: name, fingerprint: fingerprint(compiled.image, name) });

/** An environment that has been observed whole for long, in which api serves both generations. */
async function makeWorld() {
  const address = `memory:${randomUUID()}`;
  let now = Date.parse("2026-11-22T10:00:00Z");
  const clock = () => now;
  const store = await openTestStore(address, clock);
  await push(store, compiled);
  await setEnvironment(store, { environment: "test", complete: { reason: "all join" }, ...actor() });
  const run = (service: string, role: "serves" | "calls", ...names: readonly string[]) => {
    const contracts = names.map((name) => ({ ...print(name), role }));
    return join({ store: address, environment: "test", service, contracts }, { now: clock });
  };
  await (await run("early", "calls", "acme.v4")).leave();
  now += 40 * 86_400_000;
  await run("api", "serves", "acme.v3", "acme.v4");
  const ask = async (names: readonly string[], roles?: readonly ("calls" | "serves")[]) => {
    const fingerprints = names.map((name) => print(name).fingerprint);
    const contracts = await loadContracts(
      { store, cache: noCache },
      { category: "WIRE", today: "2027-01-01" },
    );
    return canIDeploy(
      { service: "api", fingerprints, roles },
      await loadObserved(store, "test"),
      contracts,
      now,
    );
  };
  return { run, ask };
}

test("no while somebody calls the generation that is left out", async () => {
  const { run, ask } = await makeWorld();
  expect((await ask(["acme.v4"])).answer).toBe("yes");
  const web = await run("web", "calls", "acme.v3");
  const no = await ask(["acme.v4"]);
  expect(no.answer).toBe("no");
  expect(no.reasons[0]).toMatchObject({
    kind: "live",
    service: "web",
    message: expect.stringMatching(
      /^web, live, calls acme\.v3, which api serves and is to be deployed without/,
    ),
  });
  expect((await ask(["acme.v3", "acme.v4"])).answer).toBe("yes");
  await web.leave();
  expect(await ask(["acme.v4"])).toMatchObject({ answer: "unknown", reasons: [{ kind: "seen" }, {}, {}] });
});

test("no while somebody calls it and it is to serve nothing any more", async () => {
  const { run, ask } = await makeWorld();
  await run("web", "calls", "acme.v3");
  expect((await ask(["acme.v3", "acme.v4"], ["calls"])).answer).toBe("no");
});

test("unknown where another service serves it too", async () => {
  const { run, ask } = await makeWorld();
  await run("web", "calls", "acme.v3");
  await run("twin", "serves", "acme.v3");
  expect((await ask(["acme.v4"])).answer).toBe("unknown");
});
