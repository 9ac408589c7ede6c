import { type Subject, standing } from "../store/read-subject.js";
import type { Contract } from "../store/records.js";
import type { Store } from "../store/store.js";
import { eachSubject } from "./each-subject.js";
import { findSubject } from "./find-subject.js";
import { chooseVersions, type VersionsRef } from "./find-versions.js";

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
 * @param ref the subject, or which of its versions, to look through; everything if not given
 * @throws Proto4Error "subject-missing" for a reference that leads to none
 */
export async function findFingerprint(
  store: Store,
  fingerprint: string,
  ref?: VersionsRef,
): Promise<readonly FoundContract[]> {
  if (ref !== undefined) return contractsAt(store, fingerprint, ref);
  const found: FoundContract[] = [];
  for await (const subject of eachSubject(store)) found.push(...contractsIn(subject, fingerprint));
  return found;
}

async function contractsAt(
  store: Store,
  fingerprint: string,
  ref: VersionsRef,
): Promise<readonly FoundContract[]> {
  const subject = await findSubject(store, ref.subject);
  if (!("last" in ref) && ref.version === undefined) return contractsIn(subject, fingerprint);
  const versions = chooseVersions(subject, ref);
  return contractsIn(subject, fingerprint, versions.toReversed());
}

/** Those of one subject. @param versions the first one first; all that stand if not given */
export function contractsIn(
  subject: Subject,
  fingerprint: string,
  versions = standing(subject),
): readonly FoundContract[] {
  const last = standing(subject).at(-1)?.seq;
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
