import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join, posix, relative, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { loadModuleRoots, type ModuleRoots } from "../../gate/index.js";
import { version } from "../version.js";
import type { ProtoFile, WorkspaceFacts } from "./facts.js";
import { loadRepository, type Repository } from "./load-repository.js";

/**
 * Looks at a folder that is to become a workspace.
 * @throws Proto4Error "usage" where a buf.yaml further up speaks of the folder already, "config-invalid" where one is
 * malformed
 */
export async function loadFacts(folder: string): Promise<WorkspaceFacts> {
  const home = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  const repository = await loadRepository(home);
  const { top = home } = repository;
  return {
    ...repository,
    folder,
    isInGit: repository.top !== undefined,
    prefix: relative(top, home).replaceAll("\\", "/"),
    protos: listProtos(home, ""),
    modules: await modulesOf(home, folder, repository),
    version: version(),
    read: (path) => readIfThere(join(home, path)),
    readAtRoot: (path) => readIfThere(join(top, path)),
    hasAtRoot: (path) => existsSync(join(top, path)),
  };
}

async function modulesOf(
  home: string,
  folder: string,
  { top }: Repository,
): Promise<ModuleRoots | undefined> {
  const found = existsSync(home) ? await loadModuleRoots(".", { cwd: home }) : undefined;
  if (found === undefined) return undefined;
  const above = relative(home, resolve(home, found.home));
  // Above the repository lies what belongs to somebody else.
  if (above !== "" && (top === undefined || !relative(top, resolve(home, found.home)).startsWith("..")))
    throw new Proto4Error(
      "usage",
      `a buf.yaml further up speaks of it already: proto4 init ${join(folder, above)}`,
      {
        location: { path: folder },
      },
    );
  return above === "" ? found : undefined;
}

/** Without what is installed, hidden, or linked. */
function listProtos(home: string, folder: string): readonly ProtoFile[] {
  if (!existsSync(join(home, folder))) return [];
  const entries = readdirSync(join(home, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === "node_modules" || entry.name.startsWith(".") ? [] : listProtos(home, path);
    if (!entry.isFile() || !entry.name.endsWith(".proto")) return [];
    return [{ path, package: packageOf(readFileSync(join(home, path), "utf8")) }];
  });
}

function packageOf(text: string): string {
  const plain = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  return /^\s*package\s+([\w.]+)\s*;/m.exec(plain)?.[1] ?? "";
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw new Proto4Error(
      "input-unreadable",
      `it is there, but cannot be read: ${(error as Error).message}`,
      {
        location: { path },
        cause: error,
      },
    );
  }
}
