import { Proto4Error } from "../../diagnostics/index.js";
import { type Actor, type AuditEntry, auditSteps } from "../audit.js";
import { missingSubject } from "../lookup/find-subject.js";
import { headKey, subjectPrefix } from "../store/layout.js";
import { loadSettled } from "../store/load-settled.js";
import { checkSubject } from "../store/names.js";
import { readSubject, type Subject } from "../store/read-subject.js";
import { encodeRecord, type Head } from "../store/records.js";
import type { Store, StoreEntry, StoreOperation } from "../store/store.js";

/** What is to be changed of a subject, and what the audit trail says of it. */
export interface Amendment {
  /** Besides the head's; none where everything is so already. */
  readonly steps: readonly StoreOperation[];
  /** Where another one is to be written. */
  readonly head?: Head;
  readonly audit: AuditEntry;
}

/**
 * Changes what a subject has beside its versions' contents; whoever is overtaken decides anew.
 * @param decide is given the subject and its entries, all of one moment
 * @returns whether anything was changed
 * @throws Proto4Error "subject-missing", "publish-conflict", and as `decide` and the store do
 */
export async function amend(
  store: Store,
  name: string,
  actor: Actor,
  decide: (subject: Subject, entries: ReadonlyMap<string, StoreEntry>) => Amendment | Promise<Amendment>,
): Promise<boolean> {
  checkSubject(name);
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { found, guards } = await loadSettled(store, [subjectPrefix(name)]);
    const entries = new Map(found[0]!.map((entry) => [entry.key, entry]));
    const subject = readSubject(name, found[0]!);
    if (subject === undefined) throw await missingSubject(store, name);
    const { steps, head, audit } = await decide(subject, entries);
    if (steps.length === 0 && head === undefined) return false;
    const { index } = entries.get(headKey(name))!;
    const operations = [headStep(name, index, head), ...steps, ...guards];
    if (await store.transact([...operations, ...auditSteps(actor, { subject: name, ...audit })])) return true;
  }
  throw new Proto4Error("publish-conflict", `others changed ${name} every time meanwhile; try again`);
}

function headStep(name: string, index: number, head: Head | undefined): StoreOperation {
  const key = headKey(name);
  return head === undefined
    ? { verb: "check-index", key, index }
    : { verb: "compare-and-set", key, value: encodeRecord(head), index };
}

const maxAttempts = 10;
