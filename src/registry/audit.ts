import { auditKey, revKey } from "./store/layout.js";
import { encodeRecord } from "./store/records.js";
import type { StoreOperation } from "./store/store.js";

/** Whoever acts, and when; `id` was never used before. */
export interface Actor {
  readonly by: string;
  readonly at: string;
  readonly id: string;
}

/** What was done, with details. */
export interface AuditEntry {
  readonly action: string;
  /** What it was done to, where that is one subject. */
  readonly subject?: string | undefined;
  readonly [detail: string]: unknown;
}

/**
 * What every transaction ends with: who did what, and that something was done.
 * @param revision index of the registry's revision where all of the registry is to have stood still since
 */
export function auditSteps(
  { by, at, id }: Actor,
  what: AuditEntry,
  revision?: number,
): readonly StoreOperation[] {
  const moved = { key: revKey, value: encodeRecord({ publish: id }) };
  return [
    {
      verb: "set",
      key: auditKey(at, id, what.subject),
      value: encodeRecord({ ...what, by, at, publish: id }),
    },
    revision === undefined
      ? { verb: "set", ...moved }
      : { verb: "compare-and-set", ...moved, index: revision },
  ];
}
