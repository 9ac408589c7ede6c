import type { ErrorLocation } from "../../diagnostics/index.js";
import type { FileSlice, Image } from "../../image/index.js";
import type { Finding } from "../../rules/index.js";
import type { BreakingConfig } from "./breaking-config.js";
import type { Vocabulary } from "./resolve-name.js";
import { ignoredByRule } from "./select-rules.js";

/**
 * Whether a finding is to be dropped: it lies, after or before, in a file that the configuration ignores.
 * @param excludeImports drops findings in files that are there only because others import them
 */
export function makeIgnored(
  config: BreakingConfig,
  before: Image,
  after: Image,
  excludeImports: boolean,
  vocabulary: Vocabulary,
): (finding: Finding) => boolean {
  const everywhere = new Set(config.ignore);
  const byRule = ignoredByRule(config, vocabulary);
  const sides = [byPath(after), byPath(before)] as const;
  const isFileIgnored = (rule: string, path: string, file: FileSlice | undefined): boolean =>
    (excludeImports && file?.isImport === true) ||
    isWithin(path, everywhere) ||
    isWithin(path, byRule.get(rule)) ||
    (config.ignoreUnstablePackages === true && unstablePackage.test(file?.package ?? ""));
  const isPlaceIgnored = (rule: string, at: ErrorLocation | undefined, files: ByPath): boolean =>
    at !== undefined && isFileIgnored(rule, at.path, files.get(at.path));
  return ({ rule, at, before }) =>
    isPlaceIgnored(rule, at, sides[0]) || isPlaceIgnored(rule, before, sides[1]);
}

type ByPath = ReadonlyMap<string, FileSlice>;

function byPath(image: Image): ByPath {
  return new Map(image.files.map((file) => [file.path, file]));
}

/** Whether a path is one of these files, or lies in one of these folders. */
export function isWithin(path: string, ignored: ReadonlySet<string> | undefined): boolean {
  if (ignored === undefined || ignored.size === 0) return false;
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1))
    if (ignored.has(path.slice(0, end))) return true;
  return false;
}

/** `shop.v1alpha1`, `shop.v1p1beta1`, `shop.v2test…`, but not `v1alpha1` alone nor `shop.v0beta`: what buf takes for unstable. */
const unstablePackage = /\.v0*[1-9]\d*(test[^.]*|(p0*[1-9]\d*)?(alpha|beta)(0*[1-9]\d*)?)$/;
