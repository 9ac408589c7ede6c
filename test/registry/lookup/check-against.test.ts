import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeCommand as makeBaseline } from "../../../src/cli/baseline.js";
import { makeCommand } from "../../../src/cli/check.js";
import { deleteVersion, setLabel } from "../../../src/registry/index.js";
import type { Store } from "../../../src/registry/store/index.js";
import { consulAddress } from "../../setup/peers.js";
import { type Compiled, compile, push, userProto, writeFiles } from "../contracts.js";
import { startCountingProxy } from "../counting-proxy.js";
import { runCommand } from "../run-command.js";
import { describeStores, openTestStore } from "../stores.js";
import { withoutCache } from "./registries.js";

let versions: readonly Compiled[];
let folder: string;
let input: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "proto4-against-"));
  // A field more each time; the folder has the first one alone.
  versions = await Promise.all(
    [[], ["int32 age = 2"], ["int32 age = 2", "string mail = 3"]].map((more) =>
      compile(userProto("string name = 1", ...more)),
    ),
  );
  input = join(folder, "api");
  await writeFiles(input, { "buf.yaml": "version: v2\n", ...userProto("string name = 1") });
});
beforeEach(async () => vi.stubEnv("XDG_CACHE_HOME", await mkdtemp(join(folder, "cache-"))));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => rm(folder, { recursive: true, force: true }));

describeStores("proto4 check --against registry:", ({ fresh }) => {
  let url: string;
  let store: Store;
  const check = async (...args: readonly string[]) =>
    runCommand(makeCommand(), [input, "--store", url, ...args]);
  /** The symbols of the findings under the names of the versions they are about. */
  const outline = (stdout: string) => stdout.match(/acme\/user@\d|field \d "\w+"/g) ?? [];

  beforeEach(async () => {
    url = fresh();
    store = await openTestStore(url);
    for (const version of versions) await push(store, version);
    await setLabel(store, { subject: "acme/user", version: 1 }, "main", actor);
  });
  afterEach(() => store.close());

  test("is judged against the last version, one by number, or one by label", async () => {
    const last = await check("--against", "registry:acme/user");
    expect({ ...last, stdout: outline(last.stdout) }).toEqual({
      code: 100,
      stdout: ['field 2 "age"', 'field 3 "mail"'],
      stderr: "2 errors\n",
    });
    expect(outline((await check("--against", "registry:acme/user@2")).stdout)).toEqual(['field 2 "age"']);
    expect(await check("--against", "registry:acme/user@main")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("the last versions come newest first, and deleted ones are passed over", async () => {
    const all = ["--direction", "backward-transitive"];
    const names = (stdout: string) => outline(stdout).filter((each) => each.startsWith("acme"));
    const two = await check("--against", "registry:acme/user@last:2", ...all);
    expect(names(two.stdout)).toEqual(["acme/user@3", "acme/user@2"]);
    expect(two.stdout).toBe((await check("--against-last", "2", "--subject", "acme/user", ...all)).stdout);
    await deleteVersion(withoutCache(store), { ...actor, subject: "acme/user", seq: 3, hard: false }, none);
    const left = await check("--against", "registry:acme/user@last:2", ...all);
    expect(names(left.stdout)).toEqual(["acme/user@2"]);
    expect(outline((await check("--against", "registry:acme/user")).stdout)).toEqual(['field 2 "age"']);
  });

  test("stands among other inputs in the order given", async () => {
    const all = ["--direction", "backward-transitive"];
    const before = join(folder, "before");
    await writeFiles(before, {
      "buf.yaml": "version: v2\n",
      ...userProto("string name = 1", "bytes key = 9"),
    });
    const { stdout } = await check(
      ...["--against", "registry:acme/user@2", "--against", before, "--against", "registry:acme/user@3"],
      ...all,
    );
    expect(stdout.match(/^against .*(?= \(backward\))/gm)).toEqual([
      "against acme/user@2",
      `against ${before}`,
      "against acme/user@3",
    ]);
  });

  test("proto4 baseline takes it, too", async () => {
    const output = join(folder, "known.yaml");
    const args = [input, "--store", url, "--against", "registry:acme/user", "--output", output];
    expect(await runCommand(makeBaseline(), args)).toMatchObject({
      code: 0,
      stdout: `${output} has 2 findings\n`,
    });
    expect(await check("--against", "registry:acme/user", "--baseline", output)).toMatchObject({ code: 0 });
  });

  test.each([
    ["acme/other", /^the registry has no subject acme\/other: it holds acme\/user;/],
    ["acme/user@9", /^acme\/user has no version 9: it has 1 to 3, main\n$/],
    ["acme/user@trunk", /^acme\/user has no version trunk: it has 1 to 3, main\n$/],
    ["acme/user@last:0", /write acme\/user@last:3, or acme\/user@last:all\n$/],
    ["user", /^"user" is no subject: write OWNER\/NAME\n$/],
    ["", /^"" is no subject/],
  ])("registry:%s is an error that says what there is", async (ref, sentence) => {
    const outcome = await check("--against", `registry:${ref}`);
    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toMatch(sentence);
  });

  test("a deleted version, and a subject that has no other, are told as such", async () => {
    for (const seq of [1, 2, 3])
      await deleteVersion(
        withoutCache(store),
        { ...actor, id: `delete-${seq}`, subject: "acme/user", seq, hard: false, force: "all of it" },
        none,
      );
    const one = await check("--against", "registry:acme/user@2");
    expect(one.stderr).toMatch(
      /^acme\/user@2 was deleted by jo .*"proto4 registry restore acme\/user@2" brings/,
    );
    for (const ref of ["acme/user", "acme/user@last:2"])
      expect((await check("--against", `registry:${ref}`)).stderr).toBe(
        "acme/user has no version that is not deleted: it has none\n",
      );
  });

  test("buf compares with one version only, and a part of the sources with none of a registry", async () => {
    const against = ["--against", "registry:acme/user@last:2"];
    expect((await check(...against, "--like-buf")).stderr).toMatch(/give one --against, not 2/);
    expect(await check("--against", "registry:acme/user@2", "--like-buf")).toMatchObject({
      code: 100,
      stdout: expect.stringContaining('user.proto:3:1:field 2 "age" left'),
    });
    expect((await check(...against, "--path", input)).stderr).toMatch(/registry's versions are images/);
  });
});

describe.skipIf(consulAddress === undefined)("requests of a check against a Consul", () => {
  test("are at most 5 when nothing is cached, and no blob is asked for again", async () => {
    const proxy = await startCountingProxy(consulAddress!);
    const prefix = `check-${Date.now()}`;
    const store = await openTestStore(`consul://${consulAddress}/${prefix}`);
    for (const version of versions) await push(store, version);
    await store.close();
    const args = [
      "--store",
      `consul://${proxy.address}/${prefix}`,
      "--against",
      "registry:acme/user@last:all",
    ];
    const asked = [];
    for (let time = 0; time < 2; time++) {
      expect((await runCommand(makeCommand(), [input, ...args])).code).toBe(100);
      asked.push(proxy.take());
    }
    await proxy.close();
    const [cold = [], warm = []] = asked;
    expect(cold.length).toBeGreaterThan(0);
    expect(cold.length).toBeLessThanOrEqual(5);
    expect(cold).toHaveLength(3);
    expect(warm).toHaveLength(2);
  });
});

const actor = { by: "jo", at: "2026-11-22T10:00:00.000Z", id: "actor-1" };
const none = async () => [];
