import {
  expiredWaivers,
  type Finding,
  loadWaivers,
  markWaived,
  type Workspace,
  waiverWarnings,
} from "../gate/index.js";

/** Findings of which some are accepted. */
export interface WaivedFindings {
  readonly findings: readonly Finding[];
  /** Where waivers are written down; nothing where none are. */
  readonly path: string | undefined;
  /** Whether a waiver has outlived its last day, which is an error. */
  readonly isExpired: boolean;
}

/**
 * Marks what the workspace's waivers accept, and tells on stderr of waivers that have ended or look like a mistake.
 * @param where what `proto4 unwaive` is to be given besides
 * @param isWhole whether all was looked at, so that what is found no more is gone
 * @throws Proto4Error "config-invalid"
 */
export async function withWaivers(
  findings: readonly Finding[],
  workspace: Workspace,
  today: string,
  where: string,
  isWhole: boolean,
): Promise<WaivedFindings> {
  const file = await loadWaivers(workspace, today);
  if (file === undefined) return { findings, path: undefined, isExpired: false };
  const waived = markWaived(findings, file.waivers, today);
  const expired = expiredWaivers(waived, where, isWhole);
  for (const line of [...waiverWarnings(waived, where, isWhole), ...expired])
    process.stderr.write(`${line}\n`);
  return { findings: waived.findings, path: file.path, isExpired: expired.length > 0 };
}

/** The findings that nobody accepts; how many the others are is told on stderr. */
export function leaveOutWaived(
  findings: readonly Finding[],
  { path }: Pick<WaivedFindings, "path">,
): readonly Finding[] {
  const count = new Set(findings.filter(({ waiver }) => waiver !== undefined).map(({ id }) => id)).size;
  if (count > 0)
    process.stderr.write(`${count === 1 ? "1 finding is" : `${count} findings are`} waived (${path})\n`);
  return findings.filter(({ waiver }) => waiver === undefined);
}
