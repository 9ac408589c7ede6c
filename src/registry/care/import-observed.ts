import { environmentKey, seenPrefix } from "../store/layout.js";
import { readEnvironment, readSeen } from "../store/observation.js";
import { checkName } from "../store/observation-keys.js";
import type { ExportFolder } from "./export-folder.js";
import { environmentsFile, seenFile } from "./export-format.js";
import { checked, entryOf, fieldsOf, loadNeeded } from "./import-records.js";

/** A record under its key in a store. */
export type KeyedRecord = readonly [key: string, record: object];

/** What people said of environments. */
export async function loadEnvironments(folder: ExportFolder): Promise<readonly KeyedRecord[]> {
  const all = await loadNeeded(folder, environmentsFile);
  return checked(folder, environmentsFile, () =>
    Object.entries(fieldsOf(all)).map(([name, record]) => {
      checkName("environment", name);
      const key = environmentKey(name);
      return [key, readEnvironment(entryOf(key, fieldsOf(record)))] as const;
    }),
  );
}

/** What was seen running, by environment, service and fingerprint. */
export async function loadSeen(folder: ExportFolder): Promise<readonly KeyedRecord[]> {
  const all = await loadNeeded(folder, seenFile);
  return checked(folder, seenFile, () => Object.entries(fieldsOf(all)).map(toSeen));
}

function toSeen([name, record]: readonly [string, unknown]): KeyedRecord {
  const [environment = "", service = "", fingerprint = "", ...more] = name.split("/");
  checkName("environment", environment);
  checkName("service", service);
  const seen = readSeen(entryOf("", fieldsOf(record)));
  const own = /^[0-9a-f]{16}$/.test(fingerprint) && seen.fingerprint.startsWith(fingerprint);
  if (!own || more.length > 0) throw new Error(`"${name.slice(0, 200)}" does not name what was seen`);
  return [`${seenPrefix}${name}`, seen];
}
