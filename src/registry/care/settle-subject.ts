import type { Actor } from "../audit.js";
import { amend } from "../manage/amend.js";
import { approvalKey, labelKey, versionKey } from "../store/layout.js";
import type { Subject } from "../store/read-subject.js";
import { encodeRecord, readVersion } from "../store/records.js";
import type { Store, StoreEntry, StoreOperation } from "../store/store.js";
import { printRecord } from "./export-format.js";
import type { PlannedSubject } from "./import-plan.js";

type Entries = ReadonlyMap<string, StoreEntry>;

/**
 * Makes what a subject has beside its versions' contents what it is in the export.
 * @returns how many records were written
 */
export async function settleSubject(store: Store, actor: Actor, planned: PlannedSubject): Promise<number> {
  const { name, head } = planned;
  let written = 0;
  for (let batch = 1; ; batch++) {
    const id = `${actor.id}-${name.replace("/", ".")}-${batch}`;
    let count = 0;
    const changed = await amend(store, name, { ...actor, id }, (subject, entries) => {
      const steps = stepsOf(planned, subject, entries).slice(0, mostSteps);
      const policy = printRecord(subject.head.policy) !== printRecord(head.policy);
      count = steps.length + (policy ? 1 : 0);
      return {
        steps,
        ...(policy ? { head: { ...subject.head, policy: head.policy } } : {}),
        audit: { action: "import", records: count },
      };
    });
    if (!changed) return written;
    written += count;
  }
}

function stepsOf(planned: PlannedSubject, subject: Subject, entries: Entries): readonly StoreOperation[] {
  const { name, labels, approvals, deletions } = planned;
  const wanted = new Map<string, object>([
    ...[...labels].map(([label, seq]) => [labelKey(name, label), { seq }] as const),
    ...approvals.map((approval) => [approvalKey(name, approval.finding), approval] as const),
  ]);
  for (const { seq } of subject.versions) {
    const { deleted: _, ...record } = readVersion(entries.get(versionKey(name, seq))!);
    const deleted = deletions.get(seq);
    const packs = deleted?.how === "hard" ? [] : record.packs;
    wanted.set(versionKey(name, seq), { ...record, packs, ...(deleted === undefined ? {} : { deleted }) });
  }
  const there = [
    ...[...subject.labels.keys()].map((label) => labelKey(name, label)),
    ...subject.approvals.map(({ finding }) => approvalKey(name, finding)),
  ];
  return [
    ...[...wanted].flatMap(([key, record]) => setUnlessSame(key, record, entries.get(key))),
    ...there
      .filter((key) => !wanted.has(key))
      .flatMap((key) => entries.get(key) ?? [])
      .map(({ key, index }): StoreOperation => ({ verb: "delete", key, index })),
  ];
}

function setUnlessSame(
  key: string,
  record: object,
  entry: StoreEntry | undefined,
): readonly StoreOperation[] {
  if (entry !== undefined && isSame(entry, record)) return [];
  return [{ verb: "compare-and-set", key, value: encodeRecord(record), index: entry?.index ?? 0 }];
}

export function isSame({ value }: StoreEntry, record: object): boolean {
  return printRecord(JSON.parse(new TextDecoder().decode(value))) === printRecord(record);
}

/** The records of versions may be large; so many of them fit a transaction. */
const mostSteps = 20;
