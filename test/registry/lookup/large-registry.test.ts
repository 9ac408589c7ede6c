import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sliceFile } from "../../../src/image/index.js";
import {
  deleteVersion,
  findDependents,
  findFingerprint,
  findSubject,
  type ListedSubject,
  listSubjects,
  loadAudit,
} from "../../../src/registry/index.js";
import type { Store, StoreEntry } from "../../../src/registry/store/index.js";
import { encoded } from "../../schema/random-contract.js";
import { actor } from "../actor.js";
import { push } from "../contracts.js";
import { openTestStore } from "../stores.js";
import { withoutCache } from "./registries.js";

const names = Array.from({ length: 40 }, (_, number) => `many/s${String(number).padStart(2, "0")}`);
const versions = 6;
const contract = (subject: string, fields: number) => ({
  image: { files: [sliceFile(encoded(fileOf(subject.replace("/", "."), fields)))] },
  sources: new Map<string, string>(),
});

let store: Store;
/** How many entries each answer has held. */
let answers: number[] = [];

beforeAll(async () => {
  store = counting(await openTestStore(`memory:large-${randomUUID()}`));
  for (const subject of names)
    for (let seq = 1; seq <= versions; seq++)
      await push(store, contract(subject, seq), { subject, label: "main" });
});
afterAll(() => store.close());
beforeEach(() => {
  answers = [];
});

test("a list has the last version of every subject and reads no other", async () => {
  const listed = await listAll();
  expect(listed.map(({ subject, version }) => `${subject}@${version.seq}`)).toEqual(
    names.map((name) => `${name}@${versions}`),
  );
  expect(listed[7]).toMatchObject({ packages: ["many.s07"], labels: ["main"] });
  // The packages, and of each subject its head, label and version.
  expect(sum(answers)).toBe(1 + 3 * names.length);
});

test("the trail of one subject is read without the others", async () => {
  const records = await loadAudit(store, "many/s11");
  expect(records.map(({ seq }) => seq)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(sum(answers)).toBe(1 + versions);
});

test("the whole trail is read as far as it is asked for", async () => {
  expect(await loadAudit(store)).toHaveLength(versions * names.length);
  expect(Math.max(...answers)).toBeLessThanOrEqual(64);
});

test("what is not there is told with what is called much like it, from one record", async () => {
  await expect(findSubject(store, "many/s033")).rejects.toMatchObject({
    code: "subject-missing",
    message: expect.stringMatching(/it holds many\/s03, many\/s33, .* and 30 more;/),
  });
  expect(sum(answers)).toBe(1);
});

test.each(["many", "many/s03/version", "../many", "many//s03", "many/s03@1"])(
  "%j is no subject, and nothing is read for it",
  async (name) => {
    await expect(findSubject(store, name)).rejects.toMatchObject({ code: "subject-invalid" });
    expect(answers).toEqual([]);
  },
);

test("who looks through all versions gets those of a few subjects in an answer", async () => {
  const { versions: all } = await findSubject(store, "many/s21");
  answers = [];
  expect(await findDependents(store, "many/s21")).toEqual([]);
  expect(await findFingerprint(store, all[3]!.contracts[0]!.fingerprint)).toMatchObject([
    { subject: "many/s21", versions: [4] },
  ]);
  expect(Math.max(...answers)).toBeLessThanOrEqual(16 * (versions + 2));
});

test("a trail of a subject that is not there is an error, not an empty one", async () => {
  await expect(loadAudit(store, "many/none")).rejects.toMatchObject({ code: "subject-missing" });
  await expect(loadAudit(store, "none")).rejects.toMatchObject({ code: "subject-invalid" });
});

test("records that an elder proto4 wrote without the subject in their keys are in the trail", async () => {
  const elder = await openTestStore(`memory:elder-${randomUUID()}`);
  await push(elder, contract("many/s00", 1), { subject: "many/s00" });
  await push(elder, contract("many/s01", 1), { subject: "many/s01" });
  for (const { key, value, index } of await elder.list("proto4/v1/audit/")) {
    await elder.transact([{ verb: "delete", key, index }]);
    await elder.transact([{ verb: "set", key: key.replace(/~.*/, ""), value }]);
  }
  await push(elder, contract("many/s00", 2), { subject: "many/s00" });
  expect((await loadAudit(elder, "many/s00")).map(({ seq }) => seq).sort()).toEqual([1, 2]);
});

test("a list shows the last version that stands, or that none does", async () => {
  const other = await openTestStore(`memory:deleted-${randomUUID()}`);
  const subject = "many/s00";
  for (const fields of [1, 2]) await push(other, contract(subject, fields), { subject, label: "main" });
  const remove = (seq: number) =>
    deleteVersion(
      withoutCache(other),
      { subject, seq, hard: false, force: "for the test", ...actor() },
      async () => [],
    );
  await remove(2);
  expect(await listAll(other)).toMatchObject([{ subject, version: { seq: 1 }, labels: [] }]);
  await remove(1);
  expect(await listAll(other)).toMatchObject([{ version: { seq: 2, deleted: { how: "soft" } } }]);
});

test("an index that was emptied is told of, and subjects are not taken for gone", async () => {
  const emptied = await openTestStore(`memory:emptied-${randomUUID()}`);
  expect(await listAll(emptied)).toEqual([]);
  await push(emptied, contract("many/s00", 1), { subject: "many/s00" });
  await emptied.transact([{ verb: "set", key: "proto4/v1/packages", value: Buffer.from("{}") }]);
  const told = { code: "store-invalid", message: expect.stringContaining("fsck --repair") };
  await expect(listAll(emptied)).rejects.toMatchObject(told);
  await expect(findDependents(emptied, "many/s00")).rejects.toMatchObject(told);
});

async function listAll(from: Store = store): Promise<readonly ListedSubject[]> {
  const listed: ListedSubject[] = [];
  for await (const each of listSubjects(from)) listed.push(each);
  return listed;
}

/** A message with so many fields. */
function fileOf(name: string, fields: number) {
  const field = Array.from({ length: fields }, (_, at) => ({
    name: `f${at + 1}`,
    number: at + 1,
    label: 1,
    type: 5,
  }));
  return { name: `${name}.proto`, package: name, messageType: [{ name: "One", field }] };
}

function counting(inner: Store): Store {
  const counted =
    <A extends readonly unknown[], T>(call: (...args: A) => Promise<T>, read: (found: T) => StoreEntry[]) =>
    async (...args: A) => {
      const found = await call(...args);
      answers.push(read(found).length);
      return found;
    };
  const own: Partial<Store> = {
    get: counted(inner.get.bind(inner), (entry) => (entry === undefined ? [] : [entry])),
    list: counted(inner.list.bind(inner), (entries) => [...entries]),
    listAll: counted(inner.listAll.bind(inner), (lists) => lists.flat()),
  };
  return new Proxy(inner, {
    get: (target, name) => {
      const value = Reflect.get(own, name) ?? Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
