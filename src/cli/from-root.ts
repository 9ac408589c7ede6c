import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/**
 * Makes paths start at the root of the repository that a folder lies in, with slashes. What lies outside of it keeps
 * its whole path; where there is no repository, the folder is the root.
 */
export function fromRoot(cwd: string): (path: string) => string {
  const root = rootOf(cwd) ?? cwd;
  return (path) => {
    const inside = relative(root, resolve(cwd, path));
    const isOutside = isAbsolute(inside) || inside === ".." || inside.startsWith(`..${sep}`);
    return (isOutside ? resolve(cwd, path) : inside).split(sep).join("/");
  };
}

/** In a second work tree, `.git` is a file. */
function rootOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  return dirname(folder) === folder ? undefined : rootOf(dirname(folder));
}
