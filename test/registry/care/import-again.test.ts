import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeCommand } from "../../../src/cli/registry.js";
import { noCache, sha256 } from "../../../src/registry/blob-cache.js";
import {
  approve,
  checkRegistry,
  deleteVersion,
  exportRegistry,
  importRegistry,
  revoke,
  type Store,
  setLabel,
  setPolicy,
} from "../../../src/registry/index.js";
import { loadChain } from "../../../src/registry/lookup/load-chain.js";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import { actor } from "../actor.js";
import { push } from "../contracts.js";
import { grownImage } from "../histories/grown.js";
import { makeFile, type PushedFile, versions as someVersions } from "../properties/arbitrary-files.js";
import { runCommand } from "../run-command.js";
import { allSubjects, describeStores, dump, openTestStore } from "../stores.js";

/** More of them by MOVES. */
const runs = Number(process.env.MOVES ?? 1);
const grown = (...numbers: readonly number[]) => ({ image: grownImage(numbers), sources: new Map() });
const finding = "0123456789ab";

describeStores("what is exported and imported again and again", ({ name: kind, fresh }) => {
  let folder: string;
  let out: string;
  // Consul takes only so many connections of one client.
  let opened: Store[] = [];
  const open = async () => {
    const store = await openTestStore(fresh());
    opened.push(store);
    return store;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "proto4-again-"));
    out = join(folder, "out");
  });
  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
    opened = [];
    await rm(folder, { recursive: true, force: true });
  });

  const exportFrom = (store: Store, into = out) => exportRegistry({ store, cache: noCache }, into);
  const importInto = (store: Store, from = out) => importRegistry({ store, cache: noCache }, from, actor());
  const carry = async (from: Store, to: Store) => [await exportFrom(from), await importInto(to)] as const;
  const remove = async (store: Store, seq: number, hard: boolean) => {
    const request = { subject: "acme/user", seq, hard, ...actor() };
    await deleteVersion({ store, cache: noCache }, request, async () => []);
  };

  test("follows labels, approvals, deletions and policy, as long as nothing else was done there", async () => {
    const [store, copy] = [await open(), await open()];
    const approval = { subject: "acme/user", finding, reason: "known" };
    const steps: readonly (() => Promise<unknown>)[] = [
      () => push(store, grown(1), { label: "main" }),
      () => push(store, grown(1, 2), { label: "main" }),
      () => approve(store, { ...approval, ...actor() }),
      () => push(store, grown(1, 2, 3)),
      () => remove(store, 1, false),
      () => remove(store, 1, true),
      () => push(store, grown(1, 2, 3, 4), { label: "main" }),
      () => setLabel(store, { subject: "acme/user", version: 3 }, "main", actor()),
      () => revoke(store, { ...approval, ...actor() }),
      () => setPolicy(store, "acme/user", { direction: "full" }, actor()),
    ];
    for (const step of steps) {
      await step();
      await carry(store, copy);
      expect(await contentsOf(copy)).toEqual(await contentsOf(store));
      expect(await checkRegistry({ store: copy })).toEqual([]);
      const before = await dump(copy);
      expect((await importInto(copy)).records).toBe(0);
      expect(await dump(copy)).toEqual(before);
    }
  });

  test("moves no label of a registry where something else was done", async () => {
    const [store, copy] = [await open(), await open()];
    await push(store, grown(1), { label: "main" });
    await push(store, grown(1, 2));
    await carry(store, copy);
    await setLabel(copy, { subject: "acme/user", version: 1 }, "theirs", actor("eve"));
    await setLabel(store, { subject: "acme/user", version: 2 }, "main", actor());
    const before = await dump(copy);
    await expect(carry(store, copy)).rejects.toMatchObject({
      code: "store-invalid",
      message: expect.stringContaining("acme/user@main"),
    });
    expect(await dump(copy)).toEqual(before);
  });

  test("follows to the end though it is interrupted at any write", async () => {
    const [store, copy] = [await open(), await open()];
    await push(store, grown(1), { label: "main" });
    await push(store, grown(1, 2), { label: "other" });
    await carry(store, copy);
    await push(store, grown(1, 2, 3), { label: "main" });
    await remove(store, 1, false);
    await approve(store, { subject: "acme/user", finding, reason: "known", ...actor() });
    await exportFrom(store);
    let kills = 0;
    while (!(await importInto(dyingAfter(copy, kills)).then(() => true, isKilled))) {
      kills++;
      expect(await checkRegistry({ store: copy })).toEqual([]);
    }
    expect(kills).toBeGreaterThan(0);
    expect(await contentsOf(copy)).toEqual(await contentsOf(store));
  });

  test("knows the later of two sightings, whichever registry has it", async () => {
    const [store, copy] = [await open(), await open()];
    const [first, second, third] = [20, 21, 22].map((day) => `2026-11-${day}T10:00:00.000Z`) as [
      string,
      string,
      string,
    ];
    const key = `proto4/v1/seen/test/web/${"a".repeat(16)}`;
    const run = { package: "acme.v1", fingerprint: "a".repeat(64), roles: ["calls"] };
    const see = (where: Store, record: object) =>
      where.transact([{ verb: "set", key, value: Buffer.from(JSON.stringify({ ...run, ...record })) }]);
    await push(store, grown(1));
    await see(store, {
      ...{ first, last: third, due: third },
      counted: { "acme.v1": first, "acme.v1.Grown": first },
      used: { "acme.v1.Grown.f1": third },
    });
    await see(copy, {
      ...{ first: second, last: second, due: second },
      counted: { "acme.v1.Grown": second },
      used: { "acme.v1.Grown.f1": second, "acme.v1.Grown.f2": second },
    });
    await carry(store, copy);
    expect(JSON.parse(Buffer.from((await copy.get(key))!.value).toString())).toEqual({
      ...{ ...run, first, last: third, due: third },
      counted: { "acme.v1.Grown": second },
      used: { "acme.v1.Grown.f1": third, "acme.v1.Grown.f2": second },
    });
    expect((await importInto(copy)).records).toBe(0);
  });

  test("is byte for byte what it was, for any files, or a path is told that no folder holds", {
    timeout: 60_000 * runs,
  }, async () => {
    let whole = 0;
    const property = fc.asyncProperty(someVersions, async (versions) => {
      const [from, to] = [await open(), await open()];
      const into = await mkdtemp(join(folder, "any-"));
      for (const files of versions) await push(from, toRequest(files), { force: "random" });
      try {
        await exportFrom(from, into);
      } catch (error) {
        expect(error).toMatchObject({ code: "output-unwritable" });
        expect(versions.some(isHardToWrite)).toBe(true);
        return;
      }
      await importInto(to, into);
      expect(await contentsOf(to)).toEqual(await contentsOf(from));
      expect(await checkRegistry({ store: to })).toEqual([]);
      whole++;
    });
    await fc.assert(property, { numRuns: runs * (kind === "memory" ? 15 : 5) });
    if (kind === "memory") expect(whole).toBeGreaterThan(0);
  });

  test.each([".git/config", "a/.GIT/config", "git~1/config"])(
    "is never a repository, as by %s",
    async (path) => {
      const store = await open();
      await push(store, toRequest([makeFile(path, { ...content, salt: 1 })]));
      await expect(exportFrom(store)).rejects.toMatchObject({
        code: "output-unwritable",
        message: expect.stringContaining("git's own"),
      });
    },
  );

  test("leaves nothing of an export that was interrupted", async () => {
    const store = await open();
    await push(store, grown(1));
    await exportFrom(store);
    await mkdir(join(out, ".proto4-partial-x"));
    await writeFile(join(out, ".proto4-partial-x/half"), "ha");
    await exportFrom(store);
    expect((await readdir(out)).filter((name) => name.startsWith(".proto4-"))).toEqual([]);
  });
});

test("a store is not made for a folder that holds no export", async () => {
  const folder = await mkdtemp(join(tmpdir(), "proto4-again-"));
  try {
    const args = ["import", join(folder, "nowhere"), "--store", `lmdb:${join(folder, "store")}`];
    const { code, stderr } = await runCommand(makeCommand(), args);
    expect([code, stderr]).toEqual([1, expect.stringContaining("no export")]);
    expect(await readdir(folder)).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

const content = { source: 10, option: 0, isImport: false, tail: new Uint8Array() };

function toRequest(files: readonly PushedFile[]) {
  const sources = files.flatMap(({ slice, source }) =>
    source === undefined ? [] : [[slice.path, source] as const],
  );
  return { image: { files: files.map(({ slice }) => slice) }, sources: new Map(sources) };
}

/** What no folder takes: a name too long, or a file where a folder is to be. */
function isHardToWrite(files: readonly PushedFile[]): boolean {
  const paths = files.map(({ slice }) => slice.path);
  const tooLong = paths.some((path) =>
    `${path}.binpb`.split("/").some((part) => Buffer.byteLength(part) > 255),
  );
  const clash = (path: string) =>
    paths.some((other) => other.startsWith(`${path}/`) || other.startsWith(`${path}.binpb/`));
  return tooLong || paths.some(clash);
}

/** All of a registry that an export holds, with the bytes of every version. */
async function contentsOf(store: Store) {
  const subjects = (await allSubjects(store)).map(async ({ head, versions, labels, ...subject }) => ({
    ...subject,
    head: { seq: head.seq, policy: head.policy },
    labels: [...labels],
    versions: await Promise.all(
      versions.map(async ({ packs, ...version }) => ({ ...version, ...(await digestsOf(store, packs)) })),
    ),
  }));
  const others = await store.listAll(["proto4/v1/packages", "proto4/v1/env/", "proto4/v1/audit/"]);
  const records = others
    .flat()
    .map(({ key, value }) => [key, JSON.parse(Buffer.from(value).toString())] as const)
    .filter(([, record]) => record.action !== "import");
  return { subjects: await Promise.all(subjects), records };
}

async function digestsOf(store: Store, packs: readonly string[]) {
  if (packs.length === 0) return {};
  const { open } = await loadChain({ store, cache: noCache }, { packs });
  const image = await open.image();
  return {
    imports: image.files.map(({ isImport }) => isImport),
    image: sha256(serializeImage(image)),
    sources: [...(await open.sources())].map(([path, bytes]) => [path, sha256(bytes)]),
  };
}

/** The store of somebody who dies after so many transactions. */
function dyingAfter(store: Store, steps: number): Store {
  let left = steps;
  return Object.assign(Object.create(store) as Store, {
    transact: async (operations: Parameters<Store["transact"]>[0]) => {
      if (left-- <= 0) throw new Error("killed");
      return store.transact(operations);
    },
  });
}

function isKilled(error: Error): false {
  expect(error.message).toBe("killed");
  return false;
}
