import { readFile } from "node:fs/promises";
import { oneLine, Proto4Error } from "../diagnostics/index.js";
import {
  type AuditRecord,
  approve as approveFinding,
  auditTrail,
  deleteVersion,
  findSightings,
  findSubject,
  loadAllObserved,
  parseSubjectRef,
  removeLabel,
  restoreVersion,
  revoke as revokeApproval,
  type SubjectPolicy,
  setLabel,
  setPolicy,
  type Version,
} from "../registry/index.js";
import { actor } from "./actor.js";
import { forcedBy } from "./registry-push.js";
import { type StoreFlags, using } from "./with-store.js";

/** `proto4 registry label` */
export async function label(ref: string, name: string, flags: StoreFlags): Promise<void> {
  const wanted = parseSubjectRef(ref);
  await using(flags, false, async ({ store }) => {
    const seq = await setLabel(store, wanted, name, actor());
    process.stdout.write(`${name} stands at ${wanted.subject}@${seq}\n`);
  });
}

/** `proto4 registry unlabel` */
export async function unlabel(subject: string, name: string, flags: StoreFlags): Promise<void> {
  await using(flags, false, async ({ store }) => {
    await removeLabel(store, subject, name, actor());
    process.stdout.write(`${subject} has no label ${name} any more\n`);
  });
}

/** `proto4 registry approve` */
export async function approve(
  subject: string,
  finding: string,
  flags: StoreFlags & { readonly reason: string; readonly expires?: string },
): Promise<void> {
  const { reason, expires } = flags;
  await using(flags, false, async ({ store }) => {
    await approveFinding(store, { subject, finding, reason, expires, ...actor() });
    const until = expires === undefined ? "" : ` until ${expires}`;
    process.stdout.write(`pushes to ${subject} pass over ${finding}${until}\n`);
  });
}

/** `proto4 registry revoke` */
export async function revoke(subject: string, finding: string, flags: StoreFlags): Promise<void> {
  await using(flags, false, async ({ store }) => {
    await revokeApproval(store, { subject, finding, ...actor() });
    process.stdout.write(`pushes to ${subject} are stopped by ${finding} again\n`);
  });
}

/** What `proto4 registry policy` is told. */
export interface PolicyFlags extends StoreFlags {
  readonly category?: readonly string[];
  readonly direction?: string;
  readonly config?: string;
  readonly reset?: boolean;
}

/** `proto4 registry policy`: prints it, changed or not. */
export async function policy(subject: string, flags: PolicyFlags): Promise<void> {
  const { category: categories, direction, config, reset = false } = flags;
  const text = config === undefined ? undefined : await read(config);
  const nothing = { categories: [], direction: "", config: "" };
  const change = { ...(reset ? nothing : {}), ...given({ categories, direction, config: text }) };
  await using(flags, false, async ({ store }) => {
    const result =
      Object.keys(change).length === 0
        ? (await findSubject(store, subject)).head.policy
        : await setPolicy(store, subject, change, actor());
    process.stdout.write(describePolicy(subject, result));
  });
}

function given(policy: SubjectPolicy): SubjectPolicy {
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined));
}

async function read(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause) => {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new Proto4Error("config-invalid", `this file cannot be read: ${said}`, {
      location: { path },
      cause,
    });
  });
}

function describePolicy(subject: string, { categories, direction, config }: SubjectPolicy): string {
  return [
    `subject     ${subject}`,
    `categories  ${categories?.join(", ") ?? "FILE and proto4's own, as proto4 check"}`,
    `direction   ${direction ?? "backward, against the last version"}`,
    config === undefined ? "config      none" : `config\n${config.trimEnd().replace(/^/gm, "  ")}`,
    "",
  ].join("\n");
}

/** `proto4 registry delete` */
export async function remove(
  ref: string,
  flags: StoreFlags & { readonly hard?: boolean; readonly force?: boolean; readonly reason?: string },
): Promise<void> {
  const { subject, seq } = exactly(ref);
  const { hard = false } = flags;
  const force = forcedBy(flags);
  await using(flags, false, async (registry) => {
    const seenWith = async ({ contracts }: Version) =>
      findSightings(contracts, await loadAllObserved(registry.store), Date.now());
    await deleteVersion(registry, { subject, seq, hard, force, ...actor() }, seenWith);
    const undo = `"proto4 registry restore ${subject}@${seq}" brings it back`;
    const after = hard ? 'its files go with the next "proto4 registry gc"' : undo;
    process.stdout.write(`${subject}@${seq} is deleted; ${after}\n`);
  });
}

/** `proto4 registry restore` */
export async function restore(ref: string, flags: StoreFlags): Promise<void> {
  const { subject, seq } = exactly(ref);
  await using(flags, false, async (registry) => {
    await restoreVersion(registry, { subject, seq, ...actor() });
    process.stdout.write(`${subject}@${seq} is back\n`);
  });
}

/** What is to be deleted is named by its number: a label may have moved on meanwhile. */
function exactly(text: string): { readonly subject: string; readonly seq: number } {
  const { subject, version } = parseSubjectRef(text);
  if (typeof version === "number") return { subject, seq: version };
  throw new Proto4Error("usage", `say which version by its number, as in ${subject}@3`);
}

/** `proto4 registry log` */
export async function log(
  subject: string | undefined,
  flags: StoreFlags & { readonly json?: boolean },
): Promise<void> {
  await using(flags, false, async ({ store }) => {
    let count = 0;
    for await (const record of auditTrail(store, subject)) {
      process.stdout.write(flags.json === true ? `${JSON.stringify(record)}\n` : `${describe(record)}\n`);
      count++;
    }
    if (count === 0) process.stderr.write("nothing was done yet\n");
  });
}

/** `2026-11-22T10:49:47.000Z  jo  publish  subject acme/user  seq 3  label main` */
function describe({ action, by, at, publish: _, ...details }: AuditRecord): string {
  const said = Object.entries(details)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        `${key} ${typeof value === "string" || typeof value === "number" ? value : JSON.stringify(value)}`,
    );
  return [at, by, action, ...said].map(oneLine).join("  ");
}
