import { Proto4Error } from "../../diagnostics/index.js";
import type { Finding } from "../../gate/index.js";
import { writeBlob } from "../blobs.js";
import { checkForce } from "../check-force.js";
import { commit, inDoubt, maxAttempts, pause, type Tried } from "../commit.js";
import type { Registry } from "../registry.js";
import { checkLabel, checkSubject } from "../store/names.js";
import type { Version } from "../store/read-subject.js";
import type { StoreOperation } from "../store/store.js";
import { claimPackages } from "./claim-packages.js";
import { type Draft, draftVersion } from "./draft-version.js";
import { judge } from "./judge.js";
import { listRequest, openLast, readLast, shareSlices } from "./last-version.js";
import { ownPackages } from "./own-packages.js";
import { rememberVersion } from "./recent-versions.js";
import type { PublishRequest } from "./request.js";
import { loadState, type PublishState } from "./state.js";
import { publishSteps, relabelSteps } from "./steps.js";

/**
 * - `published`: there is a new version; on a dry run, there would be
 * - `unchanged`: the last version is the same to the byte; its label may have moved
 * - `refused`: the gate stopped it; every reachable key is as it was
 */
export type PublishOutcome =
  | {
      readonly outcome: "published" | "unchanged";
      readonly version: Version;
      readonly findings: readonly Finding[];
      /** Those that were found and are approved. */
      readonly approved: readonly Finding[];
    }
  | {
      readonly outcome: "refused";
      /** The number of the version it was judged against; a first version stands by itself. */
      readonly against: number | undefined;
      readonly findings: readonly Finding[];
      readonly approved: readonly Finding[];
    };

/**
 * Publishes a version after the gate has judged it against the last one. Readers see all of it or nothing;
 * whoever is overtaken is judged anew against the faster one.
 * @throws Proto4Error "subject-invalid", "package-claimed", "usage"; "image-corrupt" for what does not link;
 * "publish-conflict" when others were faster every time; what stores throw
 */
export async function publish(registry: Registry, request: PublishRequest): Promise<PublishOutcome> {
  checkSubject(request.subject);
  if (request.label !== undefined) checkLabel(request.label);
  checkForce(request.force);
  const packages = ownPackages(request.image);
  const tried = { unanswered: 0 };
  try {
    return await tryOften(registry, request, packages, tried);
  } catch (error) {
    const doubt = `whether it was published to ${request.subject} is not known: push again, what is there is not doubled`;
    throw inDoubt(error, tried, doubt);
  }
}

async function tryOften(
  registry: Registry,
  request: PublishRequest,
  packages: readonly string[],
  tried: Tried,
): Promise<PublishOutcome> {
  let plan: Plan | undefined;
  for (let attempt = 0; ; attempt++) {
    const state = await loadState(registry.store, request.subject);
    if (plan !== undefined && holds(state, request)) return plan.outcome;
    if (attempt === maxAttempts) throw overtaken(request);
    plan = await makePlan(registry, request, state, packages);
    if (request.dryRun === true || (await carryOut(registry, request, plan, tried))) return plan.outcome;
    await pause(request, attempt);
  }
}

/** What a publish would come to, and the steps to it: none where nothing is to be written. */
interface Plan {
  readonly outcome: PublishOutcome;
  readonly draft?: Draft;
  readonly operations: readonly StoreOperation[];
}

async function makePlan(
  registry: Registry,
  request: PublishRequest,
  state: PublishState,
  packages: readonly string[],
): Promise<Plan> {
  const claims = claimPackages(state.packages, request.subject, packages);
  const opened = await openLast(registry, request.subject, state);
  const list = listRequest(request, opened);
  if (list.digest === opened?.chain.open.digest) return unchanged(request, state, opened.version);
  const last = opened && (await readLast(registry, request.subject, opened, list));
  const shared = { ...request, image: shareSlices(request, list, last) };
  const draft = await draftVersion(registry, shared, state, packages, list, last);
  const { findings, approved, stopping } = await judge(registry, shared, state, last);
  if (stopping.length > 0 && request.force === undefined) {
    const against = last?.version.seq;
    return { outcome: { outcome: "refused", against, findings, approved }, operations: [] };
  }
  const version = withForce(draft, request, stopping);
  return {
    outcome: { outcome: "published", version, findings, approved },
    draft,
    operations: publishSteps(request, state, version, draft.held, claims),
  };
}

function unchanged(request: PublishRequest, state: PublishState, version: Version): Plan {
  return {
    outcome: { outcome: "unchanged", version, findings: [], approved: [] },
    operations: relabelSteps(request, state, version.seq),
  };
}

function withForce({ version }: Draft, { force }: PublishRequest, stopping: readonly Finding[]): Version {
  if (force === undefined || stopping.length === 0) return version;
  const ids = [...new Set(stopping.map(({ id }) => id))];
  const more = ids.length > mostFindings ? { more: ids.length - mostFindings } : {};
  return { ...version, forced: { reason: force, findings: ids.slice(0, mostFindings), ...more } };
}

/** @returns `false` also when the store did not answer, a few times: then it may have been done */
async function carryOut(
  registry: Registry,
  { subject }: PublishRequest,
  { draft, operations }: Plan,
  tried: Tried,
): Promise<boolean> {
  for (const blob of draft?.blobs ?? []) await writeBlob(registry, blob);
  if (operations.length === 0) return true;
  const done = await commit(registry.store, operations, tried);
  if (done && draft !== undefined) rememberVersion(registry, subject, draft.recent);
  return done;
}

/**
 * Whether what seemed to fail was done: a version bears the publish's id. It need not be the last one, for a commit
 * may be done after it was given up, and others may have gone on from it; where it is not there, the plan that
 * follows moves the head that it was bound to.
 */
function holds({ subject }: PublishState, { id }: PublishRequest): boolean {
  return subject?.versions.some(({ publish }) => publish === id) ?? false;
}

function overtaken({ subject }: PublishRequest): Proto4Error {
  return new Proto4Error(
    "publish-conflict",
    `others published to ${subject} ${maxAttempts} times meanwhile, nothing of yours was; push again`,
  );
}

/** They stand in the version's record and in the audit trail, which go into one transaction; who wants all judges again. */
const mostFindings = 1_000;
