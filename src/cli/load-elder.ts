import { type Baseline, loadBaselines, loadTags, type NamedInput, type Side } from "../gate/index.js";
import type { BufOptions } from "../image/index.js";
import type { LastVersions } from "../registry/index.js";
import type { Comparison } from "./comparison.js";
import { inOrder } from "./in-order.js";

/** What `--against` says before a subject of the registry. */
export const fromRegistry = "registry:";

/** Versions of a registry. */
type HeldRef = string | LastVersions;

/** Something to compare with. */
type Elder = NamedInput | HeldRef;

/**
 * Loads what `--against` names, in the order given, and behind it what `--against-last` counts.
 * @param limits what of inputs is loaded
 */
export async function loadElder(
  input: string,
  options: Comparison,
  limits: BufOptions,
  after: Promise<Side>,
): Promise<readonly Baseline[]> {
  const { against = [], againstLast } = options;
  // Packages of one tree are compared with each other.
  if (against.length === 0 && againstLast === undefined)
    return [{ name: input, date: undefined, side: await after }];
  const wanted = [...against.map(toElder), ...(await lastOf(input, options))];
  const inputs = wanted.filter(isInput);
  const refs = wanted.filter((each) => !isInput(each)) as readonly HeldRef[];
  const [loaded, held] = await inOrder([loadBaselines(inputs, limits), loadHeld(refs, options, after)]);
  const [ofInputs, ofRegistry] = [loaded.values(), held.values()];
  return wanted.flatMap((each) => (isInput(each) ? ofInputs : ofRegistry).next().value!);
}

function toElder(name: string): Elder {
  if (name.startsWith(fromRegistry)) return name.slice(fromRegistry.length);
  return { name, date: undefined, input: name };
}

function isInput(elder: Elder): elder is NamedInput {
  return typeof elder === "object" && "input" in elder;
}

async function loadHeld(
  refs: readonly HeldRef[],
  options: Comparison,
  after: Promise<Side>,
): Promise<readonly (readonly Baseline[])[]> {
  if (refs.length === 0) return [];
  const { loadVersions } = await import("./load-versions.js");
  return loadVersions(refs, options, options.limitToInputFiles ? pathsOf(await after) : undefined);
}

async function lastOf(
  input: string,
  { againstLast, subject, tags: pattern = "v*" }: Comparison,
): Promise<readonly Elder[]> {
  if (againstLast === undefined) return [];
  if (subject !== undefined) return [{ subject, last: againstLast }];
  const { inputs, warnings } = await loadTags(input, {
    pattern,
    count: againstLast,
    cwd: process.cwd(),
    env: process.env,
  });
  for (const warning of warnings) process.stderr.write(`${warning}\n`);
  return inputs;
}

function pathsOf({ image }: Side): ReadonlySet<string> {
  return new Set(image.files.filter(({ isImport }) => !isImport).map(({ path }) => path));
}
