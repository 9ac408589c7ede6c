import {
  type Bar,
  type Baseline,
  bars,
  checkBaselines,
  type Direction,
  type Finding,
  imageSide,
  inspect,
  type PolicyFile,
  parsePolicy,
} from "../../gate/index.js";
import type { Image } from "../../image/index.js";
import { loadImages } from "../lookup/load-images.js";
import type { Registry } from "../registry.js";
import type { Version } from "../store/read-subject.js";
import type { Approval, SubjectPolicy } from "../store/records.js";
import { elderOf } from "./elder.js";
import type { Last } from "./last-version.js";
import type { PublishRequest } from "./request.js";
import type { PublishState } from "./state.js";

/** What the gate says of a version that wants to be one. */
export interface Verdict {
  /** Those that nobody has approved, warnings too. */
  readonly findings: readonly Finding[];
  readonly approved: readonly Finding[];
  /** Those of `findings` that stop it. */
  readonly stopping: readonly Finding[];
}

/** Judges by the subject's policy. A first version has a past that nobody saw: it is judged as it stands. */
export async function judge(
  registry: Registry,
  request: PublishRequest,
  state: PublishState,
  last: Last | undefined,
): Promise<Verdict> {
  const policy = state.subject?.head.policy ?? {};
  const today = request.at.slice(0, 10);
  const file =
    policy.config === undefined ? undefined : await parsePolicy(policy.config, "the subject's policy");
  const findings =
    last === undefined
      ? inspect(request.image, file?.policy)
      : await compare(registry, request, state, last, { ...policy, file, today });
  return sortOut(findings, state.subject?.approvals ?? [], file?.failOn ?? "error", today);
}

/** A subject's policy, read, and the day. */
interface Asked extends SubjectPolicy {
  readonly file: PolicyFile | undefined;
  /** yyyy-mm-dd */
  readonly today: string;
}

async function compare(
  registry: Registry,
  { subject, image }: PublishRequest,
  { versions, subject: past }: PublishState,
  last: Last,
  { categories, direction, file, today }: Asked,
): Promise<readonly Finding[]> {
  const asked = direction as Direction | undefined;
  const elder = await elderOf(registry, versions, past?.versions ?? [], image, asked);
  const images = [last.image, ...(await loadImages(registry, elder.slice(1)))];
  const baselines = elder.map((version, place) => toBaseline(subject, version, images[place]!));
  const after = imageSide(subject, image, undefined, file);
  const findings = checkBaselines(baselines, after, { categories, direction: asked ?? "backward", today });
  // Unless the policy asks for more, what stands behind the last version is there for its history only.
  return asked === undefined ? findings.map((finding) => ({ ...finding, baseline: undefined })) : findings;
}

function toBaseline(subject: string, version: Version, image: Image): Baseline {
  const name = `${subject}@${version.seq}`;
  return { name, date: version.at.slice(0, 10), side: imageSide(name, image) };
}

function sortOut(
  found: readonly Finding[],
  approvals: readonly Approval[],
  bar: Bar,
  today: string,
): Verdict {
  const standing = approvals.filter(({ expires }) => expires === undefined || expires >= today);
  const known = new Set(standing.map(({ finding }) => finding));
  const findings = found.filter(({ id }) => !known.has(id));
  return {
    findings,
    approved: found.filter(({ id }) => known.has(id)),
    stopping: findings.filter(
      ({ severity }) => bar !== "never" && bars.indexOf(severity) <= bars.indexOf(bar),
    ),
  };
}
