import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { findSubject, loadAudit, type SubjectPolicy, setPolicy } from "../../src/registry/index.js";
import type { Store } from "../../src/registry/store/index.js";
import { actor } from "./actor.js";
import { type Compiled, compile, push, userProto } from "./contracts.js";
import { describeStores, dump, openTestStore } from "./stores.js";

let one: Compiled;
let renamed: Compiled;
let withAge: Compiled;
let withOtherAge: Compiled;

beforeAll(async () => {
  [one, renamed, withAge, withOtherAge] = await Promise.all([
    compile(userProto("string name = 1")),
    compile(userProto("string full_name = 1")),
    compile(userProto("string name = 1", "int32 age = 2")),
    compile(userProto("string name = 1", "string age = 2")),
  ]);
});

describeStores("the policy of a subject", ({ fresh }) => {
  let store: Store;
  beforeEach(async () => {
    store = await openTestStore(fresh());
  });
  afterEach(() => store.close());

  const set = (policy: SubjectPolicy) => setPolicy(store, "acme/user", policy, actor());
  const rules = async (contract: Compiled) => {
    const { outcome, findings } = await push(store, contract, { dryRun: true });
    return [outcome, ...findings.map(({ rule }) => rule).sort()];
  };

  test("chooses the rules that are asked, until it is taken back", async () => {
    await push(store, one);
    expect(await rules(renamed)).toEqual(["refused", "FIELD_SAME_JSON_NAME", "FIELD_SAME_NAME"]);
    await set({ categories: ["WIRE"] });
    expect(await rules(renamed)).toEqual(["published", "FIELD_NUMBER_REUSED"]);
    await set({ categories: ["FIELD_SAME_NAME"] });
    expect(await rules(renamed)).toEqual(["refused", "FIELD_SAME_NAME"]);
    await set({ categories: [] });
    expect(await rules(renamed)).toEqual(["refused", "FIELD_SAME_JSON_NAME", "FIELD_SAME_NAME"]);
  });

  test("says who is to get on with whom", async () => {
    await push(store, withAge);
    expect(await rules(one)).toEqual(["refused", "FIELD_NO_DELETE"]);
    await set({ direction: "forward" });
    expect(await rules(one)).toEqual(["published"]);
    await push(store, one);
    expect(await rules(withAge)).toEqual(["refused", "FIELD_NO_DELETE"]);
    await set({ direction: "backward" });
    expect(await rules(withAge)).toEqual(["published"]);
  });

  test("judges against all versions where it is transitive, and names the one that breaks", async () => {
    await push(store, withAge);
    await push(store, one, { force: "nobody has an age" });
    expect(await rules(withOtherAge)).not.toContain("FIELD_SAME_TYPE");
    await set({ direction: "backward-transitive" });
    const outcome = await push(store, withOtherAge);
    expect(outcome).toMatchObject({ outcome: "refused", against: 2 });
    const retyped = outcome.findings.find(({ rule }) => rule === "FIELD_SAME_TYPE");
    expect(retyped?.baseline).toEqual({ name: "acme/user@1", direction: "backward" });
  });

  test("may bring severities and a bar, as a proto4.yaml does", async () => {
    await push(store, withAge);
    await set({ config: "version: v1\nseverity:\n  FIELD_NO_DELETE: warning\n" });
    expect(await push(store, one, { dryRun: true })).toMatchObject({
      outcome: "published",
      findings: [{ rule: "FIELD_NO_DELETE", severity: "warning" }],
    });
    await set({ config: "version: v1\nfail_on: warning\nseverity:\n  FIELD_NO_DELETE: warning\n" });
    expect(await rules(one)).toEqual(["refused", "FIELD_NO_DELETE"]);
    await set({ config: "version: v1\nfail_on: never\n" });
    expect(await rules(one)).toEqual(["published", "FIELD_NO_DELETE"]);
    await set({ config: "" });
    expect(await rules(one)).toEqual(["refused", "FIELD_NO_DELETE"]);
  });

  test("asks lifecycles of a first version, too", async () => {
    await push(store, one);
    await set({ config: "version: v1\nlifecycle:\n  unannotated: require\n" });
    expect((await rules(withAge)).slice(0, 2)).toEqual(["refused", "LIFECYCLE_UNANNOTATED"]);
  });

  test("keeps the parts that are not named, outlives publishes and stands in the audit trail", async () => {
    await push(store, one);
    await set({ categories: ["WIRE"] });
    await set({ direction: "full" });
    await push(store, one, { label: "main" });
    await push(store, renamed);
    const policy = { categories: ["WIRE"], direction: "full" };
    expect((await findSubject(store, "acme/user")).head).toMatchObject({ seq: 2, policy });
    const trail = (await loadAudit(store, "acme/user")).filter(({ action }) => action === "policy");
    expect(trail).toMatchObject([
      { by: "jo", policy },
      { by: "jo", policy: { categories: ["WIRE"] } },
    ]);
  });

  test.each<[SubjectPolicy, string, RegExp]>([
    [{ direction: "sideways" }, "usage", /no direction "sideways": .*full-transitive/],
    [{ config: "version: v1\nfail_at: error\n" }, "config-invalid", /fail_at/],
    [{ config: "- a" }, "config-invalid", /must be a map/],
    [{ config: `version: v1\n#${"x".repeat(64_000)}` }, "config-invalid", /64000 characters at most/],
    [{ categories: ["WIRED"] }, "usage", /no category or rule "WIRED" .*mean WIRE\?/],
  ])("that makes no sense is refused and changes nothing: %j", async (policy, code, message) => {
    await push(store, one);
    const before = await dump(store);
    const refused = { code, message: expect.stringMatching(message) };
    await expect(set(policy)).rejects.toMatchObject(refused);
    expect(await dump(store)).toEqual(before);
  });
});
