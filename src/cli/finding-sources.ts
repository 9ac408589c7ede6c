import { Proto4Error } from "../diagnostics/index.js";
import { type Baseline, type Finding, type Side, type Sources, toLines } from "../gate/index.js";

/** A source by its path. */
type Read = (path: string) => string | undefined;

/**
 * The sources that findings of a comparison point into. Each file is read once, and only when it is asked for; those
 * that a registry keeps are read at once, of the versions that the first findings are about.
 */
export async function loadFindingSources(
  baselines: readonly Baseline[],
  after: Side,
  findings: readonly Finding[],
): Promise<Sources> {
  const elderOf = ({ baseline }: Finding) =>
    baselines.find(({ name }) => name === baseline?.name) ?? baselines[0];
  const wanted = [...new Set(findings.slice(0, FIRST).map(elderOf))].filter((each) => each !== undefined);
  const elder = new Map<Baseline | undefined, ReturnType<typeof readOnce>>();
  for (const baseline of wanted) elder.set(baseline, readOnce(await readerOf(baseline)));
  const newer = readOnce((path) => after.workspace.read(path));
  return {
    after: ({ at }) => newer(at?.path),
    before: (finding) => elder.get(elderOf(finding))?.(finding.before?.path),
  };
}

/** As many findings as are shown with their sources. */
const FIRST = 100;

async function readerOf({ side, loadSources }: Baseline): Promise<Read> {
  if (loadSources === undefined) return (path) => side.workspace.read(path);
  try {
    const sources = await loadSources();
    return (path) => sources.get(path);
  } catch (error) {
    // The verdict is there: a store that is gone meanwhile costs the sight of the sources only.
    if (error instanceof Proto4Error) return () => undefined;
    throw error;
  }
}

function readOnce(read: Read): (path: string | undefined) => readonly string[] | undefined {
  const known = new Map<string, readonly string[] | undefined>();
  return (path) => {
    if (path === undefined) return undefined;
    if (!known.has(path)) {
      const text = read(path);
      known.set(path, text === undefined ? undefined : toLines(text));
    }
    return known.get(path);
  };
}
