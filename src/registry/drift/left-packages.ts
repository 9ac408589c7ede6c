import type { Role } from "../store/observation.js";
import { isWithin, type Reason, windowOf } from "./answer.js";
import type { Observed } from "./observed.js";

/** What a service is to run from now on. */
export interface Next {
  readonly service: string;
  readonly packages: ReadonlySet<string>;
  /** As it was seen if not given. */
  readonly roles: readonly Role[] | undefined;
}

/** Who calls a service in packages that it serves now, and is to be deployed without: pairs of contracts do not show it. */
export function leftPackages(next: Next, observed: Observed, now: number): readonly Reason[] {
  const acts = actsIn(observed, now);
  const serving = acts.filter(({ roles }) => roles.includes("serves"));
  const left = serving.filter((act) => act.service === next.service && !isServed(act.package, next));
  return [...new Set(left.map((act) => act.package))].sort().flatMap((name) => {
    const others = serving.some((act) => act.isLive && act.package === name && act.service !== next.service);
    return callersOf(name, next.service, acts).map((caller) => toReason(name, next.service, caller, others));
  });
}

/** A service with a contract, live or seen within the window. */
interface Act {
  readonly service: string;
  readonly package: string;
  readonly fingerprint: string;
  readonly roles: readonly Role[];
  readonly isLive: boolean;
}

function actsIn(observed: Observed, now: number): readonly Act[] {
  const window = windowOf(observed);
  const live = observed.live.flatMap(({ service, contracts }) =>
    contracts.map((contract) => ({ ...contract, service, isLive: true })),
  );
  const seen = observed.seen.filter((each) => isWithin(each, window, now));
  return [...live, ...seen.map((each) => ({ ...each, isLive: false }))];
}

function isServed(name: string, { packages, roles }: Next): boolean {
  return packages.has(name) && (roles === undefined || roles.includes("serves"));
}

/** One for each service, a live one where there is one. */
function callersOf(name: string, service: string, acts: readonly Act[]): readonly Act[] {
  const callers = new Map<string, Act>();
  for (const act of acts)
    if (act.package === name && act.service !== service && act.roles.includes("calls"))
      if (!callers.has(act.service)) callers.set(act.service, act);
  return [...callers.values()];
}

function toReason(name: string, service: string, caller: Act, others: boolean): Reason {
  const { isLive, fingerprint } = caller;
  const elsewhere = others ? "; others serve it too, but nobody can tell whom it calls" : "";
  return {
    says: isLive && !others ? "no" : "unknown",
    kind: isLive ? "live" : "seen",
    message:
      `${caller.service}, ${isLive ? "live" : "seen within the window"}, calls ${name}, which ${service} serves ` +
      `and is to be deployed without${elsewhere}: give the fingerprints of all its contracts, or move the caller first`,
    service: caller.service,
    fingerprint,
  };
}
