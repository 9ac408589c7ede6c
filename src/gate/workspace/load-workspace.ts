import { posix, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { type BufYaml, readBufYaml } from "../config/read-buf-yaml.js";
import { imageWorkspace, nothingSaid, type Settings } from "./image-workspace.js";
import { parseInput } from "./input.js";
import { loadConfig, loadYaml } from "./load-config.js";
import { folderOf, loadModules, type PlacedModule } from "./load-modules.js";
import { loadPlace, type Surroundings } from "./load-place.js";
import { findPolicy, loadPolicy } from "./load-policy.js";
import { isInside, type Place } from "./place.js";
import { diskWaivers, findWaivers, waiversNamed } from "./waivers-file.js";
import type { Disk, Module, Workspace } from "./workspace.js";

/** What decides about a workspace besides its input. */
export interface WorkspaceOptions extends Surroundings {
  /** A buf.yaml to use in place of the input's: its path, or its text. */
  readonly config?: string | undefined;
  /** The path of a proto4.yaml to use in place of the input's. */
  readonly policy?: string | undefined;
}

/**
 * Reads which modules an input has and by which rules buf judges each of them. Nothing is compiled.
 * @throws Proto4Error "config-invalid" with the place in a buf.yaml, "input-unreadable"
 */
export async function loadWorkspace(input: string, options: WorkspaceOptions): Promise<Workspace> {
  const parsed = parseInput(input);
  const override = options.config === undefined ? undefined : await readOverride(options.config, options);
  if (parsed.kind === "module")
    return imageWorkspace(input, await settingsOf(options), override?.modules[0]?.breaking);
  if (parsed.kind === "image") return loadHere(input, override, options);
  const place = await loadPlace(parsed, options);
  const modules = await loadModules(place, override);
  const homes = modules.map(({ home }) => home);
  return makeWorkspace(place, modules, await settingsOf(options, place, homes));
}

/** An image is judged by the configuration of the folder that one stands in. */
async function loadHere(
  input: string,
  override: BufYaml | undefined,
  options: WorkspaceOptions,
): Promise<Workspace> {
  const here = { kind: "folder", path: ".", options: new Map() } as const;
  const place = await loadPlace(here, { cwd: options.cwd });
  const yaml = override ?? (await loadConfig(place, place.folder, readBufYaml, "buf.yaml", "buf.mod"));
  return imageWorkspace(input, await settingsOf(options, place, [place.folder]), yaml?.breaking);
}

/** What is looked for beside the buf.yaml of an input. */
async function settingsOf(
  options: WorkspaceOptions,
  place?: Place,
  folders: readonly string[] = [],
): Promise<Settings> {
  const policy = await policyOf(options, place, folders);
  const waivers = () => {
    const named = policy()?.waivers;
    if (named === undefined) return place && findWaivers(place, folders, options.cwd);
    // A policy that was named lies on the disk, whatever the input is.
    if (place === undefined || options.policy !== undefined) return diskWaivers(named, options.cwd);
    return waiversNamed(place, named, options.cwd);
  };
  return { policy, waivers };
}

/** The proto4.yaml that was named, else the one that is found. An error waits until somebody asks. */
function policyOf(
  { policy, cwd }: WorkspaceOptions,
  place?: Place,
  folders: readonly string[] = [],
): Promise<Workspace["policy"]> {
  const find = async () => (place === undefined ? undefined : findPolicy(place, folders));
  const loading = policy === undefined ? find() : loadPolicy(policy, { cwd });
  return loading.then(
    (file) => () => file,
    (error: unknown) => () => {
      throw error;
    },
  );
}

async function readOverride(config: string, { cwd }: Surroundings): Promise<BufYaml> {
  if (!/\.(json|ya?ml)$/.test(config)) return readBufYaml(await loadYaml(config, "--config"));
  const place = await loadPlace({ kind: "folder", path: posix.dirname(config), options: new Map() }, { cwd });
  const yaml = await loadConfig(place, place.folder, readBufYaml, posix.basename(config));
  if (yaml !== undefined) return yaml;
  throw new Proto4Error("config-invalid", "there is no such file; --config takes a path or the text itself", {
    location: { path: config },
  });
}

function makeWorkspace(place: Place, placed: readonly PlacedModule[], settings: Settings): Workspace {
  const all = placed.map((module) => toModule(module, place));
  const meant = all.filter((_, index) => isMeant(place, placed[index]));
  const home = (path: string, modules: readonly Module[]): string | undefined =>
    modules.flatMap((module) => filesOf(module, path)).find((file) => place.tree.has(file));
  const located = new Map<string, string>();
  // Thousands of findings are in one file, which is looked for on the disk.
  const shown = new Map<string, string>();
  const locate = (path: string): string => {
    const file = home(path, all);
    if (file === undefined) return path;
    located.set(place.show(file), file);
    return place.show(file);
  };
  return {
    modules: meant.toSorted(byKey),
    isWhole: meant.length === all.length && place.file === undefined,
    owns: (module, path) => home(path, [module]) !== undefined,
    locate: (path) => {
      const known = shown.get(path) ?? locate(path);
      shown.set(path, known);
      return known;
    },
    read: (path) => {
      const file = located.get(path);
      return file === undefined ? undefined : place.tree.read(file);
    },
    ...settings,
    disk: place.root === undefined ? undefined : diskOf(place.root, placed, meant, (path) => home(path, all)),
  };
}

/** The homes of modules are folders of one workspace, or of several side by side. */
function diskOf(
  root: string,
  placed: readonly PlacedModule[],
  meant: readonly Module[],
  home: (path: string) => string | undefined,
): Disk {
  const homes = placed.map(({ home }) => home);
  const toDisk = (path: string | undefined) => (path === undefined ? undefined : resolve(root, path));
  return {
    folder: resolve(root, homes.reduce(commonFolder)),
    find: (path) => toDisk(home(path)),
    place: (path) => {
      const candidates = meant.flatMap((module) =>
        filesOf(module, path).map((file) => ({ file: resolve(root, file), module })),
      );
      return candidates.length === 1 ? candidates[0] : undefined;
    },
  };
}

function commonFolder(a: string, b: string): string {
  return isInside(b, a) ? a : commonFolder(posix.dirname(a), b);
}

/** By code unit; modules of one folder stay as they are listed. */
function byKey(a: Module, b: Module): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** Where a file of the module can lie: below a root of it, though an image may call a file by a path that leads out. */
function filesOf({ roots = [], excludes, includes }: Module, path: string): readonly string[] {
  if (posix.normalize(path).startsWith("../")) return [];
  const isIn = (file: string) => (folder: string) => isInside(file, folder);
  return roots
    .map((root) => posix.join(root, path))
    .filter((file) => !excludes.some(isIn(file)) && (includes.length === 0 || includes.some(isIn(file))));
}

function toModule(placed: PlacedModule, place: Place): Module {
  const { base, path, config } = placed;
  const inTree = (folder: string): string => posix.join(base, folder);
  return {
    key: config?.name ?? path,
    input: place.toInput(folderOf(placed)),
    roots: (config?.roots ?? ["."]).map(inTree),
    excludes: (config?.excludes ?? []).map(inTree),
    includes: (config?.includes ?? []).map(inTree),
    breaking: config?.breaking ?? nothingSaid,
  };
}

function isMeant(place: Place, module: PlacedModule | undefined): boolean {
  if (module === undefined) return false;
  const folder = folderOf(module);
  return place.file === undefined ? isInside(folder, place.folder) : isInside(place.file, folder);
}
