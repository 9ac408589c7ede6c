import { Proto4Error } from "../../diagnostics/index.js";
import { sha256 } from "../blob-cache.js";
import { type Blob, makeBlob, writeBlob } from "../blobs.js";
import { placeGone } from "../gone.js";
import type { Chain } from "../lookup/load-chain.js";
import { claimPackages } from "../publish/claim-packages.js";
import type { Registry } from "../registry.js";
import { headKey, labelKey, packagesKey, revKey, subjectPrefix, versionKey } from "../store/layout.js";
import { loadSettled } from "../store/load-settled.js";
import { encodeRecord, readHead, readPackages, readVersion, type VersionRecord } from "../store/records.js";
import type { StoreEntry, StoreOperation } from "../store/store.js";
import type { ExportedVersion } from "./export-format.js";
import type { PlannedSubject } from "./import-plan.js";

/** Entries of one moment, by key. */
type Entries = ReadonlyMap<string, StoreEntry>;

/**
 * Puts a version at the end of its subject as a publish does: the blob first, then one transaction that makes it
 * visible.
 * @throws Proto4Error "publish-conflict" when others wrote there, "package-claimed"
 */
export function appendVersion(
  registry: Registry,
  subject: PlannedSubject,
  { record }: ExportedVersion,
  chain: Chain | undefined,
): Promise<void> {
  const { name } = subject;
  const { seq, publish } = record;
  const gone = placeGone(record.gone);
  const version: VersionRecord = { ...record, ...gone.record, packs: digestsOf(chain) };
  return tryOften(registry, name, chain, gone.blobs, (entries) => {
    const there = entries.get(versionKey(name, seq));
    // The transaction was done, and its answer lost.
    if (there !== undefined && readVersion(there).publish === publish) return [];
    const head = entries.get(headKey(name));
    if ((head === undefined ? 0 : readHead(head).seq) !== seq - 1) throw overtaken(name);
    return [
      replace(entries, headKey(name), { seq, publish, policy: subject.head.policy }),
      replace(entries, versionKey(name, seq), version),
      ...claim(entries, subject),
      ...labelSteps(entries, subject, seq),
    ];
  });
}

/** Gives a version other packs with the same files. */
export function repairVersion(registry: Registry, name: string, seq: number, chain: Chain): Promise<void> {
  return tryOften(registry, name, chain, [], (entries) => {
    const record = readVersion(entries.get(versionKey(name, seq))!);
    const packs = digestsOf(chain);
    // Where the files were given up meanwhile, nobody wants them back.
    if (record.packs.length === 0 || record.packs.join() === packs.join()) return [];
    return [replace(entries, versionKey(name, seq), { ...record, packs })];
  });
}

async function tryOften(
  registry: Registry,
  name: string,
  chain: Chain | undefined,
  others: readonly Blob[],
  plan: (entries: Entries) => readonly StoreOperation[],
): Promise<void> {
  const packs = chain?.packs ?? [];
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { found, guards } = await loadSettled(registry.store, [subjectPrefix(name), packagesKey]);
    const entries = new Map(found.flat().map((entry) => [entry.key, entry]));
    // The others are the version's before. Once blobs were collected, that is no more to be relied on.
    for (const { bytes } of attempt === 0 ? packs.slice(-1) : packs)
      await writeBlob(registry, makeBlob(bytes));
    for (const blob of others) await writeBlob(registry, blob);
    const steps = plan(entries);
    if (steps.length === 0 || (await registry.store.transact([...steps, ...guards, revStep(steps)]))) return;
  }
  throw overtaken(name);
}

function claim(entries: Entries, { name, packages }: PlannedSubject): readonly StoreOperation[] {
  const entry = entries.get(packagesKey);
  const claims = claimPackages(entry === undefined ? {} : readPackages(entry), name, packages);
  return claims === undefined ? [] : [replace(entries, packagesKey, claims)];
}

/** As many as go along; the others follow with the other records. */
function labelSteps(
  entries: Entries,
  { name, labels }: PlannedSubject,
  seq: number,
): readonly StoreOperation[] {
  const own = [...labels].filter(([label, at]) => at === seq && !entries.has(labelKey(name, label)));
  return own.slice(0, mostLabels).map(([label]) => replace(entries, labelKey(name, label), { seq }));
}

function replace(entries: Entries, key: string, record: object): StoreOperation {
  return { verb: "compare-and-set", key, value: encodeRecord(record), index: entries.get(key)?.index ?? 0 };
}

/** Whoever follows the registry looks again. */
function revStep(steps: readonly StoreOperation[]): StoreOperation {
  // No id of an act was given for each step: the keys that it writes, and what was there, are as good.
  const written = steps.map((step) => `${step.key} ${"index" in step ? step.index : ""}`).join("\n");
  return { verb: "set", key: revKey, value: encodeRecord({ publish: sha256(Buffer.from(written)) }) };
}

function digestsOf(chain: Chain | undefined): readonly string[] {
  return chain?.packs.map(({ digest }) => digest) ?? [];
}

function overtaken(name: string): Proto4Error {
  return new Proto4Error(
    "publish-conflict",
    `others changed ${name} meanwhile; run the import again: what is there is not doubled`,
  );
}

const maxAttempts = 10;
const mostLabels = 40;
