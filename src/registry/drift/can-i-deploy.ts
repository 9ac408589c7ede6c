import { Proto4Error } from "../../diagnostics/index.js";
import { roles as allRoles, type Role, type RunContract } from "../store/observation.js";
import { checkName } from "../store/observation-keys.js";
import { type Answer, conclude, coverage, isWithin, type Reason, windowOf } from "./answer.js";
import { worst } from "./board.js";
import { versionOf } from "./can-i-remove.js";
import type { Contracts } from "./contracts.js";
import type { PairFinding } from "./judge-pair.js";
import { leftPackages } from "./left-packages.js";
import type { Observed } from "./observed.js";
import { type Traffic, traffic } from "./talks.js";

/** What is to be deployed. */
export interface Deployment {
  readonly service: string;
  /** Of all its contracts: what is not among them it runs no more. */
  readonly fingerprints: readonly string[];
  /** What it does with its contracts; those it was seen with if not given, or all. */
  readonly roles?: readonly Role[] | undefined;
}

/**
 * Whether a service may come into an environment with some contracts. No when something that runs there does not get
 * on with it, in a direction in which they talk, or calls what it serves no more; unknown when that is so of what ran within the window, and while
 * nobody can tell; yes otherwise.
 * @throws Proto4Error "usage"
 */
export async function canIDeploy(
  { service, fingerprints, roles }: Deployment,
  observed: Observed,
  contracts: Contracts,
  now: number,
): Promise<Answer> {
  checkName("service", service);
  const reasons: Reason[] = [];
  const packages = new Set<string>();
  for (const fingerprint of fingerprints) {
    checkFingerprint(fingerprint);
    const found = contracts.findFingerprint(fingerprint);
    if (found.length === 0) reasons.push(notHeld(fingerprint));
    for (const contract of found) {
      packages.add(contract.package);
      const mine = { ...contract, roles: roles ?? seenRoles(observed, service, contract.package) };
      reasons.push(...(await peerReasons(service, mine, observed, contracts, now)));
    }
  }
  const left = leftPackages({ service, packages, roles }, observed, now);
  return conclude([...reasons, ...left, ...coverage(observed, now)]);
}

async function peerReasons(
  service: string,
  mine: RunContract,
  observed: Observed,
  contracts: Contracts,
  now: number,
): Promise<readonly Reason[]> {
  const window = windowOf(observed);
  const live = observed.live.flatMap((each) =>
    each.contracts.map((contract) => ({ service: each.service, contract })),
  );
  const seen = observed.seen.filter((each) => isWithin(each, window, now));
  const peers = [
    ...group(live).map((peer) => ({ ...peer, isLive: true })),
    ...seen.map((each) => ({ service: each.service, contract: each, instances: 0, isLive: false })),
  ].filter(({ contract }) => contract.package === mine.package && contract.fingerprint !== mine.fingerprint);
  const judged = await Promise.all(peers.map((peer) => judgePeer(service, mine, peer, contracts)));
  return judged.flat();
}

interface Peer {
  readonly service: string;
  readonly contract: RunContract;
  readonly instances: number;
  readonly isLive: boolean;
}

async function judgePeer(
  service: string,
  mine: RunContract,
  peer: Peer,
  contracts: Contracts,
): Promise<readonly Reason[]> {
  const { contract, isLive, instances } = peer;
  const facts = {
    service: peer.service,
    fingerprint: contract.fingerprint,
    ...(isLive ? { instances } : {}),
  };
  const there = `${peer.service}, ${isLive ? `${instances} live` : "seen within the window"} on ${versionOf(contracts.find(contract), contract)}`;
  const reasons: Reason[] = [];
  const say = async (what: Traffic, from: RunContract, to: RunContract, whose: string) => {
    const findings = await contracts.verdict(from, to, what);
    if (findings === undefined)
      reasons.push({
        says: "unknown",
        kind: "contract-unknown",
        message: `nobody can tell of ${whose}`,
        ...facts,
      });
    else if (worst(findings) === "error")
      reasons.push({
        says: isLive ? "no" : "unknown",
        kind: isLive ? "live" : "seen",
        message: `not understood are ${whose}: ${tellFindings(findings)}`,
        ...facts,
      });
  };
  for (const what of traffic(mine.roles, contract.roles))
    await say(what, mine, contract, `the ${what} that ${service} sends to ${there}`);
  for (const what of traffic(contract.roles, mine.roles))
    await say(what, contract, mine, `the ${what} that ${service} gets from ${there}`);
  return reasons;
}

function tellFindings(findings: readonly PairFinding[]): string {
  const errors = findings.filter(({ severity }) => severity === "error");
  const told = errors.slice(0, 3).map(({ rule, message }) => `${rule} ${message}`);
  return errors.length > 3 ? `${told.join("; ")}; and ${errors.length - 3} more` : told.join("; ");
}

function group(live: readonly { readonly service: string; readonly contract: RunContract }[]) {
  const groups = new Map<string, { service: string; contract: RunContract; instances: number }>();
  for (const { service, contract } of live) {
    const key = [service, contract.package, contract.fingerprint, ...contract.roles].join(" ");
    groups.set(key, { service, contract, instances: (groups.get(key)?.instances ?? 0) + 1 });
  }
  return [...groups.values()];
}

/** Whoever was never seen may do anything. */
function seenRoles({ live, seen }: Observed, service: string, packageName: string): readonly Role[] {
  const running = live.filter((each) => each.service === service).flatMap(({ contracts }) => contracts);
  const all = [...running, ...seen.filter((each) => each.service === service)];
  const found = new Set(all.filter((each) => each.package === packageName).flatMap(({ roles }) => roles));
  return found.size === 0 ? allRoles : [...found];
}

function notHeld(fingerprint: string): Reason {
  const message = `no version of the registry has the contract ${fingerprint}: push it first`;
  return { says: "unknown", kind: "contract-unknown", message, fingerprint };
}

function checkFingerprint(fingerprint: string): void {
  if (!/^[0-9a-f]{64}$/.test(fingerprint))
    throw new Proto4Error(
      "usage",
      `"${fingerprint.slice(0, 80)}" is no fingerprint: 64 hexadecimal digits, as "proto4 registry show" prints them`,
    );
}
