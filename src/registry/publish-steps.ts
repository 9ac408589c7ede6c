import type { Blob } from "./blobs.js";
import type { PublishRequest } from "./publish-request.js";
import type { PublishState } from "./publish-state.js";
import { auditKey, gcKey, headKey, labelKey, packagesKey, revKey, versionKey } from "./store/layout.js";
import { encodeRecord, type VersionRecord } from "./store/records.js";
import type { StoreOperation } from "./store/store.js";

/**
 * The one transaction that makes a version visible.
 * @param claims the index of packages to be written, where it grew
 */
export function publishSteps(
  request: PublishRequest,
  state: PublishState,
  version: VersionRecord,
  claims: Blob | undefined,
): readonly StoreOperation[] {
  const { subject, id } = request;
  const { seq } = version;
  return [
    compareAndSet(headKey(subject), { seq, publish: id }, state.headIndex),
    compareAndSet(versionKey(subject, seq), version, 0),
    ...(claims === undefined ? [] : [claimStep(claims, state)]),
    gcStep(state),
    ...labelSteps(request, state, seq),
    ...recordSteps(request, "publish", seq),
  ];
}

/** Puts the label of a request at the version that is there already; nothing where it stands there. */
export function relabelSteps(
  request: PublishRequest,
  state: PublishState,
  seq: number,
): readonly StoreOperation[] {
  const steps = labelSteps(request, state, seq);
  if (steps.length === 0) return [];
  const head = { verb: "check-index", key: headKey(request.subject), index: state.headIndex } as const;
  return [head, ...steps, ...recordSteps(request, "label", seq)];
}

function labelSteps(
  { subject, label }: PublishRequest,
  { labelled }: PublishState,
  seq: number,
): readonly StoreOperation[] {
  if (label === undefined || labelled === seq) return [];
  return [{ verb: "set", key: labelKey(subject, label), value: encodeRecord({ seq }) }];
}

function recordSteps(
  { subject, label, by, at, id }: PublishRequest,
  action: "publish" | "label",
  seq: number,
): readonly StoreOperation[] {
  return [
    {
      verb: "set",
      key: auditKey(at, id),
      value: encodeRecord({ action, subject, seq, label, by, at, publish: id }),
    },
    { verb: "set", key: revKey, value: encodeRecord({ publish: id }) },
  ];
}

function claimStep(claims: Blob, { packages }: PublishState): StoreOperation {
  return compareAndSet(packagesKey, { digest: claims.digest }, packages.index);
}

/** Blobs found there before a collection may be gone after it. */
function gcStep({ gcIndex }: PublishState): StoreOperation {
  return gcIndex === 0
    ? { verb: "check-not-exists", key: gcKey }
    : { verb: "check-index", key: gcKey, index: gcIndex };
}

function compareAndSet(key: string, record: object, index: number): StoreOperation {
  return { verb: "compare-and-set", key, value: encodeRecord(record), index };
}
