import type { Severity } from "../../gate/index.js";
import type { Role } from "../store/observation.js";
import type { Contract } from "../store/records.js";
import type { Contracts, KnownContract } from "./contracts.js";
import type { PairFinding } from "./judge-pair.js";
import type { Observed } from "./observed.js";
import { type Traffic, traffic } from "./talks.js";

/** Who runs what, and who does not get on. */
export interface Board {
  /** ISO 8601, UTC */
  readonly at: string;
  readonly environments: readonly EnvironmentBoard[];
}

export interface EnvironmentBoard {
  readonly environment: string;
  /** Since when the live records are whole; `undefined` when nobody has reported since they were wiped. */
  readonly since: string | undefined;
  /** Why somebody says that everything joins; `undefined` where nobody does. */
  readonly complete: string | undefined;
  readonly runs: readonly Run[];
  /** The gravest first. */
  readonly drifts: readonly Drift[];
}

/** The instances of a service that run one contract. */
export interface Run extends Contract {
  readonly service: string;
  readonly roles: readonly Role[];
  readonly instances: number;
  /** When the first of them was started. ISO 8601, UTC */
  readonly since: string;
  /** `undefined` when no version of the registry has the contract. */
  readonly known: KnownContract | undefined;
}

/** Something that runs and does not fit. */
export interface Drift {
  /** What does not arrive; "unknown" for a contract that the registry does not hold, so that nobody can tell. */
  readonly traffic: Traffic | "unknown";
  readonly package: string;
  readonly from: Run;
  /** Who does not understand it; the same as `from` for an unknown contract. */
  readonly to: Run;
  readonly severity: Severity;
  readonly findings: readonly PairFinding[];
  /** The severity times the instances on both sides. */
  readonly weight: number;
  /** Since when both sides have been there. ISO 8601, UTC */
  readonly since: string;
}

/** @param now milliseconds since 1970 */
export async function buildBoard(
  observed: readonly Observed[],
  contracts: Contracts,
  now: number,
): Promise<Board> {
  const environments = await Promise.all(observed.map((each) => buildEnvironment(each, contracts)));
  return { at: new Date(now).toISOString(), environments };
}

/** Whether there is drift of a severity or graver. */
export function worstDrift({ environments }: Board): Severity | undefined {
  const found = new Set(environments.flatMap(({ drifts }) => drifts.map(({ severity }) => severity)));
  return (["error", "warning", "info"] as const).find((severity) => found.has(severity));
}

async function buildEnvironment(observed: Observed, contracts: Contracts): Promise<EnvironmentBoard> {
  const { environment, liveSince, said } = observed;
  const runs = findRuns(observed, contracts);
  const meetings = findMeetings(runs);
  const pairs = await judgeMeetings(meetings, contracts);
  const unknown = runs.filter(({ known }) => known === undefined).map(unknownDrift);
  const drifts = [...pairs, ...unknown].sort(gravestFirst);
  return { environment, since: liveSince, complete: said?.complete?.reason, runs, drifts };
}

/** By service, package, and when the first of them was started. */
function findRuns({ live }: Observed, contracts: Contracts): readonly Run[] {
  const runs = new Map<string, Run>();
  for (const { service, started, contracts: all } of live)
    for (const { package: name, fingerprint, roles } of all) {
      const key = [service, name, fingerprint, ...roles].join(" ");
      const run = runs.get(key);
      const since = run === undefined || started < run.since ? started : run.since;
      const known = run === undefined ? contracts.find({ package: name, fingerprint }) : run.known;
      const instances = (run?.instances ?? 0) + 1;
      runs.set(key, { service, package: name, fingerprint, roles, instances, since, known });
    }
  return [...runs.values()].sort(
    (a, b) => compare(a.service, b.service) || compare(a.package, b.package) || compare(a.since, b.since),
  );
}

/** Something that goes from one run to another that has a different contract. */
interface Meeting {
  readonly what: Traffic;
  readonly from: Run;
  readonly to: Run;
}

function findMeetings(runs: readonly Run[]): readonly Meeting[] {
  return runs.flatMap((from) =>
    runs
      .filter((to) => from.package === to.package && from.fingerprint !== to.fingerprint)
      .flatMap((to) => traffic(from.roles, to.roles).map((what) => ({ what, from, to }))),
  );
}

/** Runs are many, contracts few: each pair is judged once, and only then are the meetings gone through. */
async function judgeMeetings(meetings: readonly Meeting[], contracts: Contracts): Promise<readonly Drift[]> {
  const keyOf = ({ what, from, to }: Meeting) =>
    `${from.package} ${from.fingerprint} ${to.fingerprint} ${what}`;
  const distinct = new Map(meetings.map((meeting) => [keyOf(meeting), meeting]));
  const verdicts = new Map<string, readonly PairFinding[]>();
  for (const [key, { what, from, to }] of distinct)
    verdicts.set(key, (await contracts.verdict(from, to, what)) ?? []);
  return meetings.flatMap((meeting) => {
    const findings = verdicts.get(keyOf(meeting)) ?? [];
    const severity = worst(findings);
    return severity === undefined
      ? []
      : [toDrift(meeting.what, meeting.from, meeting.to, severity, findings)];
  });
}

/** The gravest of some findings. */
export function worst(findings: readonly PairFinding[]): Severity | undefined {
  return (["error", "warning", "info"] as const).find((each) =>
    findings.some(({ severity }) => severity === each),
  );
}

function unknownDrift(run: Run): Drift {
  return toDrift("unknown", run, run, "warning", []);
}

function toDrift(
  what: Drift["traffic"],
  from: Run,
  to: Run,
  severity: Severity,
  findings: readonly PairFinding[],
): Drift {
  const instances = from === to ? from.instances : from.instances + to.instances;
  const [, since = ""] = [from.since, to.since].sort();
  const weight = weights[severity] * instances;
  return { traffic: what, package: from.package, from, to, severity, findings, weight, since };
}

function gravestFirst(a: Drift, b: Drift): number {
  return b.weight - a.weight || compare(a.since, b.since) || compare(a.from.service, b.from.service);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One error among two instances outweighs any crowd that only passes fields over. */
const weights: Readonly<Record<Severity, number>> = { error: 100, warning: 10, info: 1 };
