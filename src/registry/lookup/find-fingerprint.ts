import { type Subject, standing } from "../store/read-subject.js";
import type { Contract } from "../store/records.js";
import type { Freshness, Store } from "../store/store.js";
import { eachSubject } from "./each-subject.js";

/** A contract, and the versions of a subject that have it. */
export interface FoundContract extends Contract {
  readonly subject: string;
  /** The first one first. */
  readonly versions: readonly number[];
  /** Whether the last version of the subject is among them. */
  readonly last: boolean;
}

/** Whether a text is a fingerprint, or the beginning of one; no element that was published is called so. */
export function isFingerprint(text: string): boolean {
  return /^[0-9a-f]{8,64}$/.test(text);
}

/**
 * The contracts whose fingerprints begin so, by subject and package.
 * @param fingerprint 8 to 64 hex digits
 */
export async function findFingerprint(
  store: Store,
  fingerprint: string,
  freshness?: Freshness,
): Promise<readonly FoundContract[]> {
  const found: FoundContract[] = [];
  for await (const subject of eachSubject(store, freshness)) found.push(...contractsIn(subject, fingerprint));
  return found;
}

/** Those of one subject. */
export function contractsIn(subject: Subject, fingerprint: string): readonly FoundContract[] {
  const versions = standing(subject);
  const last = versions.at(-1)?.seq;
  const found = new Map<string, FoundContract>();
  for (const { seq, contracts } of versions)
    for (const contract of contracts) {
      if (!contract.fingerprint.startsWith(fingerprint)) continue;
      const key = `${contract.package} ${contract.fingerprint}`;
      const before = found.get(key)?.versions ?? [];
      const here = { subject: subject.name, versions: [...before, seq], last: seq === last };
      found.set(key, { ...contract, ...here });
    }
  return [...found.values()].sort((a, b) => (a.package < b.package ? -1 : 1));
}
