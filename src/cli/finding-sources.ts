import { type Baseline, type Side, type Sources, toLines } from "../gate/index.js";

/** The sources that findings of a comparison point into. Each file is read once, and only when it is asked for. */
export function findingSources(baselines: readonly Baseline[], after: Side): Sources {
  const elder = (name: string | undefined) =>
    (baselines.find((baseline) => baseline.name === name) ?? baselines[0])?.side;
  const read = readOnce();
  return {
    after: ({ at }) => read(after, at?.path),
    before: ({ before, baseline }) => read(elder(baseline?.name), before?.path),
  };
}

function readOnce() {
  const known = new Map<Side, Map<string, readonly string[] | undefined>>();
  return (side: Side | undefined, path: string | undefined): readonly string[] | undefined => {
    if (side === undefined || path === undefined) return undefined;
    const files = known.get(side) ?? new Map<string, readonly string[] | undefined>();
    known.set(side, files);
    if (!files.has(path)) files.set(path, linesOf(side.workspace.read(path)));
    return files.get(path);
  };
}

function linesOf(text: string | undefined): readonly string[] | undefined {
  return text === undefined ? undefined : toLines(text);
}
