import type { Image } from "../../image/index.js";
import { eachSubject } from "../lookup/each-subject.js";
import { loadImage } from "../lookup/load-images.js";
import type { Registry } from "../registry.js";
import { type Subject, standing } from "../store/read-subject.js";
import type { Contract, VersionRecord } from "../store/records.js";
import { type ContractElements, contractElements } from "./contract-elements.js";
import { judgePair, type PairCategory, type PairFinding } from "./judge-pair.js";
import type { Traffic } from "./talks.js";

/** What the registry knows of contracts that run somewhere. */
export interface Contracts {
  /** @returns the last version that has the contract; `undefined` when none does */
  find(contract: Contract): KnownContract | undefined;
  /** The contracts with a fingerprint: one, unless two packages are empty. */
  findFingerprint(fingerprint: string): readonly Contract[];
  /** Every contract that any version has of a package, the newest first. */
  ofPackage(name: string): readonly Contract[];
  readonly packages: readonly string[];
  /** All that a contract consists of; `undefined` when it is not known. */
  elements(contract: Contract): Promise<ContractElements | undefined>;
  /** What the reader does not understand of what the writer writes; `undefined` when one of them is not known. */
  verdict(writer: Contract, reader: Contract, traffic: Traffic): Promise<readonly PairFinding[] | undefined>;
}

/** Where a contract stands. */
export interface KnownContract {
  readonly subject: string;
  readonly seq: number;
  /** Whether the last version of the subject has it. */
  readonly current: boolean;
}

/** @param today yyyy-mm-dd */
export async function loadContracts(
  registry: Registry,
  options: { readonly category: PairCategory; readonly today: string },
): Promise<Contracts> {
  const held = await hold(eachSubject(registry.store));
  const images = remember((contract: Contract) => loadImageOf(registry, held.get(keyOf(contract))));
  const elements = remember(async (contract: Contract) => {
    const image = await images(contract);
    return image && contractElements(image, contract.package);
  });
  const verdict = async (writer: Contract, reader: Contract, traffic: Traffic) => {
    if (writer.fingerprint === reader.fingerprint && held.has(keyOf(writer))) return [];
    const [from, to] = await Promise.all([images(writer), images(reader)]);
    return from && to && judgePair(from, to, writer.package, traffic, options);
  };
  const verdicts = new Map<string, ReturnType<typeof verdict>>();
  const all = [...held.values()];
  return {
    find: (contract) => held.get(keyOf(contract)),
    findFingerprint: (fingerprint) =>
      all.filter((each) => each.contract.fingerprint === fingerprint).map(bare),
    ofPackage: (name) =>
      all
        .filter((each) => each.contract.package === name)
        .sort(newestFirst)
        .map(bare),
    packages: [...new Set(all.map(({ contract }) => contract.package))].sort(),
    elements,
    verdict: (writer, reader, traffic) => {
      // Whatever is not called is judged alike.
      const key = `${keyOf(writer)} ${reader.fingerprint} ${traffic === "requests"}`;
      const found = verdicts.get(key) ?? verdict(writer, reader, traffic);
      verdicts.set(key, found);
      return found;
    },
  };
}

interface Held extends KnownContract {
  readonly contract: Contract;
  readonly version: VersionRecord;
}

/** Every contract of every version, with the last version that has it; of one that is not deleted, if there is any. */
async function hold(subjects: AsyncIterable<Subject>): Promise<ReadonlyMap<string, Held>> {
  const held = new Map<string, Held>();
  for await (const each of subjects) {
    const { name: subject, versions } = each;
    const there = standing(each);
    const last = there.at(-1)?.seq;
    for (const version of [...versions.filter(({ deleted }) => deleted !== undefined), ...there])
      for (const contract of version.contracts) {
        const { seq } = version;
        // Of one that was deleted for good only the name is left.
        if (version.packs.length === 0 && held.has(keyOf(contract))) continue;
        held.set(keyOf(contract), { subject, seq, current: seq === last, contract, version });
      }
  }
  return held;
}

/** @returns `undefined` also for what was deleted for good */
async function loadImageOf(registry: Registry, held: Held | undefined): Promise<Image | undefined> {
  if (held === undefined || held.version.packs.length === 0) return undefined;
  return loadImage(registry, held.version);
}

/** Asks once for each contract. */
function remember<T>(ask: (contract: Contract) => Promise<T>): (contract: Contract) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (contract) => {
    const answer = answers.get(keyOf(contract)) ?? ask(contract);
    answers.set(keyOf(contract), answer);
    return answer;
  };
}

function bare({ contract }: Held): Contract {
  return contract;
}

function newestFirst(a: Held, b: Held): number {
  return b.seq - a.seq;
}

function keyOf({ package: name, fingerprint }: Contract): string {
  return `${name} ${fingerprint}`;
}
