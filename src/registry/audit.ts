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
  readonly [detail: string]: unknown;
}

/** What every transaction ends with: who did what, and that something was done. */
export function auditSteps({ by, at, id }: Actor, what: AuditEntry): readonly StoreOperation[] {
  return [
    { verb: "set", key: auditKey(at, id), value: encodeRecord({ ...what, by, at, publish: id }) },
    { verb: "set", key: revKey, value: encodeRecord({ publish: id }) },
  ];
}
