import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Proto4Error } from "../diagnostics/index.js";
import type { Actor } from "./audit.js";
import { auditKey } from "./store/layout.js";
import type { Store, StoreEntry, StoreOperation } from "./store/store.js";

/** What became of the commits of one action. */
export interface Tried {
  /** How many got no answer: each may be done yet. */
  unanswered: number;
}

/** As often somebody else may be faster: each time, one of those who want the same has got it. */
export const maxAttempts = 30;

/** @returns `false` also when the store did not answer, a few times: then it may have been done */
export async function commit(
  store: Store,
  operations: readonly StoreOperation[],
  tried: Tried,
): Promise<boolean> {
  try {
    return await store.transact(operations);
  } catch (error) {
    if (!(error instanceof Proto4Error) || error.code !== "store-unreachable") throw error;
    if (++tried.unanswered === mostUnanswered) throw error;
    return false;
  }
}

/** Waits, so that those who want the same do not all come back at once: by chance, which the unique id gives. */
export async function pause({ id }: Pick<Actor, "id">, attempt: number): Promise<void> {
  const chance = createHash("sha256").update(`${id} ${attempt}`).digest().readUInt32BE() / 2 ** 32;
  await sleep(Math.min(longestPause, firstPause * 2 ** attempt) * chance);
}

/** Where a commit got no answer: how the key begins that tells whether it was done. */
export function traceOf({ at, id }: Actor, { unanswered }: Tried): readonly string[] {
  return unanswered === 0 ? [] : [auditKey(at, id)];
}

export function hasTrace(entries: readonly StoreEntry[] | undefined, { at, id }: Actor): boolean {
  const trace = auditKey(at, id);
  // The key goes on with the subject, and one of another id may begin as this one does.
  return entries?.some(({ key }) => key === trace || key.startsWith(`${trace}~`)) ?? false;
}

/** An error, with what it leaves open. */
export function inDoubt(error: unknown, { unanswered }: Tried, doubt: string): unknown {
  if (unanswered === 0 || !(error instanceof Proto4Error)) return error;
  return new Proto4Error(error.code, `${error.message}; ${doubt}`, { cause: error });
}

const mostUnanswered = 3;
/** Milliseconds. */
const firstPause = 20;
const longestPause = 300;
