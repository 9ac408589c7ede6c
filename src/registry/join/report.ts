import { setTimeout as sleep } from "node:timers/promises";
import { livePrefix, seenPrefix } from "../store/layout.js";
import { type LiveRecord, readLive, readSeen, type SeenRecord } from "../store/observation.js";
import { liveKey, seenKey, sinceKey } from "../store/observation-keys.js";
import { encodeRecord } from "../store/records.js";
import type { Store, StoreEntry, StoreOperation } from "../store/store.js";
import { nextSeen } from "./next-seen.js";
import type { PlannedContract, Reporting } from "./request.js";

/** What an instance reports, and with what it does. */
export interface Report {
  readonly store: Store;
  readonly reporting: Reporting;
  readonly live: LiveRecord;
  /** The lease of the live record; `undefined` where the instance ends. */
  readonly lease: string | undefined;
  /** Elements used since the last report. */
  readonly used: readonly string[];
  readonly now: () => number;
  readonly random: () => number;
}

export interface Reported {
  /** Who reports under the same id, where somebody does: then this instance is not among the live ones. */
  readonly rival: LiveRecord | undefined;
  /** What the registry holds now, in the order of the contracts. */
  readonly seen: readonly SeenRecord[];
}

/**
 * Writes what an instance runs: under its lease, and for good. With the first report in an environment, and the
 * first one after somebody has wiped it, goes the note since when observation is whole.
 * @throws Error when others were faster every time; what stores throw
 */
export async function writeReport(report: Report): Promise<Reported> {
  let rival: LiveRecord | undefined;
  const seen: SeenRecord[] = [];
  for (const contract of report.reporting.contracts) {
    const written = await writeOne(report, contract);
    rival ??= written.rival;
    seen.push(written.seen);
  }
  return { rival, seen };
}

async function writeOne(report: Report, contract: PlannedContract) {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { steps, rival, seen } = await plan(report, contract);
    if (steps.every(isLook) || (await report.store.transact(steps))) return { rival, seen };
    // Many may have been started at once.
    await sleep(report.random() * 20 * 2 ** attempt, undefined, { ref: false });
  }
  throw new Error("others wrote at the same time, every time");
}

/** What is to be written for one contract, by what is there now. */
async function plan(report: Report, contract: PlannedContract) {
  const { store, reporting, now } = report;
  const { environment, seenMilliseconds: every, counts } = reporting;
  const key = seenKey(reporting, contract.fingerprint);
  const keys = [
    liveKey(reporting),
    sinceKey(livePrefix, environment),
    sinceKey(seenPrefix, environment),
    key,
  ];
  const lists = await store.listAll(keys);
  // Another instance's key may begin as this one's does.
  const [live, liveSince, seenSince, entry] = keys.map((each, i) =>
    lists[i]?.find((found) => found.key === each),
  );
  const before = entry && readSeen(entry);
  const used = usedIn(contract, report);
  const leaving = report.lease === undefined;
  const { package: name, fingerprint, roles } = contract;
  const sighting = {
    contract: { package: name, fingerprint, roles },
    now: now(),
    every,
    counts,
    used,
    leaving,
  };
  const after = nextSeen(before, sighting);
  const since = encodeRecord({ since: new Date(now()).toISOString() });
  // Last, so that whoever finds it live finds also what it does not count.
  const isLast = contract === reporting.contracts.at(-1);
  const { rival, steps } = holdSteps(report, live);
  return {
    rival,
    // One of the two is there.
    seen: (after ?? before) as SeenRecord,
    steps: [
      sinceStep(sinceKey(livePrefix, environment), liveSince, since),
      sinceStep(sinceKey(seenPrefix, environment), seenSince, since),
      ...(isLast ? steps : []),
      ...(after === undefined ? [] : [compareAndSet(key, encodeRecord(after), entry?.index ?? 0)]),
    ],
  };
}

/** Those of its package, and those that are of none that the service runs. */
function usedIn(contract: PlannedContract, { used, reporting }: Report): readonly string[] {
  const others = reporting.contracts.filter((each) => each !== contract).map((each) => `${each.package}.`);
  return used.filter(
    (name) => name.startsWith(`${contract.package}.`) || !others.some((other) => name.startsWith(other)),
  );
}

/** Nobody is driven out: who holds the key may be alive, and if it is not, its lease ends. */
function holdSteps(
  { live, lease, reporting }: Report,
  entry: StoreEntry | undefined,
): { readonly rival: LiveRecord | undefined; readonly steps: readonly StoreOperation[] } {
  const there = entry && readLive(entry);
  if (there !== undefined && there.run !== live.run) return { rival: there, steps: [] };
  if (lease === undefined || there !== undefined) return { rival: undefined, steps: [] };
  const hold = { verb: "hold", key: liveKey(reporting), value: encodeRecord(live), lease } as const;
  return { rival: undefined, steps: [hold] };
}

/** Checked in every transaction, so that nothing is entered into what was wiped a moment ago without its note. */
function sinceStep(key: string, entry: StoreEntry | undefined, value: Uint8Array): StoreOperation {
  if (entry === undefined) return compareAndSet(key, value, 0);
  return { verb: "check-index", key, index: entry.index };
}

function compareAndSet(key: string, value: Uint8Array, index: number): StoreOperation {
  return { verb: "compare-and-set", key, value, index };
}

function isLook({ verb }: StoreOperation): boolean {
  return verb === "check-index";
}

const maxAttempts = 10;
