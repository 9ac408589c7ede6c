import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import { eachSubject, type Subject } from "../../src/registry/index.js";
import { openStore, type Store } from "../../src/registry/store/index.js";
import { consulAddress } from "../setup/peers.js";

/** A kind of store under test: every call of `fresh` names an empty one. */
export interface StoreKind {
  readonly name: "memory" | "lmdb" | "consul";
  readonly fresh: () => string;
}

/** Runs a suite on each store; without a Consul its part is skipped, and the run has said so. */
export function describeStores(title: string, suite: (kind: StoreKind) => void): void {
  const name = `memory-${randomUUID()}`;
  let count = 0;
  describe(`${title}: memory`, () => suite({ name: "memory", fresh: () => `memory:${name}/${count++}` }));
  describeSharedStores(title, suite);
}

/** Runs a suite on each store that several processes can use. */
export function describeSharedStores(title: string, suite: (kind: StoreKind) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "proto4-store-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  const prefix = `test-${folder.slice(-6)}`;
  describe(`${title}: lmdb`, () =>
    suite({ name: "lmdb", fresh: () => `lmdb:${join(folder, `${count++}.lmdb`)}` }));
  describe.skipIf(consulAddress === undefined)(`${title}: consul`, () =>
    suite({ name: "consul", fresh: () => `consul://${consulAddress}/${prefix}/${count++}` }),
  );
}

export function openTestStore(url: string, now: () => number = () => 0): Promise<Store> {
  return openStore(url, { now, create: true });
}

/** Every key below `prefix` with its value and index, to be compared. */
export async function dump(store: Store, prefix = "proto4/"): Promise<readonly string[]> {
  const entries = await store.list(prefix);
  return entries.map(({ key, value, index }) => `${key} ${index} ${Buffer.from(value).toString("base64")}`);
}

export async function allSubjects(store: Store): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for await (const subject of eachSubject(store)) subjects.push(subject);
  return subjects;
}
