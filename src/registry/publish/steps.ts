import { auditSteps } from "../audit.js";
import { headKey, labelKey, packagesKey, versionKey } from "../store/layout.js";
import type { Version } from "../store/read-subject.js";
import { encodeRecord, type Head, type PackagesRecord, type VersionRecord } from "../store/records.js";
import type { StoreOperation } from "../store/store.js";
import type { Draft } from "./draft-version.js";
import type { PublishRequest } from "./request.js";
import type { PublishState } from "./state.js";

/**
 * The one transaction that makes a version visible.
 * @param held what the version rests on of other subjects
 * @param claims the record of packages to be written, where it grew
 */
export function publishSteps(
  request: PublishRequest,
  state: PublishState,
  { contracts: _, ...version }: Version,
  held: Draft["held"],
  claims: PackagesRecord | undefined,
): readonly StoreOperation[] {
  const { subject, id } = request;
  const { seq, forced } = version;
  const head: Head = { seq, publish: id, policy: state.subject?.head.policy ?? {} };
  return [
    compareAndSet(headKey(subject), head, state.headIndex),
    compareAndSet(versionKey(subject, seq), version satisfies VersionRecord, 0),
    ...(claims === undefined ? [] : [compareAndSet(packagesKey, claims, state.packagesIndex)]),
    ...state.guards,
    ...held.guards,
    ...labelSteps(request, state, seq),
    ...auditSteps(request, { action: "publish", subject, seq, label: request.label, forced }, held.revision),
  ];
}

/** Puts the label of a request at the version that is there already; nothing where it stands there. */
export function relabelSteps(
  request: PublishRequest,
  state: PublishState,
  seq: number,
): readonly StoreOperation[] {
  const { subject, label } = request;
  const steps = labelSteps(request, state, seq);
  if (steps.length === 0) return [];
  // Moved, as by every amendment: else the version could be deleted under the label.
  const head = { ...state.subject!.head, amended: request.id } satisfies Head;
  const step = compareAndSet(headKey(subject), head, state.headIndex);
  return [step, ...steps, ...auditSteps(request, { action: "label", subject, seq, label })];
}

function labelSteps(
  { subject, label }: PublishRequest,
  state: PublishState,
  seq: number,
): readonly StoreOperation[] {
  if (label === undefined || state.subject?.labels.get(label) === seq) return [];
  return [{ verb: "set", key: labelKey(subject, label), value: encodeRecord({ seq }) }];
}

function compareAndSet(key: string, record: object, index: number): StoreOperation {
  return { verb: "compare-and-set", key, value: encodeRecord(record), index };
}
