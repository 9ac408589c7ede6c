import { Proto4Error } from "../diagnostics/index.js";
import {
  type Baseline,
  configWarnings,
  loadSide,
  mapElder,
  parsePackagePairs,
  type Side,
  selectNewer,
  unknownOptions,
} from "../gate/index.js";
import type { BufOptions } from "../image/index.js";
import { cacheFolder } from "./cache-folder.js";
import type { Comparison } from "./comparison.js";
import { inOrder } from "./in-order.js";
import { fromRegistry, loadElder } from "./load-elder.js";
import { showCompiling } from "./show-progress.js";

/** The two sides of a comparison, of which one may have several versions, newest first. */
export interface LoadedComparison {
  readonly baselines: readonly Baseline[];
  readonly after: Side;
}

/**
 * Loads what is compared: what `--against` names and, behind it, what `--against-last` counts.
 * @throws Proto4Error "usage" where nothing to compare with is named, and as loading does
 */
export async function loadComparison(input: string, options: Comparison): Promise<LoadedComparison> {
  checkUsage(options);
  const pairs = parsePackagePairs(options.mapPackage ?? []);
  const loaded = await load(input, options);
  return pairs.length === 0 ? loaded : mapPackages(loaded, input, pairs);
}

/** The newer packages, and the elder ones in each version that is to be compared with them. */
async function mapPackages(
  { baselines, after: whole }: LoadedComparison,
  input: string,
  pairs: ReturnType<typeof parsePackagePairs>,
): Promise<LoadedComparison> {
  const after = selectNewer(whole, pairs, input);
  const mapped = baselines.map(async (baseline) => ({
    ...baseline,
    side: await mapElder(baseline.side, after, pairs, baseline.name),
  }));
  return { after, baselines: await Promise.all(mapped) };
}

async function load(input: string, options: Comparison): Promise<LoadedComparison> {
  const limits = limitsOf(options);
  const loading = loadAfter(input, options);
  if (!options.limitToInputFiles) {
    const [after, baselines] = await inOrder([loading, loadElder(input, options, limits, loading)]);
    return { after, baselines };
  }
  const after = await loading;
  const files = after.image.files.map((file) => after.workspace.locate(file.path));
  return { after, baselines: await loadElder(input, options, { ...limits, paths: files }, loading) };
}

/** The newer side alone. @throws Proto4Error as loading does */
export function loadAfter(input: string, options: Comparison): Promise<Side> {
  const { config, policy } = options;
  return loadSide(input, { ...limitsOf(options), config, policy });
}

function limitsOf({ path: paths = [], excludePath: excludePaths = [] }: Comparison): BufOptions {
  const { env, platform } = process;
  return { paths, excludePaths, env, cacheFolder: cacheFolder(env, platform), onCompile: showCompiling };
}

/** What looks like a mistake in a buf.yaml. What is so against one baseline only, is none. */
export function warningsOf({ baselines, after }: LoadedComparison, isPart: boolean): readonly string[] {
  const [first = [], ...others] = baselines.map(({ side }) => configWarnings(side, after, isPart));
  return first.filter((warning) => others.every((warnings) => warnings.includes(warning)));
}

/** What looks like a mistake among the options that proto4.yaml tracks. */
export function optionWarnings({ baselines, after }: LoadedComparison): readonly string[] {
  const names = after.workspace.policy()?.policy.trackedOptions ?? [];
  return unknownOptions(names, [after, ...baselines.map(({ side }) => side)]);
}

function checkUsage(options: Comparison): void {
  const { against = [], againstLast, mapPackage, tags, subject, path, excludePath } = options;
  if (against.length === 0 && againstLast === undefined && mapPackage === undefined)
    throw usage(
      "nothing to compare with is named: give --against INPUT, --against-last N or --map-package ELDER=NEWER",
    );
  if (againstLast === undefined && (tags ?? subject) !== undefined)
    throw usage(
      `--${tags === undefined ? "subject" : "tags"} says where versions are found: say by --against-last how many`,
    );
  const isHeld = subject !== undefined || against.some((each) => each.startsWith(fromRegistry));
  if (isHeld && (path ?? excludePath) !== undefined)
    throw usage(
      "--path and --exclude-path are about sources, and a registry's versions are images: leave them out, or " +
        "compare with git tags",
    );
  if (options.limitToInputFiles === true && mapPackage !== undefined)
    throw usage(
      "--limit-to-input-files cannot be with --map-package: the elder package has files of its own",
    );
}

function usage(message: string): Proto4Error {
  return new Proto4Error("usage", message);
}
