import { Proto4Error } from "../../diagnostics/index.js";
import { type Actor, type AuditEntry, auditSteps } from "../audit.js";
import { commit, hasTrace, inDoubt, maxAttempts, pause, type Tried, traceOf } from "../commit.js";
import { missingSubject } from "../lookup/find-subject.js";
import { headKey, subjectPrefix } from "../store/layout.js";
import { loadSettled } from "../store/load-settled.js";
import { checkSubject } from "../store/names.js";
import { readSubject, type Subject } from "../store/read-subject.js";
import { encodeRecord, type Head } from "../store/records.js";
import type { Store, StoreEntry, StoreOperation } from "../store/store.js";

/** What is to be changed of a subject, and what the audit trail says of it. */
interface Amendment {
  /** Besides the head's; none where everything is so already. */
  readonly steps: readonly StoreOperation[];
  /** Where another one is to be written. */
  readonly head?: Head;
  readonly audit: AuditEntry;
  /** Index of the registry's revision where the decision rests on other subjects: then they have to stand still, too. */
  readonly revision?: number | undefined;
}

/** Is given the subject and its entries, all of one moment. */
type Decide = (subject: Subject, entries: ReadonlyMap<string, StoreEntry>) => Amendment | Promise<Amendment>;

/**
 * Changes what a subject has beside its versions' contents; whoever is overtaken decides anew. Every amendment moves
 * the head, so that nobody publishes or amends by what one before it has taken back.
 * @returns whether anything was changed
 * @throws Proto4Error "subject-missing", "publish-conflict", and as `decide` and the store do
 */
export async function amend(store: Store, name: string, actor: Actor, decide: Decide): Promise<boolean> {
  checkSubject(name);
  const tried = { unanswered: 0 };
  try {
    return await tryOften(store, name, actor, decide, tried);
  } catch (error) {
    throw inDoubt(
      error,
      tried,
      `whether ${name} was changed is not known: look, and do it again if it was not`,
    );
  }
}

async function tryOften(
  store: Store,
  name: string,
  actor: Actor,
  decide: Decide,
  tried: Tried,
): Promise<boolean> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { found, guards } = await loadSettled(store, [subjectPrefix(name), ...traceOf(actor, tried)]);
    if (hasTrace(found[1], actor)) return true;
    const steps = await stepsOf(store, name, actor, decide, found[0]!);
    if (steps.length === 0) return false;
    if (await commit(store, [...steps, ...guards], tried)) return true;
    await pause(actor, attempt);
  }
  throw new Proto4Error("publish-conflict", `others changed ${name} every time meanwhile; try again`);
}

/** @returns none where there is nothing to change */
async function stepsOf(
  store: Store,
  name: string,
  actor: Actor,
  decide: Decide,
  found: readonly StoreEntry[],
): Promise<readonly StoreOperation[]> {
  const subject = readSubject(name, found);
  if (subject === undefined) throw await missingSubject(store, name);
  const entries = new Map(found.map((entry) => [entry.key, entry]));
  const { steps, head, audit, revision } = await decide(subject, entries);
  if (steps.length === 0 && head === undefined) return [];
  const key = headKey(name);
  const value = encodeRecord({ ...(head ?? subject.head), amended: actor.id });
  const { index } = entries.get(key)!;
  return [
    { verb: "compare-and-set", key, value, index },
    ...steps,
    ...auditSteps(actor, { subject: name, ...audit }, revision),
  ];
}
