import { Proto4Error } from "../../diagnostics/index.js";
import type { Actor } from "../audit.js";
import { checkForce } from "../check-force.js";
import { findDependents } from "../lookup/find-dependents.js";
import type { Registry } from "../registry.js";
import { labelKey, revKey, versionKey } from "../store/layout.js";
import type { Subject, Version } from "../store/read-subject.js";
import { type Deletion, encodeRecord, type VersionRecord } from "../store/records.js";
import type { StoreEntry, StoreOperation } from "../store/store.js";
import { amend } from "./amend.js";

/** Which version is to go, and how. */
export interface DeleteRequest extends Actor {
  readonly subject: string;
  readonly seq: number;
  /** Gives up its files, too; they go with the next collection, and nothing brings them back. */
  readonly hard: boolean;
  /** Why; lets a version go that is still referenced or was seen running. */
  readonly force?: string | undefined;
}

/**
 * Deletes a version: softly, so that it can be restored, or hard, after it was deleted softly. Its number is never
 * given again, and what it made known (contracts, tombstones) stays.
 * @param seenWith says where a version was seen running lately, a line for each place
 * @throws Proto4Error "usage" for one that is still used, with where; "subject-missing"; as `amend` does
 */
export async function deleteVersion(
  registry: Registry,
  request: DeleteRequest,
  seenWith: (version: Version) => Promise<readonly string[]>,
): Promise<void> {
  const { subject: name, seq, hard, force, by, at } = request;
  checkForce(force);
  if (force !== undefined) await unlabelMany(registry, request, force);
  await amend(registry.store, name, request, async (subject, entries) => {
    const version = findExact(subject, seq);
    checkStep(name, version, hard);
    // Before the others are read: whoever begins to import the version meanwhile moves it.
    const revision = (await registry.store.get(revKey))?.index ?? 0;
    const uses = await usesOf(registry, subject, version, seenWith);
    if (uses.length > 0 && force === undefined) throw inUse(name, seq, uses);
    const deleted: Deletion = { how: hard ? "hard" : "soft", reason: force, by, at };
    const packs = hard ? [] : version.packs;
    return {
      steps: [write(name, { ...version, packs, deleted }, entries), ...unlabel(subject, seq, entries)],
      audit: {
        action: hard ? "delete-hard" : "delete",
        seq,
        reason: force,
        uses: uses.length === 0 ? undefined : someOf(uses),
      },
      revision,
    };
  });
}

/** Takes labels away as long as there are more of them than go with the version in one transaction. */
async function unlabelMany({ store }: Registry, request: DeleteRequest, reason: string): Promise<void> {
  const { subject: name, seq, hard, by, at, id } = request;
  for (let batch = 1; ; batch++) {
    const changed = await amend(store, name, { by, at, id: `${id}-labels-${batch}` }, (subject, entries) => {
      checkStep(name, findExact(subject, seq), hard);
      const all = unlabel(subject, seq, entries);
      const steps = all.length > mostLabels ? all.slice(0, mostLabels) : [];
      const labels = steps.map(({ key }) => key.split("/").at(-1)!);
      return { steps, audit: { action: "unlabel", seq, labels, reason } };
    });
    if (!changed) return;
  }
}

/** Brings a version back that was deleted softly. @throws Proto4Error "usage", "subject-missing" */
export async function restoreVersion(
  { store }: Registry,
  { subject: name, seq, ...actor }: Actor & { readonly subject: string; readonly seq: number },
): Promise<void> {
  await amend(store, name, actor, (subject, entries) => {
    const version = findExact(subject, seq);
    if (version.deleted === undefined)
      throw usage(`${name}@${seq} is not deleted: there is nothing to restore`);
    if (version.deleted.how === "hard")
      throw usage(`the files of ${name}@${seq} were given up: push the contract again instead`);
    return {
      steps: [write(name, { ...version, deleted: undefined }, entries)],
      audit: { action: "restore", seq },
    };
  });
}

function checkStep(name: string, { seq, deleted }: Version, hard: boolean): void {
  if (deleted?.how === "hard" || (deleted !== undefined && !hard))
    throw usage(`${name}@${seq} is deleted already, by ${deleted.by} on ${deleted.at.slice(0, 10)}`);
  if (hard && deleted === undefined)
    throw usage(`${name}@${seq} is to be deleted softly first: only that can be undone`);
}

async function usesOf(
  registry: Registry,
  subject: Subject,
  version: Version,
  seenWith: (version: Version) => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const { name, labels } = subject;
  const dependents = await findDependents(registry.store, name);
  return [
    ...[...labels]
      .filter(([, seq]) => seq === version.seq)
      .map(([label]) => `the label ${label} stands at it`),
    ...dependents
      .filter(({ on, last }) => last && on === version.seq)
      .map((dependent) => `${dependent.subject}@${dependent.seq} imports it`),
    ...(await seenWith(version)),
  ];
}

function unlabel(
  { name, labels }: Subject,
  gone: number,
  entries: ReadonlyMap<string, StoreEntry>,
): readonly StoreOperation[] {
  return [...labels]
    .filter(([, seq]) => seq === gone)
    .map(([label]) => ({
      verb: "delete",
      key: labelKey(name, label),
      index: entries.get(labelKey(name, label))!.index,
    }));
}

function write(
  name: string,
  { contracts: _, ...record }: Version,
  entries: ReadonlyMap<string, StoreEntry>,
): StoreOperation {
  const key = versionKey(name, record.seq);
  const value = encodeRecord(record satisfies VersionRecord);
  return { verb: "compare-and-set", key, value, index: entries.get(key)!.index };
}

function findExact({ name, versions, head }: Subject, seq: number): Version {
  const version = versions.find((each) => each.seq === seq);
  if (version !== undefined) return version;
  throw new Proto4Error("subject-missing", `${name} has no version ${seq}: its last one is ${head.seq}`);
}

function inUse(name: string, seq: number, uses: readonly string[]): Proto4Error {
  return usage(
    `${name}@${seq} is still used: ${someOf(uses).join("; ")}; move that on first, or say --force with a --reason`,
  );
}

/** A few by name, the others by number. */
function someOf(uses: readonly string[]): readonly string[] {
  if (uses.length <= mostShown) return uses;
  return [...uses.slice(0, mostShown), `and ${uses.length - mostShown} more`];
}

function usage(message: string): Proto4Error {
  return new Proto4Error("usage", message);
}

const mostLabels = 40;
const mostShown = 20;
