import { Proto4Error } from "../../diagnostics/index.js";
import type { ElementFacts } from "../../gate/index.js";
import { openPacks } from "../pack/index.js";
import type { Registry } from "../registry.js";
import type { SubjectRef } from "../store/names.js";
import { standing, type Version } from "../store/read-subject.js";
import type { PackagesRecord } from "../store/records.js";
import { findElement, membersOf } from "./find-element.js";
import { loadPackages, makeOwnerFinder } from "./find-owner.js";
import { findSubject } from "./find-subject.js";
import { findVersions, type VersionsRef } from "./find-versions.js";
import { loadChain, loadPacks } from "./load-chain.js";

/** An element as several versions of a subject have it. */
export interface FoundElement extends ElementFacts {
  readonly subject: string;
  /** Numbers of the versions, the first one first, that have it with the same facts, but for its place. */
  readonly versions: readonly number[];
}

/**
 * Finds a message, enum, service or extension, or what is in one, by its full name; its package says in which subject.
 * @param ref another subject, or which of its versions to look through; all that stand if not given
 * @returns newest first, one for each time that something changed about it
 * @throws Proto4Error "symbol-missing" where no version has it; "subject-missing", and as the store does
 */
export async function findSymbol(
  registry: Registry,
  name: string,
  ref?: VersionsRef,
): Promise<readonly FoundElement[]> {
  const wanted = ref ?? (await ownerOf(registry, name));
  const versions = await versionsOf(registry, wanted);
  const found: FoundElement[] = [];
  for (const [place, packs] of (await loadPacks(registry, versions)).entries()) {
    const facts = await findElement(await openPacks(packs), name);
    if (facts !== undefined) add(found, facts, wanted.subject, versions[place]!.seq);
  }
  if (found.length > 0) return found;
  throw await missing(registry, name, wanted.subject, versions[0]);
}

async function ownerOf({ store }: Registry, name: string): Promise<SubjectRef> {
  const packages = await loadPackages(store);
  const subject = makeOwnerFinder(packages)(name);
  if (subject !== undefined) return { subject, version: undefined };
  throw noOwner(packages, name);
}

export function noOwner(packages: PackagesRecord, name: string): Proto4Error {
  const known = Object.values(packages).flat().sort();
  const some = known.slice(0, mostShown).join(", ") || "none";
  return new Proto4Error(
    "symbol-missing",
    `no subject has a package that ${name.slice(0, 200)} could be in; there are ${some}${known.length > mostShown ? ` and ${known.length - mostShown} more` : ""}`,
  );
}

/** Newest first. */
async function versionsOf({ store }: Registry, ref: VersionsRef): Promise<readonly Version[]> {
  if (!("last" in ref) && ref.version === undefined)
    return standing(await findSubject(store, ref.subject)).toReversed();
  const [found = []] = await findVersions(store, [ref]);
  return found.map(({ version }) => version);
}

function add(found: FoundElement[], facts: ElementFacts, subject: string, seq: number): void {
  const last = found.at(-1);
  if (last !== undefined && isSame(last, facts))
    found[found.length - 1] = { ...last, versions: [seq, ...last.versions] };
  else found.push({ ...facts, subject, versions: [seq] });
}

function isSame(a: ElementFacts, b: ElementFacts): boolean {
  const keys = ["kind", "path", "line", "lifecycle", "source", "sunset", "reason", "replacedBy"] as const;
  return keys.every((key) => a[key] === b[key]);
}

async function missing(
  registry: Registry,
  name: string,
  subject: string,
  last: Version | undefined,
): Promise<Proto4Error> {
  const open = last === undefined ? undefined : (await loadChain(registry, last)).open;
  const around = open?.resolve(name)?.symbol.name;
  const held = around === undefined ? [] : await membersOf(open!, around);
  const hint =
    around === undefined || around === name
      ? ""
      : `; ${around} has ${held.slice(0, mostShown).join(", ") || "nothing"}`;
  return new Proto4Error(
    "symbol-missing",
    `no version of ${subject} that was looked through has ${name.slice(0, 200)}${hint}`,
  );
}

const mostShown = 10;
