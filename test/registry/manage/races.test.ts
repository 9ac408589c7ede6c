import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import { noCache } from "../../../src/registry/blob-cache.js";
import {
  approve,
  deleteVersion,
  findSubject,
  loadAudit,
  loadEnvironment,
  setEnvironment,
  setLabel,
  setPolicy,
} from "../../../src/registry/index.js";
import type { Store, StoreOperation } from "../../../src/registry/store/index.js";
import { actor } from "../actor.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { describeStores, dump, openTestStore } from "../stores.js";

const subject = "acme/user";
let one: Compiled;
let two: Compiled;

beforeAll(async () => {
  [one, two] = await Promise.all([
    compile(userProto("string name = 1")),
    compile(userProto("string name = 1", "int32 age = 2")),
  ]);
});

describeStores("amendments", ({ fresh }) => {
  let store: Store;
  beforeEach(async () => {
    store = await openTestStore(fresh());
    await push(store, one);
    await push(store, two);
  });
  afterEach(() => store.close());

  const remove = (from: Store, seq: number) =>
    deleteVersion({ store: from, cache: noCache }, { subject, seq, hard: false, ...actor() }, async () => []);
  const labels = async () => Object.fromEntries((await findSubject(store, subject)).labels);

  test("a version that is labelled meanwhile is not deleted", async () => {
    const overtaken = first(store, async (operations) => {
      await setLabel(store, { subject, version: 1 }, "main", actor());
      return store.transact(operations);
    });
    await expect(remove(overtaken, 1)).rejects.toMatchObject({ message: /the label main stands at it/ });
    expect(await labels()).toEqual({ main: 1 });
  });

  test("a version that a push labels anew meanwhile is not deleted", async () => {
    const overtaken = first(store, async (operations) => {
      expect(await push(store, two, { label: "main" })).toMatchObject({ outcome: "unchanged" });
      return store.transact(operations);
    });
    await expect(remove(overtaken, 2)).rejects.toMatchObject({ message: /the label main stands at it/ });
    expect(await labels()).toEqual({ main: 2 });
  });

  test("what was done without an answer is not done twice, and no error", async () => {
    const silent = first(store, async (operations) => {
      expect(await store.transact(operations)).toBe(true);
      return fail();
    });
    await remove(silent, 1);
    const { versions } = await findSubject(store, subject);
    expect(versions.map(({ deleted }) => deleted?.how)).toEqual(["soft", undefined]);
    expect((await loadAudit(store, subject)).filter(({ action }) => action === "delete")).toHaveLength(1);
  });

  test("what was not done for want of an answer is done again", async () => {
    await remove(first(store, fail), 1);
    expect((await findSubject(store, subject)).versions[0]?.deleted?.how).toBe("soft");
  });

  test("where no answer comes at all, nobody claims to know", async () => {
    const before = await dump(store);
    await expect(remove(always(store, fail), 1)).rejects.toMatchObject({
      code: "store-unreachable",
      message: /whether acme\/user was changed is not known: look/,
    });
    expect(await dump(store)).toEqual(before);
  });

  test("an environment that was declared without an answer is declared", async () => {
    const silent = first(store, async (operations) => {
      expect(await store.transact(operations)).toBe(true);
      return fail();
    });
    await setEnvironment(silent, { environment: "test", window: "5m", ...actor() });
    expect(await loadEnvironment(store, "test")).toEqual({ window: "5m" });
    expect((await loadAudit(store)).filter(({ action }) => action === "environment")).toHaveLength(1);
  });

  test("of 16 at once each is done", async () => {
    const configs = Array.from({ length: 16 }, (_, number) => `# ${number}\nversion: v1\n`);
    await Promise.all(configs.map((config) => setPolicy(store, subject, { config }, actor())));
    const done = (await loadAudit(store, subject)).filter(({ action }) => action === "policy");
    expect(done).toHaveLength(16);
  });

  test("an approval keeps what the policy says", async () => {
    await setPolicy(store, subject, { direction: "full" }, actor());
    await approve(store, { subject, finding: "0123456789ab", reason: "known", ...actor() });
    expect((await findSubject(store, subject)).head.policy).toEqual({ direction: "full" });
  });
});

type Transact = Store["transact"];

/** The store, of which the first transaction is done otherwise. */
function first(store: Store, instead: Transact): Store {
  let done = false;
  return always(store, (operations) => {
    if (done) return store.transact(operations);
    done = true;
    return instead(operations);
  });
}

function always(store: Store, transact: Transact): Store {
  return Object.assign(Object.create(store) as Store, { transact });
}

async function fail(_: readonly StoreOperation[] = []): Promise<never> {
  throw new Proto4Error("store-unreachable", "the line went dead");
}
