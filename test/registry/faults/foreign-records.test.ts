import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCommand } from "../../../src/cli/registry.js";
import { findSubject } from "../../../src/registry/index.js";
import { join } from "../../../src/registry/join.js";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import type { Store, StoreEntry } from "../../../src/registry/store/index.js";
import { grownImage } from "../histories/grown.js";
import { runCommand } from "../run-command.js";
import { openTestStore } from "../stores.js";

const address = `memory:foreign-${process.pid}`;
let folder: string;
let store: Store;
let good: readonly StoreEntry[];

beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), "proto4-foreign-"));
  store = await openTestStore(address, Date.now);
  for (const numbers of [[1], [1, 2], [1, 2, 3]])
    await writeFile(joinPath(folder, `${numbers.length}.binpb`), serializeImage(grownImage(numbers)));
  for (const args of [
    ["push", joinPath(folder, "1.binpb"), "--subject", "acme/grown", "--label", "main"],
    ["push", joinPath(folder, "2.binpb"), "--subject", "acme/grown"],
    ["approve", "acme/grown", "0123456789ab", "--reason", "for the test"],
    ["policy", "acme/grown", "--direction", "backward", "--category", "WIRE"],
    ["environment", "prod", "--window", "30d", "--complete", "--reason", "for the test"],
  ])
    expect(await run(args)).toMatchObject({ code: 0 });
  const [contract] = (await findSubject(store, "acme/grown")).versions[0]!.contracts;
  const joined = await join({
    ...{ store: address, environment: "prod", service: "shop", instance: "i1" },
    ...{ subject: "acme/grown", contract: { ...contract!, role: "reads" } },
    counts: ["acme.v1.Grown"],
  });
  joined.used("acme.v1.Grown.f1");
  good = await store.list("proto4/");
  await joined.leave();
  await putBack();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("whatever somebody else wrote at a key, each command works or names the key", {
  timeout: 120_000,
}, async () => {
  const keys = good.map(({ key }) => key).filter((key) => !key.includes("/blob/"));
  expect(keys.length).toBeGreaterThan(12);
  const wrong: string[] = [];
  for (const key of keys)
    for (const value of foreignValues(good.find((entry) => entry.key === key)!))
      wrong.push(...(await tryAll(key, value)));
  expect(wrong).toEqual([]);
});

test("keys that nobody has made are passed over or named", { timeout: 120_000 }, async () => {
  const wrong: string[] = [];
  for (const key of strangeKeys)
    for (const value of ["{}", "x", '{"seq":7}']) wrong.push(...(await tryAll(key, value)));
  expect(wrong).toEqual([]);
});

/** @returns what went otherwise */
async function tryAll(key: string, value: string): Promise<readonly string[]> {
  await putBack();
  await put(key, Buffer.from(value));
  const wrong: string[] = [];
  let failed = "";
  for (const args of commands(folder)) {
    // Nothing is restored that could not be deleted.
    if (args[0] === "restore" && failed === "delete") continue;
    const outcome = await run(args).catch((error) => ({ code: -1, stderr: error.stack as string }));
    if (outcome.code === 1) failed = args[0]!;
    // What one key says may make another one wrong.
    const isTold = /proto4\/v1\/\w|layout 99/.test(outcome.stderr);
    if (outcome.code >= 0 && (outcome.code !== 1 || isTold)) continue;
    wrong.push(`${args.join(" ")} with ${value} at ${key}: ${outcome.stderr}`);
  }
  return wrong;
}

/** What is not JSON, not a record, or has something else in one of its fields. */
function foreignValues({ value }: StoreEntry): readonly string[] {
  const record = JSON.parse(Buffer.from(value).toString()) as Readonly<Record<string, unknown>>;
  const others = [null, -1, 1.5, 99, "x", "", [], {}, [null], [{}], { x: [1] }, true];
  const changed = Object.keys(record).flatMap((name) => [
    ...others.map((other) => ({ ...record, [name]: other })),
    Object.fromEntries(Object.entries(record).filter(([other]) => other !== name)),
  ]);
  return [
    "",
    "x",
    "null",
    "7",
    "[]",
    "{}",
    "\u0000",
    '{"seq":',
    ...changed.map((each) => JSON.stringify(each)),
  ];
}

test("a version beyond the head is named before others publish up to it", async () => {
  await putBack();
  const second = good.find(({ key }) => key.endsWith("/version/2"))!;
  const record = JSON.parse(Buffer.from(second.value).toString());
  const key = second.key.replace(/2$/, "4");
  await put(key, Buffer.from(JSON.stringify({ ...record, seq: 4 })));
  const push = ["push", joinPath(folder, "3.binpb"), "--subject", "acme/grown"];
  expect(await run(push)).toMatchObject({ code: 1, stderr: expect.stringContaining(key) });
  await putBack();
});

const strangeKeys = [
  "proto4/v1/subject/acme",
  "proto4/v1/subject/acme/grown",
  "proto4/v1/subject/acme/grown/x",
  "proto4/v1/subject/acme/grown/version/x",
  "proto4/v1/subject/acme/grown/version/1/x",
  "proto4/v1/subject/acme/grown/version/7",
  "proto4/v1/subject/acme/grown/label/a/b",
  "proto4/v1/subject/acme/grown/label/7",
  "proto4/v1/subject/acme/grown/approval/x",
  "proto4/v1/subject/acme/other/version/1",
  "proto4/v1/subject/ACME/Heavy/head",
  "proto4/v1/subject/a/b/c/head",
  "proto4/v1/audit/x",
  "proto4/v1/env/prod/x",
  "proto4/v1/env/@x",
  "proto4/v1/live/prod",
  "proto4/v1/live/prod/shop",
  "proto4/v1/live/prod/shop/i1/x",
  "proto4/v1/live/@since",
  "proto4/v1/seen/prod/shop",
  "proto4/v1/seen/prod/shop/x/y",
  "proto4/v1/x",
  "proto4/v2/layout",
];

function commands(folder: string): readonly (readonly string[])[] {
  return [
    ["list"],
    ["list", "--json"],
    ["show", "acme/grown"],
    ["diff", "acme/grown@1", "@2"],
    ["dependents", "acme/grown"],
    ["log"],
    ["policy", "acme/grown"],
    ["drift", "--env", "prod"],
    ["can-i-remove", "acme.v1.Grown.f1", "--env", "prod"],
    ["can-i-deploy", "--fingerprint", "0".repeat(64), "--service", "shop", "--env", "prod"],
    ["environment", "prod"],
    ["push", joinPath(folder, "3.binpb"), "--subject", "acme/grown", "--dry-run"],
    ["label", "acme/grown@1", "release"],
    ["unlabel", "acme/grown", "release"],
    ["delete", "acme/grown@1", "--force", "--reason", "for the test"],
    ["restore", "acme/grown@1"],
  ];
}

function run(args: readonly string[]) {
  return runCommand(makeCommand(), [...args, "--store", address]);
}

async function putBack(): Promise<void> {
  const known = new Map(good.map((entry) => [entry.key, entry.value]));
  for (const { key, index } of await store.list("proto4/"))
    if (!known.has(key)) await store.transact([{ verb: "delete", key, index }]);
  for (const [key, value] of known) await put(key, value);
}

async function put(key: string, value: Uint8Array): Promise<void> {
  await store.transact([{ verb: "set", key, value }]);
}
