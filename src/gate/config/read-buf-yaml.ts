import { type ConfigVersion, configVersions } from "./breaking-config.js";
import { normalizePath } from "./paths.js";
import { type BreakingSection, readBreaking } from "./read-breaking.js";
import { entries, invalid, items, text, under, type YamlNode } from "./yaml-node.js";

/** What a buf.yaml says about its modules. */
export interface BufYaml {
  readonly version: ConfigVersion;
  /** One for v1beta1 and v1. */
  readonly modules: readonly ModuleConfig[];
  /** The section that holds for an image, which has no modules. */
  readonly breaking: BreakingSection;
  /** Whether it names plug-ins, whose rules are not asked here. */
  readonly hasPlugins: boolean;
}

/** A module's folder is relative to the buf.yaml. */
export interface ModuleConfig {
  readonly folder: string;
  readonly name: string | undefined;
  /** The folders from which imports are spelled. */
  readonly roots: readonly string[];
  /** Folders of the module that do not belong to it. */
  readonly excludes: readonly string[];
  /** The only folders that do, where there are any. */
  readonly includes: readonly string[];
  readonly breaking: BreakingSection;
}

/** @throws Proto4Error "config-invalid" with the place of what buf would not take either */
export function readBufYaml(file: YamlNode): BufYaml {
  const version = readVersion(file);
  const hasPlugins = items(under(file, "plugins")).length > 0;
  const breaking = readBreaking(under(file, "breaking"), { version, folder: ".", isOwn: false, hasPlugins });
  const modules = version === "v2" ? readModules(file, hasPlugins) : [readOnly(file, version, breaking)];
  return { version, modules, breaking, hasPlugins };
}

function readVersion(file: YamlNode): ConfigVersion {
  const node = under(file, "version");
  if (node === undefined) throw invalid(file, `it says no version; the first line is "version: v2"`);
  const found = configVersions.find((version) => version === node.value);
  if (found === undefined) throw invalid(node, `the version is one of ${configVersions.join(", ")}`);
  return found;
}

/** The module of a v1 or v1beta1 file. */
function readOnly(file: YamlNode, version: ConfigVersion, breaking: BreakingSection): ModuleConfig {
  const roots = version === "v1beta1" ? items(under(under(file, "build"), "roots")) : [];
  return {
    folder: ".",
    name: readName(file),
    roots: roots.length === 0 ? ["."] : roots.map((root) => normalizePath(text(root), root)),
    excludes: [],
    includes: [],
    breaking,
  };
}

function readModules(file: YamlNode, hasPlugins: boolean): readonly ModuleConfig[] {
  const shared = under(file, "breaking");
  const listed = items(under(file, "modules"));
  const nodes = listed.length === 0 ? [undefined] : listed;
  return nodes.map((node) => {
    const path = node === undefined ? undefined : under(node, "path");
    const folder = path === undefined ? "." : normalizePath(text(path), path);
    const own = node === undefined ? undefined : under(node, "breaking");
    const isOwn = own !== undefined && !isEmpty(own);
    const context = { version: "v2", folder, isOwn, hasPlugins } as const;
    return {
      folder,
      name: readName(node ?? file),
      roots: [folder],
      excludes: readFolders(node, "excludes"),
      includes: readFolders(node, "includes"),
      breaking: readBreaking(isOwn ? own : shared, context),
    };
  });
}

function readFolders(node: YamlNode | undefined, key: string): readonly string[] {
  return items(node && under(node, key)).map((item) => normalizePath(text(item), item));
}

/** A section of empty lists and falsehoods says nothing; buf takes the workspace's. */
function isEmpty(section: YamlNode): boolean {
  return [...entries(section).values()].every(({ value }) => {
    if (value instanceof Map) return value.size === 0;
    return Array.isArray(value) ? value.length === 0 : value === null || value === false;
  });
}

function readName(node: YamlNode): string | undefined {
  const name = under(node, "name");
  return name === undefined ? undefined : text(name);
}
