import { Proto4Error } from "../diagnostics/index.js";
import { check, type Finding, inspect } from "../gate/index.js";
import { fingerprint } from "../schema/index.js";
import { type Blob, writeBlobs } from "./blobs.js";
import { type Draft, makeDraft } from "./draft.js";
import { loadHistory, loadVersion } from "./lookup.js";
import { claimPackages } from "./packages.js";
import type { PublishRequest } from "./publish-request.js";
import { loadState } from "./publish-state.js";
import { publishSteps, relabelSteps } from "./publish-steps.js";
import { versionKey } from "./store/layout.js";
import { readVersion, type VersionRecord } from "./store/records.js";
import type { Store, StoreOperation } from "./store/store.js";
import { checkLabel, checkSubject } from "./store/subject.js";

/**
 * - `published`: there is a new version
 * - `unchanged`: the last version is the same to the byte; its label may have moved
 * - `refused`: the gate found errors; every reachable key is as it was
 */
export type PublishOutcome =
  | {
      readonly outcome: "published" | "unchanged";
      readonly version: VersionRecord;
      readonly findings: readonly Finding[];
    }
  | {
      readonly outcome: "refused";
      /** The number of the version it was judged against; a first version stands by itself. */
      readonly against: number | undefined;
      readonly findings: readonly Finding[];
    };

/**
 * Publishes a version after the gate has judged it against the last one. Readers see all of it or nothing;
 * whoever is overtaken is judged anew against the faster one.
 * @throws Proto4Error "subject-invalid", "package-claimed", "usage"; "publish-conflict" when others were
 * faster every time; what stores throw
 */
export async function publish(store: Store, request: PublishRequest): Promise<PublishOutcome> {
  checkSubject(request.subject);
  if (request.label !== undefined) checkLabel(request.label);
  const draft = makeDraft(request.image, request.sources);
  let plan: Plan | undefined;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    if (plan !== undefined && (await wasDone(store, request, plan))) return plan.outcome;
    plan = await makePlan(store, request, draft);
    if (await carryOut(store, plan)) return plan.outcome;
  }
  if (plan !== undefined && (await wasDone(store, request, plan))) return plan.outcome;
  throw new Proto4Error(
    "publish-conflict",
    `others published to ${request.subject} ${maxAttempts} times meanwhile, nothing of yours was; push again`,
  );
}

/** What a publish would come to, and the steps to it: none where nothing is to be written. */
interface Plan {
  readonly outcome: PublishOutcome;
  readonly blobs: readonly Blob[];
  readonly operations: readonly StoreOperation[];
}

async function makePlan(store: Store, request: PublishRequest, draft: Draft): Promise<Plan> {
  const { subject, label } = request;
  const state = await loadState(store, subject, label);
  const { last } = state;
  const claims = claimPackages(state.packages, subject, draft.packages);
  if (last?.manifest === draft.manifest) {
    const operations = relabelSteps(request, state, last.seq);
    // With its blobs, of which one may have been damaged meanwhile.
    return { outcome: { outcome: "unchanged", version: last, findings: [] }, blobs: draft.blobs, operations };
  }
  const findings = await judge(store, request, draft, last);
  if (findings.some(({ severity }) => severity === "error"))
    return { outcome: { outcome: "refused", against: last?.seq, findings }, blobs: [], operations: [] };
  const version = makeVersion(request, draft, (last?.seq ?? 0) + 1);
  return {
    outcome: { outcome: "published", version, findings },
    blobs: [...draft.blobs, claims ?? []].flat(),
    operations: publishSteps(request, state, version, claims),
  };
}

/** A first version has a past that the registry did not see: it is judged as it stands. */
async function judge(
  store: Store,
  { subject, at }: PublishRequest,
  { image }: Draft,
  last: VersionRecord | undefined,
): Promise<readonly Finding[]> {
  if (last === undefined) return inspect(image);
  const before = await loadVersion(store, subject, last);
  // Without lifecycles, nobody asks what was before.
  const isAnnotated = image.files.some((file) => file.package === "proto4");
  const history = isAnnotated ? await loadHistory(store, subject, last) : [];
  return check(before, image, { today: at.slice(0, 10), history });
}

function makeVersion({ id, by, at }: PublishRequest, draft: Draft, seq: number): VersionRecord {
  const { image, manifest, snapshot, packages } = draft;
  const contracts = packages.map((name) => ({ package: name, fingerprint: fingerprint(image, name) }));
  return { seq, publish: id, manifest, snapshot, contracts, by, at };
}

/** @returns `false` also when the store did not answer: then it may have been done */
async function carryOut(store: Store, { blobs, operations }: Plan): Promise<boolean> {
  await writeBlobs(store, blobs);
  if (operations.length === 0) return true;
  try {
    return await store.transact(operations);
  } catch (error) {
    if (error instanceof Proto4Error && error.code === "store-unreachable") return false;
    throw error;
  }
}

/** Whether a plan that seemed to fail was carried out: the version bears the publish's id. */
async function wasDone(store: Store, { subject, id }: PublishRequest, { outcome }: Plan): Promise<boolean> {
  if (outcome.outcome !== "published") return false;
  const { seq } = outcome.version;
  try {
    const entry = await store.get(versionKey(subject, seq));
    return entry !== undefined && readVersion(entry).publish === id;
  } catch (cause) {
    const doubt = `whether ${subject}@${seq} was published is not known: push again, what is there is not doubled`;
    throw cause instanceof Proto4Error
      ? new Proto4Error(cause.code, `${cause.message}; ${doubt}`, { cause })
      : cause;
  }
}

const maxAttempts = 10;
