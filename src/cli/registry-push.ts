import { Proto4Error } from "../diagnostics/index.js";
import { type Finding, reportJson, reportText } from "../gate/index.js";
import { exportSources, loadImage, sourcePaths } from "../image/index.js";
import {
  checkLabel,
  checkSubject,
  type Forced,
  findVersion,
  loadSources,
  type PublishOutcome,
  parseSubjectRef,
  publish,
  type Registry,
} from "../registry/index.js";
import { actor } from "./actor.js";
import { heldSources } from "./held-sources.js";
import { relocate } from "./relocate.js";
import { terminal } from "./reports.js";
import { showCompiling, showProgress } from "./show-progress.js";
import { type StoreFlags, using } from "./with-store.js";

/** What `proto4 registry push` is told. */
export interface PushFlags extends StoreFlags {
  readonly subject: string;
  readonly label?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly reason?: string;
}

/** `proto4 registry push` */
export async function push(input: string, flags: PushFlags): Promise<void> {
  const force = forcedBy(flags);
  const { subject, label, dryRun = false } = flags;
  const { env } = process;
  checkSubject(subject);
  if (label !== undefined) checkLabel(label);
  // Before the store is opened, which may make one: what does not compile leaves nothing behind.
  const [image, sources] = await Promise.all([
    loadImage(input, { env, onCompile: showCompiling }),
    exportSources(input, { env }),
  ]);
  await using(flags, !dryRun, async (registry) => {
    const done = showProgress(
      "judging and storing",
      () => `${image.files.length.toLocaleString("en-US")} files`,
    );
    const publishing = publish(registry, { subject, image, sources, label, force, dryRun, ...actor() });
    const outcome = await publishing.finally(done);
    const paths = outcome.findings.length === 0 ? new Map() : await sourcePaths(input, { env });
    const findings = outcome.findings.map((finding) => relocate(finding, new Map(), paths));
    if (flags.json === true) process.stdout.write(asJson(flags, outcome, findings));
    else {
      const after = new Map([...sources].map(([path, text]) => [paths.get(path) ?? path, text]));
      const shown = heldSources(await sourcesBefore(registry, subject, outcome), after);
      process.stdout.write(reportText(findings, { ...terminal("auto"), sources: shown }));
      tell(flags, outcome, findings);
    }
    if (outcome.outcome === "refused") process.exitCode = 100;
  });
}

/** Those of the version that a push was refused for. */
async function sourcesBefore(
  registry: Registry,
  subject: string,
  outcome: PublishOutcome,
): Promise<ReadonlyMap<string, string>> {
  if (outcome.outcome !== "refused" || outcome.against === undefined) return new Map();
  const version = await findVersion(registry.store, parseSubjectRef(`${subject}@${outcome.against}`));
  return loadSources(registry, version);
}

/** What was passed over: a few of it, where it is much. */
export function tellForced({ findings, more = 0 }: Forced): string {
  const left = Math.max(findings.length - mostNamed, 0) + more;
  return `forced over ${findings.slice(0, mostNamed).join(", ")}${left === 0 ? "" : ` and ${left} more`}`;
}

const mostNamed = 20;

/** @returns the reason, if it is to be forced */
export function forcedBy({ force, reason }: Pick<PushFlags, "force" | "reason">): string | undefined {
  if (force !== true && reason === undefined) return undefined;
  if (force === true && reason?.trim()) return reason;
  throw new Proto4Error(
    "usage",
    force === true
      ? "--force needs a --reason: it stands in the audit trail"
      : "--reason is of no use without --force",
  );
}

function tell(
  { subject, label, dryRun }: PushFlags,
  outcome: PublishOutcome,
  findings: readonly Finding[],
): void {
  for (const { id, rule, symbol } of outcome.approved)
    process.stderr.write(`approved: ${id} ${rule} ${symbol}\n`);
  if (outcome.outcome === "refused") {
    tellRefused(subject, outcome.against, findings);
    return;
  }
  const { version, outcome: result } = outcome;
  const labelled = label === undefined ? "" : `, labelled ${label}`;
  const packages = listed(version.contracts.map((contract) => contract.package));
  const published = dryRun ? "would publish" : "published";
  const forced = version.forced === undefined ? "" : `, ${tellForced(version.forced)}`;
  process.stdout.write(
    result === "published"
      ? `${published} ${subject}@${version.seq}${labelled}: ${packages}${forced}\n`
      : `${subject}@${version.seq} is the same to the byte${labelled}: nothing to publish\n`,
  );
}

function tellRefused(subject: string, against: number | undefined, findings: readonly Finding[]): void {
  const judged = against === undefined ? "as a first version" : `against ${subject}@${against}`;
  const ids = [...new Set(findings.filter(({ severity }) => severity === "error").map(({ id }) => id))];
  process.stderr.write(`refused ${judged}; the registry is as it was\n`);
  if (ids.length > 0)
    process.stderr.write(
      `whoever may accept a finding does so with: proto4 registry approve ${subject} ${ids[0]} --reason "…"` +
        `${ids.length === 1 ? "" : ` (and ${listed(ids.slice(1))})`}\n`,
    );
}

/** A few by name, the others by number. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostShown).join(", ");
  return names.length <= mostShown ? shown : `${shown} and ${names.length - mostShown} more`;
}

function asJson(
  { dryRun = false }: PushFlags,
  outcome: PublishOutcome,
  findings: readonly Finding[],
): string {
  const lines = reportJson(findings).trimEnd().split("\n").filter(Boolean);
  return `${JSON.stringify({
    outcome: outcome.outcome,
    dryRun,
    ...(outcome.outcome === "refused" ? { against: outcome.against ?? null } : { version: outcome.version }),
    findings: lines.map((line) => JSON.parse(line)),
    approved: outcome.approved.map(({ id }) => id),
  })}\n`;
}

const mostShown = 8;
