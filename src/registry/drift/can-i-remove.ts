import { editDistance, Proto4Error } from "../../diagnostics/index.js";
import { type Answer, conclude, coverage, isWithin, type Reason, windowOf } from "./answer.js";
import type { Contracts, KnownContract } from "./contracts.js";
import type { Observed, SeenService } from "./observed.js";
import { has, speech } from "./speaks.js";

/**
 * Whether an element may leave its contract as far as an environment goes. No while something runs that speaks it;
 * unknown while something did within the window, or while nobody can tell; yes otherwise.
 * @param now milliseconds since 1970
 * @throws Proto4Error "usage" when no version of any contract has the element
 */
export async function canIRemove(
  element: string,
  observed: Observed,
  contracts: Contracts,
  now: number,
): Promise<Answer> {
  await checkElement(element, contracts);
  const sinceWhen = now - windowOf(observed);
  const live = await liveReasons(element, observed, contracts, sinceWhen);
  const seen = await seenReasons(element, observed, contracts, now);
  return conclude([...live, ...seen, ...coverage(observed, now)]);
}

async function liveReasons(element: string, observed: Observed, contracts: Contracts, sinceWhen: number) {
  const reasons: Reason[] = [];
  for (const { service, fingerprint, package: name, instances } of running(observed)) {
    const contract = { package: name, fingerprint };
    const record = recordOf(observed, service, contract);
    const said = await speech(element, contract, contracts, record, sinceWhen);
    const { speaks, because } = said;
    const who = `${service}, ${instances} live on ${versionOf(contracts.find(contract), contract)}`;
    const facts = { service, fingerprint, instances };
    if (speaks === true)
      reasons.push({ says: "no", kind: "live", message: `${who}, speaks it: ${because}`, ...facts });
    if (speaks === undefined)
      reasons.push({ says: "unknown", kind: "contract-unknown", message: `${who}: ${because}`, ...facts });
    if (said.speaks === false && said.counted)
      reasons.push({ says: "yes", kind: "live", message: `${who}: ${because}`, ...facts });
  }
  return reasons;
}

async function seenReasons(element: string, observed: Observed, contracts: Contracts, now: number) {
  const reasons: Reason[] = [];
  const window = windowOf(observed);
  for (const record of observed.seen) {
    const { service, fingerprint, last, due } = record;
    const { speaks, because } = await speech(element, record, contracts, record, now - window);
    const until = Date.parse(due) > now ? `, and may run until ${due}` : "";
    const who = `${service}, seen last at ${last}${until} on ${versionOf(contracts.find(record), record)}`;
    const facts = { service, fingerprint };
    if (!isWithin(record, window, now)) {
      if (speaks === true)
        reasons.push({ says: "yes", kind: "seen", message: `${who}, spoke it before the window`, ...facts });
    } else if (speaks === true)
      reasons.push({ says: "unknown", kind: "seen", message: `${who}, speaks it: ${because}`, ...facts });
    else if (speaks === undefined)
      reasons.push({ says: "unknown", kind: "contract-unknown", message: `${who}: ${because}`, ...facts });
  }
  return reasons;
}

/** Services with a contract, and how many instances run it. */
function running({ live }: Observed) {
  const found = new Map<
    string,
    { service: string; package: string; fingerprint: string; instances: number }
  >();
  for (const { service, contracts } of live)
    for (const { package: name, fingerprint } of contracts) {
      const key = `${service} ${name} ${fingerprint}`;
      const instances = (found.get(key)?.instances ?? 0) + 1;
      found.set(key, { service, package: name, fingerprint, instances });
    }
  return [...found.values()];
}

function recordOf(
  { seen }: Observed,
  service: string,
  contract: { readonly fingerprint: string },
): SeenService | undefined {
  return seen.find((each) => each.service === service && each.fingerprint === contract.fingerprint);
}

/** `shop/api@3`, or the contract by itself. */
export function versionOf(
  known: KnownContract | undefined,
  contract: { readonly package: string; readonly fingerprint: string },
): string {
  return known === undefined
    ? `${contract.package} ${contract.fingerprint.slice(0, 16)}, unknown to the registry`
    : `${known.subject}@${known.seq}`;
}

async function checkElement(element: string, contracts: Contracts): Promise<void> {
  const around = contracts.packages.filter((name) => isNear(element, name));
  const names = new Set<string>(contracts.packages);
  for (const contract of around.flatMap((name) => contracts.ofPackage(name))) {
    const elements = (await contracts.elements(contract)) ?? new Map();
    if (has(elements, element)) return;
    for (const name of elements.keys()) names.add(name);
  }
  const near = [...names]
    .map((name) => [editDistance(name, element), name] as const)
    .sort(([a], [b]) => a - b);
  const like = near.slice(0, 3).map(([, name]) => name);
  throw new Proto4Error(
    "usage",
    `no version of any contract has ${element.slice(0, 200)}: give the full name of a package, message, field, enum, value, service or method${like.length === 0 ? "" : `, such as ${like.join(", ")}`}`,
  );
}

/** Its own package, one inside, or one that is spelled much the same. */
function isNear(element: string, packageName: string): boolean {
  if (element.startsWith(`${packageName}.`) || `${packageName}.`.startsWith(`${element}.`)) return true;
  const parts = packageName.split(".").length;
  return editDistance(element.split(".").slice(0, parts).join("."), packageName) <= 2;
}
