import { Proto4Error } from "../diagnostics/index.js";
import type { DatedImage } from "../gate/index.js";
import { type Image, sliceImage } from "../image/index.js";
import { readBlob } from "./blobs.js";
import { decodeManifest, type ManifestFile } from "./manifest.js";
import { subjectsPrefix } from "./store/layout.js";
import { loadSubject, readSubject, type Subject } from "./store/read-subject.js";
import type { VersionRecord } from "./store/records.js";
import type { Store, StoreEntry } from "./store/store.js";
import type { SubjectRef } from "./store/subject.js";

/** Every subject, by name. */
export async function listSubjects(store: Store): Promise<readonly Subject[]> {
  const groups = new Map<string, StoreEntry[]>();
  for (const entry of await store.list(subjectsPrefix)) {
    const name = entry.key.slice(subjectsPrefix.length).split("/", 2).join("/");
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return [...groups].flatMap(([name, group]) => readSubject(name, group) ?? []);
}

/** @throws Proto4Error "subject-missing" */
export async function findSubject(store: Store, name: string): Promise<Subject> {
  const subject = await loadSubject(store, name);
  if (subject !== undefined) return subject;
  const others = (await listSubjects(store)).map((other) => other.name);
  const held = others.length === 0 ? "it is empty" : `it holds ${others.slice(0, 10).join(", ")}`;
  throw new Proto4Error(
    "subject-missing",
    `the registry has no subject ${name}: ${held}; the first push makes one`,
  );
}

/** @throws Proto4Error "subject-missing" when the subject or the version is not there */
export async function findVersion(store: Store, ref: SubjectRef): Promise<VersionRecord> {
  const subject = await findSubject(store, ref.subject);
  const { labels, head, versions } = subject;
  const seq = typeof ref.version === "string" ? labels.get(ref.version) : (ref.version ?? head.seq);
  const version = versions.find((each) => each.seq === seq);
  if (version !== undefined) return version;
  const known = [head.seq === 1 ? "1" : `1 to ${head.seq}`, ...labels.keys()].join(", ");
  throw new Proto4Error("subject-missing", `${ref.subject} has no version ${ref.version}: it has ${known}`);
}

/** The image of a version, byte for byte as it was published. */
export async function loadSnapshot(store: Store, version: VersionRecord): Promise<Uint8Array> {
  return readBlob(store, version.snapshot);
}

/** The image of a version, to be compared. @throws Proto4Error "store-invalid", "image-corrupt" */
export async function loadVersion(store: Store, subject: string, version: VersionRecord): Promise<Image> {
  return sliceImage(await loadSnapshot(store, version), `${subject}@${version.seq}`);
}

/** The versions before one, newest first: they show how long elements have been in their states, and which names left. */
export async function loadHistory(
  store: Store,
  name: string,
  { seq }: VersionRecord,
): Promise<readonly DatedImage[]> {
  const { versions } = await findSubject(store, name);
  const elder = versions
    .filter((version) => version.seq < seq)
    .toSorted((a, b) => b.seq - a.seq)
    .slice(0, MOST_ELDER);
  return Promise.all(
    elder.map(async (version) => ({
      name: `${name}@${version.seq}`,
      date: version.at.slice(0, 10),
      image: await loadVersion(store, name, version),
    })),
  );
}

/** A publish reads no more than this of a long past. */
const MOST_ELDER = 20;

/** Source text by path, of the files that were published with it. */
export async function loadSources(
  store: Store,
  version: VersionRecord,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const sources = new Map<string, Uint8Array>();
  for (const { path, source } of await loadManifest(store, version))
    if (source !== undefined) sources.set(path, await readBlob(store, source));
  return sources;
}

async function loadManifest(store: Store, { manifest }: VersionRecord): Promise<readonly ManifestFile[]> {
  return decodeManifest(await readBlob(store, manifest), manifest).files;
}
