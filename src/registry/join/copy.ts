import { createHash } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../../files/index.js";
import type { JoinPlan } from "./request.js";
import type { Standing } from "./standing.js";

/** The last answer of the registry, with the moment it was given: ISO 8601, UTC. */
export interface Answer {
  readonly at: string;
  readonly standings: readonly Standing[];
}

/**
 * Keeps an answer beside the service, whole or not at all.
 * @param run part of the name of the file while it is written: two processes may keep one folder
 */
export async function keepAnswer(folder: string, plan: JoinPlan, answer: Answer, run: string): Promise<void> {
  const body = JSON.stringify({ store: plan.store, ...answer });
  const path = pathIn(folder, plan);
  const partial = `${path}.${run}`;
  await makeFolder(folder);
  try {
    await writeFile(partial, JSON.stringify({ digest: digestOf(body), body }), { flag: "wx", mode: 0o600 });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

/**
 * @returns `undefined` unless the folder holds a whole answer of this store about these very contracts, all known
 */
export async function findAnswer(folder: string, plan: JoinPlan): Promise<Answer | undefined> {
  try {
    const path = pathIn(folder, plan);
    const { size } = await stat(path);
    return size > mostBytes ? undefined : check(await readFile(path, "utf8"), plan);
  } catch {
    return undefined; // not there, not to be read, or no JSON: all the same to a service that starts
  }
}

/** What is kept may be damaged, be another's or have been written by anybody: only what fits is taken. */
function check(text: string, plan: JoinPlan): Answer | undefined {
  const { digest, body } = JSON.parse(text);
  if (typeof body !== "string" || digest !== digestOf(body)) return undefined;
  const { store, at, standings } = JSON.parse(body);
  const dated = typeof at === "string" && !Number.isNaN(Date.parse(at));
  if (store !== plan.store || !dated || !Array.isArray(standings)) return undefined;
  const fitting = plan.contracts.flatMap((contract) => {
    const standing = standings.find((each) => isStanding(each) && each.fingerprint === contract.fingerprint);
    return standing?.package === contract.package ? [standing] : [];
  });
  return fitting.length === plan.contracts.length ? { at, standings: fitting } : undefined;
}

function isStanding(value: unknown): value is Standing {
  const { package: name, fingerprint, subject, versions, head, current, message } = Object(value);
  const texts = [name, fingerprint, subject, message].every((each) => typeof each === "string");
  const isSeq = (each: unknown) => Number.isSafeInteger(each) && Number(each) > 0;
  const numbered = Array.isArray(versions) && versions.length > 0 && versions.every(isSeq);
  return texts && numbered && isSeq(head) && typeof current === "boolean";
}

/** One file for each store and set of packages: the next release of a service takes the place of the last one. */
function pathIn(folder: string, { store, contracts }: JoinPlan): string {
  const packages = contracts.map((contract) => contract.package).sort();
  return join(folder, `join-${digestOf(JSON.stringify([store, packages])).slice(0, 16)}.json`);
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

const mostBytes = 1_000_000;
