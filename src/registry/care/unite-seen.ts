import type { SeenRecord } from "../store/observation.js";

type Times = Readonly<Record<string, string>>;

/**
 * What two registries know of one service with one contract. Whoever asks whether something is still used has to hear
 * of the later sighting, whichever of them saw it.
 */
export function uniteSeen(a: SeenRecord, b: SeenRecord): SeenRecord {
  return {
    package: a.package,
    fingerprint: a.fingerprint,
    roles: [...new Set([...a.roles, ...b.roles])].sort(),
    first: [a.first, b.first].sort()[0]!,
    last: latest(a.last, b.last),
    due: latest(a.due, b.due),
    // What only one of them counts may have been used with the other, uncounted.
    counted: uniteTimes(a.counted, b.counted, (name) => has(a.counted, name) && has(b.counted, name)),
    used: uniteTimes(a.used, b.used, () => true),
  };
}

function uniteTimes(a: Times, b: Times, isKept: (name: string) => boolean): Times {
  const times = new Map<string, string>();
  for (const [name, time] of [...Object.entries(a), ...Object.entries(b)])
    if (isKept(name)) times.set(name, latest(times.get(name) ?? "", time));
  return Object.fromEntries([...times].sort(([x], [y]) => (x < y ? -1 : 1)));
}

/** ISO 8601 in UTC, whose order as text is that of time. */
function latest(...times: readonly string[]): string {
  return [...times].sort().at(-1)!;
}

function has(times: Times, name: string): boolean {
  return Object.hasOwn(times, name);
}
