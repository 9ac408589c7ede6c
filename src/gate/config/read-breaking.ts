import type { ErrorLocation } from "../../diagnostics/index.js";
import type { BreakingConfig, ConfigVersion } from "./breaking-config.js";
import { nearestFirst } from "./nearest.js";
import { inFolder, normalizePath } from "./paths.js";
import { resolveName, unknownName } from "./resolve-name.js";
import { entries, flag, invalid, items, text, under, type YamlNode } from "./yaml-node.js";

/** A `breaking` section, for one module. */
export interface BreakingSection {
  readonly config: BreakingConfig;
  /** Where each of its ignored paths is written. */
  readonly ignored: readonly IgnoredPath[];
}

export interface IgnoredPath {
  /** Spelled as imports spell it; `undefined` for a path that lies outside of the module. */
  readonly path: string | undefined;
  readonly written: string;
  readonly at: ErrorLocation;
}

/** What a section is read for. */
export interface SectionContext {
  readonly version: ConfigVersion;
  /** The module's folder; paths in the section begin where this does. */
  readonly folder: string;
  /** Whether the section is the module's own, which must not speak of others. */
  readonly isOwn: boolean;
  /** Whether plug-ins may have the rules that are unknown here. */
  readonly hasPlugins: boolean;
}

/** @throws Proto4Error "config-invalid" with the place of what buf would not take either */
export function readBreaking(section: YamlNode | undefined, context: SectionContext): BreakingSection {
  checkKeys(section);
  const ignored = readPaths(under(section, "ignore"), context);
  const byName = [...entries(under(section, "ignore_only"))].filter(([name, node]) =>
    isKnown(name, node, context),
  );
  const ignoredOnly = byName.map(([name, node]) => [name, readPaths(node, context)] as const);
  return {
    config: {
      version: context.version,
      use: readNames(under(section, "use"), context),
      except: readNames(under(section, "except"), context),
      ignore: pathsOf(ignored),
      ignoreOnly: Object.fromEntries(ignoredOnly.map(([name, paths]) => [name, pathsOf(paths)])),
      ignoreUnstablePackages: flag(under(section, "ignore_unstable_packages")),
      // Who ignores the module's folder asks nothing of the module; and without buf's own rules none are left.
      disabled: ignored.some(({ path }) => path === ".") || flag(under(section, "disable_builtin")),
    },
    ignored: [...ignored, ...ignoredOnly.flatMap(([, paths]) => paths)],
  };
}

const keys = ["use", "except", "ignore", "ignore_only", "ignore_unstable_packages", "disable_builtin"];

function checkKeys(section: YamlNode | undefined): void {
  for (const [key, node] of entries(section))
    if (!keys.includes(key))
      throw invalid(node, `breaking has no key ${key}; there are ${nearestFirst(key, keys).join(", ")}`);
}

function readNames(list: YamlNode | undefined, context: SectionContext): readonly string[] {
  return items(list)
    .filter((item) => isKnown(text(item), item, context))
    .map(text);
}

function isKnown(name: string, node: YamlNode, { version, hasPlugins }: SectionContext): boolean {
  if (resolveName(name, version) !== undefined) return true;
  if (hasPlugins) return false;
  throw invalid(node, unknownName(name, version));
}

function pathsOf(ignored: readonly IgnoredPath[]): readonly string[] {
  return ignored.flatMap(({ path }) => (path === undefined ? [] : [path]));
}

/** A section for all modules may speak of others than this one. */
function readPaths(list: YamlNode | undefined, { folder, isOwn }: SectionContext): readonly IgnoredPath[] {
  return items(list).map((item) => {
    const written = text(item);
    const path = inFolder(folder, normalizePath(written, item));
    if (path === undefined && isOwn)
      throw invalid(item, `${written} does not lie in the module's folder ${folder}`);
    return { path, written, at: item.at };
  });
}
