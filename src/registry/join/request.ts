import { Proto4Error } from "../../diagnostics/index.js";
import { checkSubject } from "../store/names.js";
import { type Role, roles } from "../store/observation.js";
import { checkName } from "../store/observation-keys.js";
import type { Contract } from "../store/records.js";
import type { StoreTls } from "../store/store.js";

/** What a service says of itself when it starts. */
export interface JoinRequest {
  /** `consul://HOST:PORT[/prefix][?dc=NAME]` or `lmdb:PATH` */
  readonly store: string;
  /** An ACL token for Consul. */
  readonly token?: string | undefined;
  /** What is trusted and shown where Consul is spoken to over TLS. */
  readonly tls?: StoreTls | undefined;
  /** `owner/name`, under which the contracts were pushed that do not name another. */
  readonly subject?: string | undefined;
  /** The one contract that the service runs, in place of `contracts`. */
  readonly contract?: JoinContract | undefined;
  readonly contracts?: readonly JoinContract[] | undefined;
  /** What a contract that the registry does not hold means, and a registry that is away: "fail" throws (the default), "warn" goes on. */
  readonly policy?: "fail" | "warn" | undefined;
  /** Under which name its instances report what they run; without it, nothing is reported. */
  readonly service?: string | undefined;
  /** Where it runs, such as `production`. */
  readonly environment?: string | undefined;
  /** Tells this instance from the others of the service; a random one if not given. */
  readonly instance?: string | undefined;
  /** Messages and packages of which the service tells all uses, by `used`, from its start. */
  readonly counts?: readonly string[] | undefined;
  /** A folder that outlives a restart: with the last answer in it, a service starts while the registry is away. */
  readonly folder?: string | undefined;
  /** Called with a sentence for the log whenever something has changed. */
  readonly onChange?: ((message: string) => void) | undefined;
  /** Seconds that a start waits for a registry that does not answer, 0.1 to 60; 5 if not given. */
  readonly patience?: number | undefined;
  /** Seconds after which an instance that is heard of no more is gone, 10 at least; 30 if not given. */
  readonly lease?: number | undefined;
  /** Seconds between two entries into what is kept for good; 600 if not given. */
  readonly seenEvery?: number | undefined;
}

/** A package, and the fingerprint in the code that was generated from it. */
export interface JoinContract extends Contract {
  /** Another one than the request's. */
  readonly subject?: string | undefined;
  /** What the service does with it; everything if not given. */
  readonly role?: Role | readonly Role[] | undefined;
}

/** A request that was checked, with what was not said filled in. */
export interface JoinPlan {
  readonly store: string;
  readonly token: string | undefined;
  readonly tls: StoreTls | undefined;
  readonly contracts: readonly PlannedContract[];
  readonly policy: "fail" | "warn";
  readonly folder: string | undefined;
  readonly onChange: (message: string) => void;
  readonly patienceMilliseconds: number;
  /** `undefined` where nothing is to be reported. */
  readonly reporting: Reporting | undefined;
}

export interface PlannedContract extends Contract {
  readonly subject: string | undefined;
  readonly roles: readonly Role[];
}

/** What an instance reports, and how often. */
export interface Reporting {
  readonly environment: string;
  readonly service: string;
  readonly instance: string;
  readonly contracts: readonly PlannedContract[];
  readonly counts: readonly string[];
  readonly leaseSeconds: number;
  readonly seenMilliseconds: number;
}

/** @throws Proto4Error "usage", "subject-invalid" */
export function checkRequest(request: JoinRequest, random: () => number): JoinPlan {
  const { store, token, tls, policy = "fail", folder, onChange = () => {}, patience = 5 } = request;
  const contracts = checkContracts(request);
  if (policy !== "fail" && policy !== "warn") throw usage(`the policy is "fail" or "warn", not "${policy}"`);
  if (!(patience >= 0.1 && patience <= 60)) throw usage(`the patience is 0.1 to 60 seconds, not ${patience}`);
  const reporting = checkReporting(request, contracts, random);
  const patienceMilliseconds = Math.round(patience * 1000);
  return { store, token, tls, contracts, policy, folder, onChange, patienceMilliseconds, reporting };
}

function checkContracts({ contract, contracts, subject }: JoinRequest): readonly PlannedContract[] {
  const all = contracts ?? (contract === undefined ? [] : [contract]);
  if (contract !== undefined && contracts !== undefined)
    throw usage("give either contract or contracts to join");
  if (all.length === 0 || all.length > mostContracts)
    throw usage(`a service joins with 1 to ${mostContracts} contracts, not ${all.length}`);
  if (new Set(all.map((each) => each.package)).size < all.length)
    throw usage("a package is there twice among the contracts: a service runs one contract of a package");
  return all.map((each) => planContract(each, subject));
}

function planContract(contract: JoinContract, subject = contract.subject): PlannedContract {
  const { package: name, fingerprint, role = roles } = contract;
  const named = contract.subject ?? subject;
  if (named !== undefined) checkSubject(named);
  if (!/^[0-9a-f]{64}$/.test(fingerprint))
    throw usage(
      `"${String(fingerprint).slice(0, 80)}" is no fingerprint of ${name}: take the one that the generated code exports`,
    );
  const asked = [role].flat();
  const strange = asked.find((each) => !roles.includes(each));
  if (strange !== undefined || asked.length === 0)
    throw usage(`"${strange ?? ""}" is no role in ${name}: ${roles.join(", ")} are`);
  return { package: name, fingerprint, subject: named, roles: roles.filter((each) => asked.includes(each)) };
}

function checkReporting(
  request: JoinRequest,
  contracts: readonly PlannedContract[],
  random: () => number,
): Reporting | undefined {
  const { service, environment, counts = [], lease = 30, seenEvery = 600 } = request;
  if (service === undefined && environment === undefined) {
    if (counts.length > 0) throw usage("counts needs a service and an environment to be reported under");
    return undefined;
  }
  if (service === undefined || environment === undefined)
    throw usage(
      `to report what runs, join needs service and environment, not ${service ? "service" : "environment"} alone`,
    );
  const { instance = randomName(random) } = request;
  checkName("environment", environment);
  checkName("service", service);
  checkName("instance", instance);
  checkCounts(counts);
  if (!Number.isInteger(lease) || lease < 10 || lease > 3600)
    throw usage(`a lease lasts 10 to 3600 whole seconds, not ${lease}`);
  if (!(seenEvery >= 1 && seenEvery <= 86_400))
    throw usage(`seenEvery is 1 to 86400 seconds, not ${seenEvery}`);
  const seenMilliseconds = Math.round(seenEvery * 1000);
  return { environment, service, instance, contracts, counts, leaseSeconds: lease, seenMilliseconds };
}

function checkCounts(counts: readonly string[]): void {
  if (counts.length > mostCounts) throw usage(`a service counts at most ${mostCounts} messages and packages`);
  const strange = counts.find((name) => !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(name) || name.length > 300);
  if (strange !== undefined)
    throw usage(`"${strange.slice(0, 80)}" is no full name of a message or package, as in shop.v3.User`);
}

/** 16 letters and digits. */
export function randomName(random: () => number): string {
  const digit = () => "0123456789abcdefghijklmnopqrstuvwxyz"[Math.floor(random() * 36)] ?? "0";
  return Array.from({ length: 16 }, digit).join("");
}

function usage(message: string): Proto4Error {
  return new Proto4Error("usage", message);
}

const mostContracts = 100;
const mostCounts = 100;
