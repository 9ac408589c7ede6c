import { posix } from "node:path";
import { readBufWork } from "../config/read-buf-work.js";
import { type BufYaml, type ModuleConfig, readBufYaml } from "../config/read-buf-yaml.js";
import { loadConfig } from "./load-config.js";
import { isInside, type Place } from "./place.js";

/** A module, and the folder of the buf.yaml that it stands in, or would. */
export interface PlacedModule {
  readonly base: string;
  /** The folder of the buf.yaml or buf.work.yaml of its workspace; for a module by itself its base. */
  readonly home: string;
  /** Its folder as the workspace calls it. */
  readonly path: string;
  /** Nothing where no buf.yaml says anything about the module. */
  readonly config: ModuleConfig | undefined;
}

/**
 * All modules of the workspace that a place belongs to, found as buf finds them: by the next buf.yaml of v2 or
 * buf.work.yaml above that means the place; else the place is a module by itself.
 * @param override stands in for every buf.yaml
 * @throws Proto4Error "config-invalid"
 */
export async function loadModules(
  place: Place,
  override: BufYaml | undefined,
): Promise<readonly PlacedModule[]> {
  if (override !== undefined)
    return placed(override.version === "v2" ? place.overrideBase : place.folder, override);
  return (await findWorkspace(place)) ?? moduleByItself(place);
}

/** A module's folder in the tree. */
export function folderOf({ base, config }: PlacedModule): string {
  return posix.join(base, config?.folder ?? ".");
}

async function findWorkspace(place: Place): Promise<readonly PlacedModule[] | undefined> {
  for (const folder of upwards(place.folder)) {
    const modules = (await modulesOfV2(folder, place)) ?? (await modulesOfWork(folder, place));
    if (modules !== undefined) return modules;
  }
  return undefined;
}

/** Of a buf.yaml further up, only if one of its modules lies in the place or around it. */
async function modulesOfV2(folder: string, place: Place): Promise<readonly PlacedModule[] | undefined> {
  const yaml = await loadConfig(place, folder, readBufYaml, ...bufYaml);
  if (yaml?.version !== "v2") return undefined;
  const modules = placed(folder, yaml);
  const means = modules.map(folderOf).some((at) => isInside(place.folder, at) || isInside(at, place.folder));
  return folder === place.folder || means ? modules : undefined;
}

/** Of a buf.work.yaml further up, only if one of its modules is around the place. */
async function modulesOfWork(folder: string, place: Place): Promise<readonly PlacedModule[] | undefined> {
  const directories = await loadConfig(place, folder, readBufWork, "buf.work.yaml");
  if (directories === undefined) return undefined;
  const isAround = directories.some((directory) => isInside(place.folder, posix.join(folder, directory)));
  if (folder !== place.folder && !isAround) return undefined;
  const modules = directories.map((path) => moduleAt(posix.join(folder, path), path, place));
  return (await Promise.all(modules)).flat().map((module) => ({ ...module, home: folder }));
}

/** Where no workspace means the place, what lies in it may: the paths that are asked for lead there. */
async function moduleByItself(place: Place): Promise<readonly PlacedModule[]> {
  const own = await modulesOfV1(place.folder, place);
  if (own !== undefined) return own;
  const found = await Promise.all(place.targets.map((folder) => modulesAround(folder, place)));
  const unique = new Map(found.flat().map((module) => [folderOf(module), module]));
  return unique.size > 0 ? [...unique.values()] : moduleAt(place.folder, ".", place);
}

async function modulesAround(folder: string, place: Place): Promise<readonly PlacedModule[]> {
  return (await findWorkspace({ ...place, folder })) ?? (await modulesOfV1(folder, place)) ?? [];
}

/** The next v1 module above: buf does not look for those of v1beta1. */
async function modulesOfV1(from: string, place: Place): Promise<readonly PlacedModule[] | undefined> {
  for (const folder of upwards(from)) {
    const yaml = await loadConfig(place, folder, readBufYaml, ...bufYaml);
    if (yaml?.version !== "v1") continue;
    return placed(folder, yaml).map((module) => ({ ...module, path: posix.relative(place.folder, folder) }));
  }
  return undefined;
}

async function moduleAt(base: string, path: string, place: Place): Promise<readonly PlacedModule[]> {
  const yaml = await loadConfig(place, base, readBufYaml, ...bufYaml);
  if (yaml === undefined) return [{ base, home: base, path, config: undefined }];
  return placed(base, yaml).map((module) => ({ ...module, path }));
}

function placed(base: string, yaml: BufYaml): readonly PlacedModule[] {
  return yaml.modules.map((config) => ({ base, home: base, path: config.folder, config }));
}

/** The second is what buf.yaml was called for a while. */
const bufYaml = ["buf.yaml", "buf.mod"];

function* upwards(folder: string): Generator<string> {
  for (let at = folder; at !== "."; at = posix.dirname(at)) yield at;
  yield ".";
}
