import {
  auditPrefix,
  environmentsPrefix,
  gcKey,
  gcLockKey,
  layoutKey,
  livePrefix,
  packagesKey,
  revKey,
  seenPrefix,
  subjectsPrefix,
} from "../../store/layout.js";
import { readEnvironment, readLive, readSeen, readSince } from "../../store/observation.js";
import {
  readApproval,
  readAudit,
  readGc,
  readHead,
  readLabel,
  readLayout,
  readPackages,
  readVersion,
} from "../../store/records.js";
import type { StoreEntry } from "../../store/store.js";
import type { Problem } from "./problem.js";

type Reader = (entry: StoreEntry) => unknown;

/** What reads each kind of key; the first that fits. */
const readers: readonly (readonly [RegExp, Reader])[] = [
  [pattern(layoutKey), readLayout],
  [pattern(revKey), (entry) => JSON.parse(new TextDecoder().decode(entry.value))],
  [pattern(gcKey), readGc],
  [pattern(gcLockKey), () => undefined],
  [pattern(packagesKey), readPackages],
  [under(subjectsPrefix, "[^/]+/[^/]+/head"), readHead],
  [under(subjectsPrefix, "[^/]+/[^/]+/version/[1-9]\\d*"), readVersion],
  [under(subjectsPrefix, "[^/]+/[^/]+/label/[^/]+"), readLabel],
  [under(subjectsPrefix, "[^/]+/[^/]+/approval/[^/]+"), readApproval],
  [under(environmentsPrefix, "[^/]+"), readEnvironment],
  [under(livePrefix, "[^/]+/@since"), readSince],
  [under(livePrefix, "[^/]+/[^/]+/[^/]+"), readLive],
  [under(seenPrefix, "[^/]+/@since"), readSince],
  [under(seenPrefix, "[^/]+/[^/]+/[0-9a-f]{16}"), readSeen],
  [under(auditPrefix, "[^/]+"), readAudit],
];

/** Whether a key is one of proto4's, and holds a record of its kind. */
export function checkRecord(entry: StoreEntry): readonly Problem[] {
  const read = readers.find(([keys]) => keys.test(entry.key))?.[1];
  if (read === undefined) return [strange(entry.key)];
  try {
    read(entry);
    return [];
  } catch {
    return [
      { where: entry.key, message: "it holds no record of its kind: restore it from a backup of the store" },
    ];
  }
}

export function strange(key: string): Problem {
  return { where: key, message: "no proto4 writes such a key: see who did, and delete it" };
}

function pattern(key: string): RegExp {
  return new RegExp(`^${key}$`);
}

function under(prefix: string, rest: string): RegExp {
  return new RegExp(`^${prefix}${rest}$`);
}
