import fc from "fast-check";
import { expect, test } from "vitest";
import type { Store, StoreEntry, StoreOperation } from "../../src/registry/store/index.js";
import { describeSharedStores, openTestStore } from "./stores.js";

/** A step of a history: operations by key and value, an index that is right, stale or absent. */
interface Step {
  readonly operations: readonly Draft[];
  /** Read afterwards. */
  readonly prefixes: readonly string[];
}
interface Draft {
  readonly verb: StoreOperation["verb"];
  readonly key: string;
  readonly value: number;
  readonly index: "right" | "first" | "none";
  readonly lease: number;
}

const keys = ["a", "a/b", "a/b/c", "ab", "b/a", "b/b"];
const drafts = fc.record({
  verb: fc.constantFrom(
    ...(["set", "compare-and-set", "delete", "check-index", "check-not-exists", "hold"] as const),
  ),
  key: fc.constantFrom(...keys),
  value: fc.integer({ min: 0, max: 3 }),
  index: fc.constantFrom("right", "right", "first", "none"),
  lease: fc.integer({ min: 0, max: 1 }),
});
const steps: fc.Arbitrary<Step> = fc.record({
  operations: fc.uniqueArray(drafts, { selector: ({ key }) => key, minLength: 1, maxLength: 4 }),
  prefixes: fc.array(fc.constantFrom(...keys, "a/", "b/", "z"), { minLength: 1, maxLength: 4 }),
});
const histories = fc.array(steps, { minLength: 1, maxLength: 12 });

let count = 0;

describeSharedStores("any history of operations", (kind) => {
  test("is answered as in memory", { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        const model = await play(`memory:model-${count++}`, history);
        expect(await play(kind.fresh(), history)).toEqual(model);
      }),
      { numRuns: kind.name === "consul" ? 40 : 150 },
    );
  });
});

/** What each step answered, what could be read after it, and which indexes it moved: they count from anywhere. */
async function play(url: string, history: readonly Step[]): Promise<readonly unknown[]> {
  const store = await openTestStore(url);
  const leases = [await store.lease(60), await store.lease(60)];
  const first = new Map<string, number>();
  const told: unknown[] = [];
  let before = await readIndexes(store);
  for (const { operations, prefixes } of history) {
    const all = await Promise.all(
      operations.map((draft) => complete(store, draft, first, leases[draft.lease]!.id)),
    );
    told.push(await store.transact(all));
    told.push((await store.listAll(prefixes)).map((list) => list.map(shown)));
    const after = await readIndexes(store);
    told.push(await store.keys(prefixes[0]!), moved(before, after));
    before = after;
  }
  await leases[0]!.release();
  told.push((await store.listAll(["a", "b"])).map((list) => list.map(shown)));
  await leases[1]!.release();
  told.push(await Promise.all(keys.map(async (key) => (await store.get(key)) === undefined)));
  await store.close();
  return told;
}

async function complete(
  store: Store,
  { verb, key, value: byte, index: which, lease }: Draft,
  first: Map<string, number>,
  id: string,
): Promise<StoreOperation> {
  const value = new Uint8Array(byte).fill(byte + lease);
  const right = (await store.get(key))?.index ?? 0;
  if (right > 0 && !first.has(key)) first.set(key, right);
  const index = { right, first: first.get(key) ?? 0, none: 0 }[which];
  if (verb === "set") return { verb, key, value };
  if (verb === "check-not-exists") return { verb, key };
  if (verb === "hold") return { verb, key, value, lease: id };
  if (verb === "compare-and-set") return { verb, key, value, index };
  return { verb, key, index: Math.max(index, 1) };
}

function shown({ key, value }: StoreEntry): string {
  return `${key}=${[...value].join()}`;
}

type Indexes = ReadonlyMap<string, number>;

async function readIndexes(store: Store): Promise<Indexes> {
  return new Map((await store.listAll(["a", "b"])).flat().map(({ key, index }) => [key, index]));
}

/** The keys that a step changed; each has an index beyond all that there were. */
function moved(before: Indexes, after: Indexes): readonly string[] {
  const highest = Math.max(0, ...before.values());
  return [...after]
    .filter(([key, index]) => index !== before.get(key))
    .map(([key, index]) => `${key} ${index > highest ? "forward" : "back"}`);
}
