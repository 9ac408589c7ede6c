import { headKey, labelKey, versionKey } from "../store/layout.js";
import { readSubject, type Subject } from "../store/read-subject.js";
import { readHead, readLabel, readVersion, type VersionRecord } from "../store/records.js";
import type { StoreEntry } from "../store/store.js";
import { chooseVersion } from "./find-subject.js";

/** A subject as it lies in the store, of which only what is asked for is decoded. */
export class SubjectTree {
  private readonly entries: ReadonlyMap<string, StoreEntry>;
  private readonly chosen = new Map<number | string | undefined, VersionRecord>();
  private whole: Subject | undefined;

  constructor(
    private readonly name: string,
    private readonly list: readonly StoreEntry[],
  ) {
    this.entries = new Map(list.map((entry) => [entry.key, entry]));
  }

  /** Bytes, more or less. */
  get weight(): number {
    return this.list.reduce((sum, { key, value }) => sum + 2 * value.length + key.length + 200, 1_000);
  }

  /** @throws Proto4Error "store-invalid" */
  get subject(): Subject {
    this.whole ??= readSubject(this.name, this.list)!;
    return this.whole;
  }

  /**
   * @param wanted a number, a label, or `undefined` for the last one that is not deleted
   * @throws Proto4Error "subject-missing"
   */
  choose(wanted: number | string | undefined): VersionRecord {
    const known = this.chosen.get(wanted);
    if (known !== undefined) return known;
    const found = this.read(wanted);
    // Deleted, or not there: by whom, or what is there in its place, the whole subject tells.
    const version = found === undefined || found.deleted ? chooseVersion(this.subject, wanted) : found;
    this.chosen.set(wanted, version);
    return version;
  }

  private read(wanted: number | string | undefined): VersionRecord | undefined {
    const seq = typeof wanted === "string" ? this.seqOf(wanted) : (wanted ?? this.last());
    const entry = seq === undefined ? undefined : this.entries.get(versionKey(this.name, seq));
    return entry && readVersion(entry);
  }

  private seqOf(label: string): number | undefined {
    const entry = this.entries.get(labelKey(this.name, label));
    return entry && readLabel(entry).seq;
  }

  private last(): number {
    return readHead(this.entries.get(headKey(this.name))!).seq;
  }
}
