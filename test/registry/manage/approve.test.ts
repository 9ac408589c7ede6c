import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import {
  type ApproveRequest,
  approve,
  findSubject,
  loadAudit,
  revoke,
  setPolicy,
} from "../../../src/registry/index.js";
import type { Store } from "../../../src/registry/store/index.js";
import { actor } from "../actor.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { describeStores, dump, openTestStore } from "../stores.js";

let whole: Compiled;
let less: Compiled;
let least: Compiled;
let more: Compiled;

beforeAll(async () => {
  [whole, less, least, more] = await Promise.all([
    compile(userProto("string name = 1", "int32 age = 2", "string mail = 3")),
    compile(userProto("string name = 1", "string mail = 3")),
    compile(userProto("string name = 1")),
    compile(userProto("string name = 1", "string mail = 3", "string fax = 4")),
  ]);
});

describeStores("approvals", ({ fresh }) => {
  let store: Store;
  beforeEach(async () => {
    store = await openTestStore(fresh());
    await push(store, whole);
  });
  afterEach(() => store.close());

  /** The id of the only finding that stops a push. */
  const refusedFor = async (contract: Compiled) => {
    const { outcome, findings } = await push(store, contract);
    expect([outcome, findings.length]).toEqual(["refused", 1]);
    return findings[0]!.id;
  };
  const accept = (finding: string, more: Partial<ApproveRequest> = {}) =>
    approve(store, { subject: "acme/user", finding, reason: "nobody reads it", ...more, ...actor("ada") });

  test("let the finding pass and no other, and are told", async () => {
    const id = await refusedFor(less);
    await accept(id);
    const still = await push(store, least);
    expect(still).toMatchObject({ outcome: "refused", approved: [{ id }] });
    expect(still.findings.map(({ symbol }) => symbol)).toEqual(["acme.v1.User.mail"]);
    expect(await push(store, less)).toMatchObject({ outcome: "published", findings: [], approved: [{ id }] });
  });

  test("are remembered by later publishes that find the same again", async () => {
    const id = await refusedFor(less);
    await accept(id);
    await push(store, less);
    await setPolicy(store, "acme/user", { direction: "backward-transitive" }, actor());
    // Of the first version, the field is still missing.
    const later = await push(store, more);
    expect(later).toMatchObject({ outcome: "published", version: { seq: 3 }, approved: [{ id }] });
    await revoke(store, { subject: "acme/user", finding: id, ...actor() });
    expect(await push(store, less)).toMatchObject({ outcome: "refused" });
  });

  test("hold up to their last day", async () => {
    const id = await refusedFor(less);
    await accept(id, { expires: "2026-11-30" });
    const on = (day: string) => push(store, less, { dryRun: true, at: `${day}T23:59:59.000Z` });
    expect(await on("2026-11-30")).toMatchObject({ outcome: "published", approved: [{ id }] });
    expect(await on("2026-12-01")).toMatchObject({ outcome: "refused", findings: [{ id }], approved: [] });
    await accept(id, { expires: "2026-12-31" });
    expect(await on("2026-12-01")).toMatchObject({ outcome: "published" });
  });

  test("can be taken back, and both stand in the audit trail", async () => {
    const id = await refusedFor(less);
    await accept(id);
    expect((await findSubject(store, "acme/user")).approvals).toMatchObject([
      { finding: id, by: "ada", reason: "nobody reads it" },
    ]);
    await revoke(store, { subject: "acme/user", finding: id, ...actor() });
    expect(await refusedFor(less)).toBe(id);
    expect((await findSubject(store, "acme/user")).approvals).toEqual([]);
    expect((await loadAudit(store, "acme/user")).slice(0, 2)).toMatchObject([
      { action: "revoke", by: "jo", finding: id },
      { action: "approve", by: "ada", finding: id, reason: "nobody reads it" },
    ]);
    await expect(revoke(store, { subject: "acme/user", finding: id, ...actor() })).rejects.toMatchObject({
      code: "usage",
      message: `acme/user has no approval of ${id}; approved are: none`,
    });
  });

  test("count for their subject only", async () => {
    const id = await refusedFor(less);
    const other = { "other.proto": 'syntax = "proto3"; package acme.other; message M {}' };
    await push(store, await compile(other), { subject: "acme/other" });
    await accept(id, { subject: "acme/other" });
    expect(await refusedFor(less)).toBe(id);
  });

  test("as long as somebody is judged by them, they do not change under the publish", async () => {
    const id = await refusedFor(less);
    await accept(id);
    let revoked = false;
    const overtaken: Store = Object.assign(Object.create(store) as Store, {
      transact: async (operations: Parameters<Store["transact"]>[0]) => {
        if (!revoked && operations.some(({ key }) => key.endsWith("/head"))) {
          revoked = true;
          await revoke(store, { subject: "acme/user", finding: id, ...actor() });
        }
        return store.transact(operations);
      },
    });
    expect(await push(overtaken, less)).toMatchObject({ outcome: "refused" });
  });

  test.each<[Partial<ApproveRequest>, RegExp]>([
    [{ finding: "FIELD_NO_DELETE" }, /12 of 0-9 a-f/],
    [{ finding: "../../../head" }, /no finding id/],
    [{ reason: " " }, /needs a reason/],
    [{ expires: "tomorrow" }, /write it like 2027-01-31/],
    [{ expires: "2020-01-31" }, /has passed/],
    [{ expires: "2027-02-30" }, /no day/],
    [{ expires: "2027-13-01" }, /no day/],
  ])("%j is refused and changes nothing", async (request, message) => {
    const before = await dump(store);
    await expect(accept("0123456789ab", request)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(message),
    });
    expect(await dump(store)).toEqual(before);
  });

  test("of a subject that is not there are refused", async () => {
    await expect(accept("0123456789ab", { subject: "acme/none" })).rejects.toMatchObject({
      code: "subject-missing",
      message: expect.stringContaining("it holds acme/user"),
    });
  });
});
