import { type Dirent, existsSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, posix, relative, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { loadModuleRoots, type ModuleRoots } from "../../gate/index.js";
import { version } from "../version.js";
import type { ProtoFile, WorkspaceFacts } from "./facts.js";
import { loadRepository, type Repository } from "./load-repository.js";

/**
 * Looks at a folder that is to become a workspace.
 * @throws Proto4Error "usage" where it is none, or a buf.yaml further up speaks of it already, "config-invalid" where one
 * is malformed
 */
export async function loadFacts(spelled: string): Promise<WorkspaceFacts> {
  const home = realPath(resolve(spelled));
  // Where links lead, as the CI file lies further up.
  const folder = relative("", home) || ".";
  checkFolder(home, folder);
  const repository = await loadRepository(home);
  const { top = home } = repository;
  return {
    ...repository,
    folder,
    isInGit: repository.top !== undefined,
    prefix: relative(top, home).replaceAll("\\", "/"),
    git: relative("", join(top, ".git")).replaceAll("\\", "/"),
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

/** Also of what is not there yet. */
function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realPath(dirname(path)), basename(path));
}

function checkFolder(home: string, folder: string): void {
  if (statSync(home, { throwIfNoEntry: false })?.isDirectory() === false)
    throw new Proto4Error("usage", "it is a file: name the folder where the workspace begins", {
      location: { path: folder },
    });
}

/** Without what is installed, hidden, or linked. */
function listProtos(home: string, folder: string): readonly ProtoFile[] {
  return entriesOf(join(home, folder)).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory())
      return entry.name === "node_modules" || entry.name.startsWith(".") ? [] : listProtos(home, path);
    if (!entry.isFile() || !entry.name.endsWith(".proto")) return [];
    return [{ path, ...headOf(readIfThere(join(home, path)) ?? "") }];
  });
}

/** None of a folder that is closed to us, such as a database's: nobody's sources lie there. */
function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (["ENOENT", "EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}

function headOf(text: string): Omit<ProtoFile, "path"> {
  const plain = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
  const imports = [...plain.matchAll(/^\s*import\s+(?:(?:public|weak|option)\s+)?["']([^"'\n]+)["']\s*;/gm)];
  return {
    package: /^\s*package\s+([\w.]+)\s*;/m.exec(plain)?.[1] ?? "",
    imports: imports.map(([, path = ""]) => path),
  };
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
