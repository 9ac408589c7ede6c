import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeCommand } from "../../../src/cli/registry.js";
import { type Joined, join } from "../../../src/registry/join.js";
import { fingerprint } from "../../../src/schema/index.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { runCommand } from "../run-command.js";
import { describeStores, openTestStore } from "../stores.js";

const registry = (...args: readonly string[]) => runCommand(makeCommand(), args);

describeStores("asking the registry", ({ fresh }) => {
  let address = "";
  let compiled: Compiled;
  let joined: Joined;
  const ask = (...args: readonly string[]) => registry(...args, "--store", address);

  beforeEach(async () => {
    address = fresh();
    compiled = await compile(userProto("string name = 1", "string fax = 2"));
    const store = await openTestStore(address, Date.now);
    await push(store, compiled);
    await store.close();
    const contract = {
      package: "acme.v1",
      fingerprint: fingerprint(compiled.image, "acme.v1"),
      role: "serves",
    } as const;
    // Seen for good once a second, so that a window of seconds can be waited out.
    const place = { environment: "test", service: "api", seenEvery: 1 };
    joined = await join({ store: address, subject: "acme/user", contract, ...place });
  });
  afterEach(() => joined.leave());

  test("no while it runs, unknown when it has stopped, yes when the window is over and coverage declared", async () => {
    const field = "acme.v1.User.fax";
    const no = await ask("can-i-remove", field, "--env", "test");
    expect(no.code).toBe(100);
    expect(no.stdout).toMatch(
      /^no: removing acme\.v1\.User\.fax, as far as test goes\n {2}no {7}api, 1 live on acme\/user@1, speaks it/,
    );
    const said = await ask(
      "environment",
      "test",
      "--window",
      "2s",
      "--complete",
      "--reason",
      "all charts join",
    );
    expect(said.stdout).toMatch(
      /^test: window 2s, everything joins, says \S+ since 20\S+: all charts join\n$/,
    );
    await joined.leave();
    const unknown = await ask("can-i-remove", field, "--env", "test", "--format", "json");
    expect(unknown.code).toBe(3);
    expect(JSON.parse(unknown.stdout)).toMatchObject({
      answer: "unknown",
      reasons: [{ kind: "seen", service: "api" }, {}, {}],
    });
    await vi.waitFor(async () => expect((await ask("can-i-remove", field, "--env", "test")).code).toBe(0), {
      timeout: 15_000,
      interval: 200,
    });
    expect((await ask("environment", "test", "--incomplete")).stdout).toBe(
      "test: window 2s, coverage not declared\n",
    );
    expect((await ask("can-i-remove", field, "--env", "test")).code).toBe(3);
  });

  test("a deployment is asked by fingerprint, and the board fails on request", async () => {
    const { stdout } = await ask("show", "acme/user");
    const [print = ""] = /[0-9a-f]{64}/.exec(stdout) ?? [];
    const deploy = await ask("can-i-deploy", "--fingerprint", print, "--service", "web", "--env", "test");
    expect(deploy.code).toBe(3);
    expect(deploy.stdout).toContain("nobody has said that everything in test joins");

    const board = await ask("drift", "--env", "test", "--fail-on", "warning");
    expect(board.code).toBe(0);
    expect(board.stdout).toMatch(
      /^test: observed since .*\n {2}service .*\n {2}api +acme\.v1 +acme\/user@1 +serves +1 .*\n {2}no drift\n$/,
    );
    const contract = { package: "acme.v1", fingerprint: "e".repeat(64) };
    const place = { environment: "test", service: "job", policy: "warn" } as const;
    await using _ = await join({ store: address, subject: "acme/user", contract, ...place });
    expect((await ask("drift", "--env", "test", "--fail-on", "warning")).code).toBe(100);
    expect((await ask("drift", "--env", "test", "--fail-on", "error")).code).toBe(0);
    expect((await ask("drift", "--format", "svg")).stdout).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  test("a version that runs, or was seen within the window, is deleted with force alone", async () => {
    const refused = await ask("delete", "acme/user@1");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("api runs acme.v1 of it in test");
    await joined.leave();
    expect((await ask("delete", "acme/user@1")).stderr).toContain(
      "api ran acme.v1 of it in test, seen last at 20",
    );
    const forced = await ask("delete", "acme/user@1", "--force", "--reason", "it was a mistake");
    expect(forced.code).toBe(0);
  });

  test("what cannot be asked is an error with exit code 1", async () => {
    expect(await ask("can-i-remove", "acme.v1.User.fox", "--env", "test")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("acme.v1.User.fax"),
    });
    expect(await ask("can-i-remove", "acme.v1.User.fax", "--env", "../x")).toMatchObject({ code: 1 });
    expect(await ask("environment", "test", "--complete")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--reason"),
    });
    expect(await ask("environment", "test", "--window", "a month")).toMatchObject({ code: 1 });
    const nowhere = ["--store", "consul://127.0.0.1:1"];
    expect(await registry("can-i-remove", "a.B", "--env", "test", ...nowhere)).toMatchObject({ code: 1 });
  });
});

test("the board is drawn again when somebody comes and when somebody goes", async () => {
  const { watchBoard } = await import("../../../src/registry/index.js");
  const folder = await mkdtemp(joinPath(tmpdir(), "proto4-watch-"));
  const address = `lmdb:${folder}/registry`;
  const store = await openTestStore(address, Date.now);
  const stop = new AbortController();
  const watching = watchBoard(store, 50, stop.signal)[Symbol.asyncIterator]();
  expect(await watching.next()).toMatchObject({ value: "changed" });
  const contract = { package: "acme.v1", fingerprint: "e".repeat(64) };
  const place = { environment: "test", service: "job", policy: "warn" } as const;
  const joined = await join({ store: address, subject: "acme/user", contract, ...place });
  expect(await watching.next()).toMatchObject({ value: "changed" });
  await joined.leave();
  expect(await watching.next()).toMatchObject({ value: "changed" });
  stop.abort();
  expect(await watching.next()).toMatchObject({ done: true });
  await store.close();
  await rm(folder, { recursive: true });
});
