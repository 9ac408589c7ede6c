import { afterEach, beforeEach, expect, test } from "vitest";
import { sliceFile } from "../../../src/image/index.js";
import { noCache } from "../../../src/registry/blob-cache.js";
import { approve, deleteVersion, findSubject, revoke, setLabel } from "../../../src/registry/index.js";
import type { Store } from "../../../src/registry/store/index.js";
import { encoded } from "../../schema/random-contract.js";
import { push } from "../contracts.js";
import { grownImage } from "../histories/grown.js";
import { describeStores, openTestStore } from "../stores.js";

const subject = "acme/grown";
const grown = (...numbers: readonly number[]) => ({ image: grownImage(numbers), sources: new Map() });
let count = 0;
const jo = () => ({ by: "jo", at: "2026-11-22T10:00:00.000Z", id: `amended-${count++}` });

describeStores("who is overtaken by a change beside the versions", ({ fresh }) => {
  let store: Store;
  let other: Store;
  beforeEach(async () => {
    const address = fresh();
    store = await openTestStore(address);
    other = await openTestStore(address);
    await push(store, grown(1, 2), { subject });
  });
  afterEach(async () => {
    await store.close();
    await other.close();
  });

  test("does not publish over a finding whose approval was taken back meanwhile", async () => {
    const refused = await push(store, grown(1), { subject });
    for (const { id: finding } of refused.findings)
      await approve(store, { subject, finding, reason: "r", ...jo() });
    const overtaken = beforeCommit(store, async () => {
      for (const { id: finding } of refused.findings) await revoke(other, { subject, finding, ...jo() });
    });
    expect(await push(overtaken, grown(1), { subject })).toMatchObject({ outcome: "refused" });
    expect((await findSubject(other, subject)).head.seq).toBe(1);
  });

  test("is not judged against a version that was deleted meanwhile", async () => {
    await push(store, grown(1), { subject, force: "for the test" });
    const overtaken = beforeCommit(store, () => remove(2));
    // It fits the deleted one, and lacks what the one before has.
    const outcome = await push(overtaken, grown(1, 4), { subject });
    expect(outcome).toMatchObject({ outcome: "refused", against: 1 });
  });

  test("puts no label at a version that was deleted meanwhile", async () => {
    await push(store, grown(1, 2, 3), { subject });
    const overtaken = beforeCommit(store, () => remove(1));
    const failure = await setLabel(overtaken, { subject, version: 1 }, "main", jo()).catch((error) => error);
    expect(failure).toMatchObject({ code: "subject-missing" });
    expect((await findSubject(other, subject)).labels.size).toBe(0);
  });

  test("deletes no version that somebody imports meanwhile", async () => {
    const { files } = grownImage([1, 2]);
    const user = { name: "user.proto", package: "user.v1", dependency: files.map(({ path }) => path) };
    const importing = [...files.map((file) => ({ ...file, isImport: true })), sliceFile(encoded(user))];
    const overtaken = beforeCommit(store, () =>
      push(other, { image: { files: importing }, sources: new Map() }, { subject: "acme/user" }),
    );
    const doomed = { subject, seq: 1, hard: false, ...jo() };
    const failure = deleteVersion({ store: overtaken, cache: noCache }, doomed, async () => []);
    await expect(failure).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("acme/user@1 imports it"),
    });
    expect((await findSubject(other, subject)).versions[0]!.deleted).toBeUndefined();
  });

  const remove = (seq: number) =>
    deleteVersion({ store: other, cache: noCache }, { subject, seq, hard: false, ...jo() }, async () => []);
});

/** Does something once, when all is decided and the transaction is about to be sent. */
function beforeCommit(store: Store, act: () => Promise<unknown>): Store {
  let done = false;
  return new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(target, name);
      if (name !== "transact") return typeof value === "function" ? value.bind(target) : value;
      return async (...args: Parameters<Store["transact"]>) => {
        const commits = args[0].some(({ key }) => key.endsWith("/head"));
        if (commits && !done) {
          done = true;
          await act();
        }
        return target.transact(...args);
      };
    },
  });
}
