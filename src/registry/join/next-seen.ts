import type { RunContract, SeenRecord } from "../store/observation.js";

/** What an instance knows when it looks at the record of its service and contract. */
export interface Sighting {
  readonly contract: RunContract;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Milliseconds between two looks. */
  readonly every: number;
  readonly counts: readonly string[];
  /** Elements used since the last report. */
  readonly used: readonly string[];
  /** Whether the instance ends: then it will not look again. */
  readonly leaving: boolean;
}

/**
 * What the record is to say after a sighting. All instances of a service that run one contract share it, so most find
 * that it says enough already.
 * @returns `undefined` when nothing is to be written
 */
export function nextSeen(before: SeenRecord | undefined, sighting: Sighting): SeenRecord | undefined {
  const { contract, now, every, leaving } = sighting;
  // A clock that lags behind another instance's takes nothing back.
  const at = Math.max(now, time(before?.last));
  const used = nextUsed(before, sighting, at);
  const after: SeenRecord = {
    package: contract.package,
    fingerprint: contract.fingerprint,
    roles: [...new Set([...(before?.roles ?? []), ...contract.roles])],
    first: before?.first ?? iso(at),
    last: iso(at),
    // Whoever looks every so often finds it due in time, also if one look fails.
    due: iso(Math.max(time(before?.due), leaving ? at : at + 2 * every)),
    // Where there are too many to keep, counting begins anew: then what is not among them says nothing.
    ...(JSON.stringify(used).length > mostCharacters
      ? { counted: {}, used: {} }
      : { counted: nextCounted(before, sighting, at), used }),
  };
  return before !== undefined && saysEnough(before, after, sighting) ? undefined : after;
}

/** Whether an element is one of a scope or lies in it. */
export function isIn(name: string, scope: string): boolean {
  return name === scope || name.startsWith(`${scope}.`);
}

/** Whether the use of an element is to be told before the next sighting would: nobody knows of it yet, or no longer. */
export function isNews(before: SeenRecord | undefined, name: string, now: number, every: number): boolean {
  return time(before?.used[name]) < now - 1.5 * every;
}

function saysEnough(before: SeenRecord, after: SeenRecord, { now, every, leaving }: Sighting): boolean {
  const inTime = leaving ? before.last === after.last : time(before.due) >= now + 1.25 * every;
  const same = <T extends object>(a: T, b: T) => JSON.stringify(a) === JSON.stringify(b);
  const fresh = Object.entries(after.used).every(
    ([name, last]) => time(before.used[name]) > time(last) - 0.7 * every,
  );
  return inTime && fresh && same(before.roles, after.roles) && same(before.counted, after.counted);
}

/**
 * A scope is counted as long as every instance counts it. One that does not takes it out at its next look, which is
 * before the record is due: so whoever begins to count says so from then on.
 */
function nextCounted(before: SeenRecord | undefined, { counts }: Sighting, at: number) {
  const elder = Object.entries(before?.counted ?? {});
  const kept = elder.filter(([scope]) => counts.some((mine) => isIn(scope, mine)));
  const begun = counts.map((mine) => {
    const around = elder.find(([scope]) => isIn(mine, scope));
    return [mine, around?.[1] ?? iso(Math.max(at, time(before?.due)))] as const;
  });
  return sorted([...begun, ...kept]);
}

function nextUsed(before: SeenRecord | undefined, { used }: Sighting, at: number) {
  const told = used.map((name) => [name, iso(at)] as const);
  return sorted([...Object.entries(before?.used ?? {}), ...told]);
}

function sorted(entries: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  return Object.fromEntries([...new Map(entries)].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function time(text: string | undefined): number {
  return text === undefined ? 0 : Date.parse(text);
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** Of a value's 524,288 bytes, with room for base64 and what else is in its transaction. */
const mostCharacters = 200_000;
