import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { makeCommand } from "../../../src/cli/registry.js";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import { openStore, type Store } from "../../../src/registry/store/index.js";
import { type ConsulAgent, startConsul } from "../../setup/consul.js";
import { consulAddress } from "../../setup/peers.js";
import { grownImage } from "../histories/grown.js";
import { runCommand } from "../run-command.js";
import { dump } from "../stores.js";

describe.skipIf(consulAddress === undefined)("a token", () => {
  let agent: ConsulAgent;
  let folder: string;
  let master: Store;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "proto4-rights-"));
    for (const numbers of [[1], [1, 2]])
      await writeFile(join(folder, `${numbers.length}.binpb`), serializeImage(grownImage(numbers)));
    const rules = `acl { enabled = true, default_policy = "deny", tokens { master = "${root}" } }`;
    agent = await startConsul(["-hcl", rules]);
    master = await openStore(`consul://${agent.address}`, { now: Date.now, token: root });
    // The rules come into force a moment after the leader.
    for (
      let tries = 0;
      !(await master.get("proto4/v1/rev").then(
        () => true,
        () => false,
      ));
      tries++
    ) {
      if (tries > 100) throw new Error("the access rules of consul do not come into force");
      await sleep(100);
    }
    expect(await push(root, 1, "acme/grown")).toMatchObject({ code: 0 });
  }, 60_000);
  afterAll(async () => {
    await master?.close();
    await agent?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (token: string, ...args: readonly string[]) => {
    vi.stubEnv("CONSUL_HTTP_TOKEN", token);
    vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
    try {
      return await runCommand(makeCommand(), [...args, "--store", `consul://${agent.address}`]);
    } finally {
      vi.unstubAllEnvs();
    }
  };
  const push = (token: string, count: number, subject: string) =>
    run(token, "push", join(folder, `${count}.binpb`), "--subject", subject);
  const tokenFor = (rules: string) => makeToken(agent.address, rules);

  test.each([
    ["nothing", ""],
    ["other keys alone", 'key_prefix "other/" { policy = "write" }'],
    ["the subject alone", 'key_prefix "proto4/v1/subject/" { policy = "write" }'],
    ["everything but the packages", allBut("packages")],
    ["everything but the collection's state", allBut("gc")],
  ])("with rights to %s does not take the registry for an empty one", async (_, rules) => {
    const token = await tokenFor(rules);
    const before = await dump(master);
    const outcome = await push(token, 2, "acme/grown");
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining("refused") });
    expect(outcome.stderr).toContain("token");
    expect(await dump(master)).toEqual(before);
  });

  test.each([
    ["blobs", "blob/"],
    ["the subject", "subject/"],
    ["the trail", "audit/"],
    ["the mark of changes", "rev"],
  ])(
    "that may read everything and not write %s is told which key it lacks, and changes nothing visible",
    async (_, part) => {
      const token = await tokenFor(
        `key_prefix "" { policy = "write" } key_prefix "proto4/v1/${part}" { policy = "read" }`,
      );
      const before = await dump(master, "proto4/v1/subject/");
      const outcome = await push(token, 2, "acme/grown");
      expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining(`proto4/v1/${part}`) });
      expect(await dump(master, "proto4/v1/subject/")).toEqual(before);
      expect(await run(token, "show", "acme/grown")).toMatchObject({ code: 0 });
    },
  );

  test("that may read alone shows and judges, and does not publish", async () => {
    const token = await tokenFor('key_prefix "proto4/" { policy = "read" }');
    expect(await run(token, "list")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("acme/grown@1"),
    });
    expect(
      await run(token, "push", join(folder, "2.binpb"), "--subject", "acme/grown", "--dry-run"),
    ).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("would publish"),
    });
    expect(await push(token, 2, "acme/grown")).toMatchObject({ code: 1 });
  });

  test.each(["list", "log", "drift --env prod", "show acme/grown", "dependents acme/grown"])(
    "without rights is refused by %s, not shown nothing",
    async (command) => {
      expect(await run(none, ...command.split(" "))).toMatchObject({ code: 1, stdout: "" });
    },
  );
});

/** Everything of the registry, but nothing of one of its parts. */
function allBut(part: string): string {
  return `key_prefix "" { policy = "write" } key_prefix "proto4/v1/${part}" { policy = "deny" }`;
}

let count = 0;

async function makeToken(address: string, rules: string): Promise<string> {
  const put = async (path: string, body: object) => {
    const response = await fetch(`http://${address}/v1/acl/${path}`, {
      method: "PUT",
      headers: { "x-consul-token": root },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as { readonly SecretID: string };
  };
  const name = `rules-${count++}`;
  await put("policy", { Name: name, Rules: rules });
  return (await put("token", { Policies: [{ Name: name }] })).SecretID;
}

const root = "11111111-2222-3333-4444-555555555555";
const none = "00000000-1111-2222-3333-444444444444";
