import { environmentKey, environmentsPrefix, livePrefix, seenPrefix } from "../store/layout.js";
import {
  type EnvironmentRecord,
  type LiveRecord,
  readEnvironment,
  readLive,
  readSeen,
  readSince,
  type SeenRecord,
} from "../store/observation.js";
import { checkName, type Place } from "../store/observation-keys.js";
import type { Store, StoreEntry } from "../store/store.js";

/** What is known of an environment by observation, and what people said of it. */
export interface Observed {
  readonly environment: string;
  readonly live: readonly LiveInstance[];
  readonly seen: readonly SeenService[];
  /** Since when the live records, and what was seen, are whole; `undefined` when nobody has reported since they were wiped. */
  readonly liveSince: string | undefined;
  readonly seenSince: string | undefined;
  /** `undefined` where nobody said anything. */
  readonly said: EnvironmentRecord | undefined;
}

interface LiveInstance extends Place, LiveRecord {}

export interface SeenService extends SeenRecord {
  readonly service: string;
}

/** How long what was seen counts where nobody said otherwise. */
export const defaultWindow = "30d";

/** What is known of one environment. @throws Proto4Error "usage", "store-invalid" */
export async function loadObserved(store: Store, environment: string): Promise<Observed> {
  checkName("environment", environment);
  // Of one moment: nobody joins and nothing is wiped in between.
  const prefixes = [
    `${livePrefix}${environment}/`,
    `${seenPrefix}${environment}/`,
    environmentKey(environment),
  ];
  const [live = [], seen = [], saids = []] = await store.listAll(prefixes);
  const said = saids.find(({ key }) => key === environmentKey(environment));
  return readObserved(environment, live, seen, said);
}

/** What is known of every environment, by name. */
export async function loadAllObserved(store: Store): Promise<readonly Observed[]> {
  const lists = await store.listAll([livePrefix, seenPrefix, environmentsPrefix]);
  const [lives, seens, saids] = lists.map(byEnvironment);
  const names = [...new Set([lives!, seens!, saids!].flatMap((group) => [...group.keys()]))].sort();
  return names.map((name) =>
    readObserved(name, lives!.get(name) ?? [], seens!.get(name) ?? [], saids!.get(name)?.[0]),
  );
}

/** @throws Proto4Error "store-invalid" for a record that cannot be read: what it would say is not to be missed */
function readObserved(
  environment: string,
  live: readonly StoreEntry[],
  seen: readonly StoreEntry[],
  said: StoreEntry | undefined,
): Observed {
  const isSince = ({ key }: StoreEntry) => key.endsWith("/@since");
  const [liveSince, seenSince] = [live.find(isSince), seen.find(isSince)];
  return {
    environment,
    live: live.filter((entry) => !isSince(entry)).map((entry) => ({ ...placeOf(entry), ...readLive(entry) })),
    seen: seen
      .filter((entry) => !isSince(entry))
      .map((entry) => ({ service: placeOf(entry).service, ...readSeen(entry) })),
    liveSince: liveSince && readSince(liveSince).since,
    seenSince: seenSince && readSince(seenSince).since,
    said: said && readEnvironment(said),
  };
}

/** `proto4/v1/live/ENVIRONMENT/SERVICE/INSTANCE` */
function placeOf({ key }: StoreEntry): Place {
  const [, , , environment = "", service = "", instance = ""] = key.split("/");
  return { environment, service, instance };
}

function byEnvironment(entries: readonly StoreEntry[]): ReadonlyMap<string, readonly StoreEntry[]> {
  const groups = new Map<string, StoreEntry[]>();
  for (const entry of entries) {
    const { environment } = placeOf(entry);
    const group = groups.get(environment);
    if (group === undefined) groups.set(environment, [entry]);
    else group.push(entry);
  }
  return groups;
}
