import type { ErrorLocation } from "../../diagnostics/index.js";
import type { BreakingConfig, ConfigVersion } from "./breaking-config.js";
import { nearestFirst } from "./nearest.js";
import { inFolder, normalizePath } from "./paths.js";
import { entries, flag, invalid, items, text, under, type YamlNode } from "./yaml-node.js";

/** A `breaking` section, for one module. Its names are not looked up: that is for who asks rules by them. */
export interface BreakingSection {
  readonly config: BreakingConfig;
  /** Where each of its ignored paths is written. */
  readonly ignored: readonly IgnoredPath[];
  /** Where each of its names of rules and categories is written. */
  readonly names: readonly WrittenName[];
  /** Whether plug-ins, which are not asked here, may have rules of names that are unknown here. */
  readonly hasPlugins: boolean;
}

interface WrittenName {
  readonly name: string;
  readonly at: ErrorLocation;
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
  readonly hasPlugins: boolean;
}

/** @throws Proto4Error "config-invalid" with the place of what buf would not take either */
export function readBreaking(section: YamlNode | undefined, context: SectionContext): BreakingSection {
  checkKeys(section);
  const use = readNames(under(section, "use"));
  const except = readNames(under(section, "except"));
  const ignored = readPaths(under(section, "ignore"), context);
  const ignoredOnly = [...entries(under(section, "ignore_only"))].map(([name, node]) => ({
    name,
    at: node.at,
    paths: readPaths(node, context),
  }));
  return {
    config: {
      version: context.version,
      use: use.map(({ name }) => name),
      except: except.map(({ name }) => name),
      ignore: pathsOf(ignored),
      ignoreOnly: Object.fromEntries(ignoredOnly.map(({ name, paths }) => [name, pathsOf(paths)])),
      ignoreUnstablePackages: flag(under(section, "ignore_unstable_packages")),
      disableBuiltin: flag(under(section, "disable_builtin")),
      // Who ignores the module's folder asks nothing of the module.
      disabled: ignored.some(({ path }) => path === "."),
    },
    ignored: [...ignored, ...ignoredOnly.flatMap(({ paths }) => paths)],
    names: [...use, ...except, ...ignoredOnly],
    hasPlugins: context.hasPlugins,
  };
}

const keys = ["use", "except", "ignore", "ignore_only", "ignore_unstable_packages", "disable_builtin"];

function checkKeys(section: YamlNode | undefined): void {
  for (const [key, node] of entries(section))
    if (!keys.includes(key))
      throw invalid(node, `breaking has no key ${key}; there are ${nearestFirst(key, keys).join(", ")}`);
}

function readNames(list: YamlNode | undefined): readonly WrittenName[] {
  return items(list).map((item) => ({ name: text(item), at: item.at }));
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
