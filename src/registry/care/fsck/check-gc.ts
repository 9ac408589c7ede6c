import { gcKey, gcLockKey } from "../../store/layout.js";
import { encodeRecord, readGc } from "../../store/records.js";
import type { StoreEntry } from "../../store/store.js";
import type { Problem } from "./problem.js";

/** Whether a collection was left open by who is gone. */
export function checkGc(entries: readonly StoreEntry[]): readonly Problem[] {
  const entry = entries.find(({ key }) => key === gcKey);
  const isHeld = entries.some(({ key }) => key === gcLockKey);
  if (entry === undefined || isHeld) return [];
  try {
    const { epoch, collecting } = readGc(entry);
    if (!collecting) return [];
    const value = encodeRecord({ epoch: epoch + 1, collecting: false });
    return [
      {
        where: gcKey,
        message: "a collection did not come to its end: --repair ends it",
        repair: [{ verb: "compare-and-set", key: gcKey, value, index: entry.index }],
      },
    ];
  } catch {
    return []; // told already
  }
}
