import { Proto4Error } from "../../diagnostics/index.js";
import type { ElementFacts } from "../../gate/index.js";
import type { OpenVersion } from "../pack/index.js";
import type { Registry } from "../registry.js";
import { packagesKey, subjectPrefix, subjectsPrefix, versionKey } from "../store/layout.js";
import { checkSubject, type SubjectRef } from "../store/names.js";
import type { Subject } from "../store/read-subject.js";
import { type PackagesRecord, readPackages, readVersion, type VersionRecord } from "../store/records.js";
import type { StoreEntry } from "../store/store.js";
import { findElement } from "./find-element.js";
import { contractsIn, type FoundContract } from "./find-fingerprint.js";
import { makeOwnerFinder, type OwnerFinder } from "./find-owner.js";
import { missingSubject, readSubjects } from "./find-subject.js";
import { noOwner } from "./find-symbol.js";
import { FreshCache } from "./fresh-cache.js";
import { loadChain } from "./load-chain.js";
import { type Following, keepWatching, Revision } from "./revision.js";
import { SubjectTree } from "./subject-tree.js";
import { WeighedLru } from "./weighed-lru.js";

/** How a registry is followed. */
export interface FollowOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Bytes that what is kept takes at most, more or less; 256 MB if not given. */
  readonly memory?: number | undefined;
  /** Milliseconds after which a store that is away is noticed; 5,000 if not given. */
  readonly pause?: number | undefined;
}

/** An element of one version. */
export interface FollowedElement extends ElementFacts {
  readonly subject: string;
  readonly seq: number;
}

/**
 * Lookups for whoever asks often, such as a server: what was read is kept until the registry changes, and is all there
 * is while the store does not answer.
 */
export interface FollowedRegistry {
  /** @throws Proto4Error "subject-invalid", "subject-missing", and as the store does: so does each lookup */
  subject(name: string): Promise<Subject>;
  /** By number, by label, or the last one that is not deleted. */
  version(ref: SubjectRef): Promise<VersionRecord>;
  /** The versions that have a contract. @param fingerprint 8 to 64 hex digits */
  fingerprint(fingerprint: string): Promise<readonly FoundContract[]>;
  /** @param ref where to look; the last version of the subject that has the package, if not given */
  symbol(name: string, ref?: SubjectRef): Promise<FollowedElement>;
  /** The files of a version. */
  open(version: Pick<VersionRecord, "packs">): Promise<OpenVersion>;
  /** Whether the store answers, and when it did last. */
  readonly following: Following;
}

/** Follows a registry until the signal aborts; it stays open, and answers from then on what it knows as it was. */
export function followRegistry(
  registry: Registry,
  signal: AbortSignal,
  { now, memory = 256_000_000, pause = 5_000 }: FollowOptions,
): FollowedRegistry {
  const caches: { clear(): void }[] = [];
  const revision = new Revision(now, () => {
    for (const cache of caches) cache.clear();
  });
  const followed = new Followed(registry, revision, memory);
  caches.push(...followed.changing);
  void keepWatching(registry.store, revision, pause, signal);
  return followed;
}

class Followed implements FollowedRegistry {
  private readonly subjects: FreshCache<KnownSubject>;
  private readonly records: FreshCache<KnownRecord>;
  private readonly packages: FreshCache<KnownPackages>;
  private readonly contracts: FreshCache<ContractFinder>;
  /** What digests name does not change. */
  private readonly opened: WeighedLru<Promise<OpenVersion>>;
  private readonly elements: WeighedLru<ElementFacts>;

  constructor(
    private readonly registry: Registry,
    private readonly revision: Revision,
    memory: number,
  ) {
    const { store } = registry;
    this.subjects = new FreshCache(store, revision, memory / 4, makeSubject);
    this.records = new FreshCache(store, revision, memory / 16, makeRecord);
    this.packages = new FreshCache(store, revision, memory / 16, makePackages);
    this.contracts = new FreshCache(store, revision, memory / 4, makeContracts);
    this.opened = new WeighedLru(memory / 4);
    this.elements = new WeighedLru(memory / 8);
  }

  get changing() {
    return [this.subjects, this.records, this.packages, this.contracts];
  }

  get following(): Following {
    return this.revision.following;
  }

  async subject(name: string): Promise<Subject> {
    return (await this.treeOf(name)).subject;
  }

  async version({ subject, version }: SubjectRef): Promise<VersionRecord> {
    const { tree } = this.subjects.peek(subjectPrefix(subject)) ?? {};
    const alone =
      tree === undefined && typeof version === "number" ? await this.record(subject, version) : undefined;
    return alone ?? (await this.treeOf(subject)).choose(version);
  }

  async fingerprint(fingerprint: string): Promise<readonly FoundContract[]> {
    const find = this.contracts.peek(subjectsPrefix) ?? (await this.contracts.get(subjectsPrefix));
    return find(fingerprint);
  }

  async symbol(name: string, ref?: SubjectRef): Promise<FollowedElement> {
    const subject = ref?.subject ?? (await this.ownerOf(name));
    const version = (await this.treeOf(subject)).choose(ref?.version);
    const { seq, packs } = version;
    const key = `${packs.at(-1)} ${name}`;
    const found = this.elements.get(key) ?? (await findElement(await this.open(version), name));
    if (found === undefined)
      throw new Proto4Error("symbol-missing", `${subject}@${seq} has no ${name.slice(0, 200)}`);
    this.elements.set(key, found, elementWeight);
    return { ...found, subject, seq };
  }

  async open({ packs }: Pick<VersionRecord, "packs">): Promise<OpenVersion> {
    // A pack says what it builds on: the last one stands for the chain.
    const key = packs.at(-1) ?? "";
    const known = this.opened.get(key);
    if (known !== undefined) return known;
    const opening = loadChain(this.registry, { packs });
    // Kept at once, so that it is opened once; how much it weighs is known later.
    const kept = opening.then(({ open }) => open);
    this.opened.set(key, kept, 0);
    kept.catch(() => this.opened.delete(key));
    const { packs: blobs } = await opening;
    const weight = blobs.reduce((sum, { bytes }) => sum + expansion * bytes.length, 0);
    this.opened.set(key, kept, weight);
    return kept;
  }

  private async treeOf(name: string): Promise<SubjectTree> {
    const prefix = subjectPrefix(name);
    const known = this.subjects.peek(prefix) ?? (await this.readSubject(name, prefix));
    if (known.tree !== undefined) return known.tree;
    known.missing ??= await missingSubject(this.registry.store, name);
    throw known.missing;
  }

  /** One version by itself: a subject may have thousands. @returns `undefined` where the whole one has to be seen */
  private async record(subject: string, seq: number): Promise<VersionRecord | undefined> {
    const key = versionKey(subject, seq);
    const found = this.records.peek(key) ?? (await this.readRecord(subject, key));
    return found.version;
  }

  private readRecord(subject: string, key: string): Promise<KnownRecord> {
    checkSubject(subject);
    return this.records.get(key);
  }

  private readSubject(name: string, prefix: string): Promise<KnownSubject> {
    checkSubject(name);
    return this.subjects.get(prefix);
  }

  private async ownerOf(name: string): Promise<string> {
    const { record, find } = this.packages.peek(packagesKey) ?? (await this.packages.get(packagesKey));
    const owner = find(name);
    if (owner === undefined) throw noOwner(record, name);
    return owner;
  }
}

interface KnownSubject {
  readonly tree: SubjectTree | undefined;
  /** Where there is none: made when somebody asks, and told to all that follow. */
  missing?: Proto4Error;
}

interface KnownRecord {
  /** None where there is none, or a deleted one. */
  readonly version: VersionRecord | undefined;
}

interface KnownPackages {
  readonly record: PackagesRecord;
  readonly find: OwnerFinder;
}

type ContractFinder = (fingerprint: string) => readonly FoundContract[];

function makeSubject(prefix: string, entries: readonly StoreEntry[]): [KnownSubject, number] {
  const name = prefix.slice(subjectsPrefix.length, -1);
  const tree = entries.length === 0 ? undefined : new SubjectTree(name, entries);
  return [{ tree }, tree?.weight ?? 1_000];
}

function makeRecord(key: string, entries: readonly StoreEntry[]): [KnownRecord, number] {
  // The key is the beginning of others, too.
  const entry = entries.find((each) => each.key === key);
  const version = entry && readVersion(entry);
  return [{ version: version?.deleted ? undefined : version }, 1_000 + 2 * (entry?.value.length ?? 0)];
}

function makePackages(_: string, [entry]: readonly StoreEntry[]): [KnownPackages, number] {
  const record = entry === undefined ? {} : readPackages(entry);
  return [{ record, find: makeOwnerFinder(record) }, 4 * (entry?.value.length ?? 0)];
}

/** What was found once is remembered; there are no more such than contracts and beginnings of them. */
function makeContracts(_: string, entries: readonly StoreEntry[]): [ContractFinder, number] {
  const subjects = readSubjects(entries);
  const known = new Map<string, readonly FoundContract[]>();
  const find = (fingerprint: string) => {
    const found = known.get(fingerprint) ?? subjects.flatMap((each) => contractsIn(each, fingerprint));
    if (found.length > 0) known.set(fingerprint, found);
    return found;
  };
  return [find, 4 * entries.reduce((sum, { value }) => sum + value.length, 0)];
}

const elementWeight = 1_000;
/** What an open version takes for each byte of its packs. */
const expansion = 8;
