import { Proto4Error } from "../diagnostics/index.js";
import { checkSubject } from "./store/names.js";
import { openStore } from "./store/open-store.js";
import { loadSubject, type Subject } from "./store/read-subject.js";
import type { Contract } from "./store/records.js";

export type { Contract } from "./store/records.js";

/** What a service says of itself when it starts. */
export interface JoinRequest {
  /** `consul://HOST:PORT[/prefix]` or `lmdb:PATH` */
  readonly store: string;
  /** An ACL token for Consul. */
  readonly token?: string;
  /** `owner/name`, under which the contract was pushed. */
  readonly subject: string;
  /** The package and the fingerprint in the code that was generated from it. */
  readonly contract: Contract;
  /** What a contract that the registry does not hold means: "fail" throws (the default), "warn" returns. */
  readonly policy?: "fail" | "warn";
}

/** Where a service's contract stands in the registry. */
export interface Joined {
  /** Numbers of the versions with this very contract, the first one first; none when it is unknown. */
  readonly versions: readonly number[];
  /** Number of the last version; `undefined` when the registry has no such subject. */
  readonly head: number | undefined;
  /** Whether the last version has this very contract. */
  readonly current: boolean;
  /** For a log: what was found, and what to do where something is to be done. */
  readonly message: string;
}

/**
 * Verifies, when a service starts, that the registry holds the contract its code was generated from.
 * @param now milliseconds since 1970
 * @throws Proto4Error "contract-unknown" under the policy "fail"; what stores throw under either
 */
export async function join(request: JoinRequest, now: () => number = Date.now): Promise<Joined> {
  checkSubject(request.subject);
  const store = await openStore(request.store, { now, token: request.token });
  try {
    const joined = judge(request, await loadSubject(store, request.subject));
    if (joined.versions.length > 0 || request.policy === "warn") return joined;
    throw new Proto4Error("contract-unknown", joined.message);
  } finally {
    await store.close();
  }
}

function judge({ subject: name, contract }: JoinRequest, subject: Subject | undefined): Joined {
  if (subject === undefined)
    return {
      versions: [],
      head: undefined,
      current: false,
      message: `the registry has no subject ${name}: push it first, or correct the name`,
    };
  const head = subject.head.seq;
  const versions = subject.versions.filter(({ contracts }) =>
    contracts.some((each) => equals(each, contract)),
  );
  const current = versions.at(-1)?.seq === head;
  const numbers = versions.map(({ seq }) => seq);
  return { versions: numbers, head, current, message: tell(subject, contract, numbers, current) };
}

function equals(a: Contract, b: Contract): boolean {
  return a.package === b.package && a.fingerprint === b.fingerprint;
}

function tell(
  { name, head, versions }: Subject,
  contract: Contract,
  found: readonly number[],
  current: boolean,
): string {
  if (current) return `${contract.package} is that of ${name}@${head.seq}, the last version`;
  const last = found.at(-1);
  if (last !== undefined)
    return `${contract.package} is that of ${name}@${last}; the last version is ${head.seq}`;
  const holding = versions.at(-1)?.contracts ?? [];
  const same = holding.find((each) => each.package === contract.package);
  return same === undefined
    ? `${name}@${head.seq} has no package ${contract.package}, but ${holding.map((each) => each.package).join(", ")}: correct the subject or the package`
    : `no version of ${name} has ${contract.package} with fingerprint ${contract.fingerprint}; version ${head.seq}, the last, has ${same.fingerprint}: push the contract, or generate the code from what "proto4 registry pull ${name}" writes`;
}
