import { Proto4Error } from "../diagnostics/index.js";
import { type Finding, type KnownFinding, knownFile, leaveOutKnown, loadKnown } from "../gate/index.js";

/**
 * Findings without those that a file says are known; how many those are is told on stderr.
 * @param path a file that must be there; without it, the one of the usual name counts where there is one
 * @param isWhole whether all was looked at, so that what is found no more is gone
 * @throws Proto4Error "config-invalid"
 */
export async function withoutKnown(
  findings: readonly Finding[],
  path: string | undefined,
  isWhole: boolean,
): Promise<readonly Finding[]> {
  const known = await loadKnown(path ?? knownFile);
  if (known !== undefined) return leaveOut(findings, known, path ?? knownFile, isWhole);
  if (path === undefined) return findings;
  throw new Proto4Error(
    "config-invalid",
    `there is no such file; proto4 baseline --output ${path} writes it`,
    {
      location: { path },
    },
  );
}

function leaveOut(
  findings: readonly Finding[],
  known: readonly KnownFinding[],
  path: string,
  isWhole: boolean,
): readonly Finding[] {
  const { findings: others, left, stale } = leaveOutKnown(findings, known);
  const gone = isWhole ? stale.length : 0;
  if (left + gone > 0) process.stderr.write(`${tell(left, gone, path)}\n`);
  return others;
}

/** `12 findings are in proto4.baseline.yaml; 2 of its entries are found no more: run proto4 baseline to forget them` */
function tell(left: number, gone: number, path: string): string {
  const found = `${left === 1 ? "1 finding is" : `${left} findings are`} in ${path}`;
  if (gone === 0) return found;
  const [entries, them] = gone === 1 ? ["1 of its entries is", "it"] : [`${gone} of its entries are`, "them"];
  return `${found}; ${entries} found no more: run proto4 baseline to forget ${them}`;
}
