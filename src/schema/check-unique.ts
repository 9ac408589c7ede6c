import { Proto4Error } from "../diagnostics/index.js";
import type { FileSlice, Image } from "../image/index.js";
import { topLevelNames } from "./top-level-names.js";

/**
 * Checks that no name is declared by two files, nor is that of a package, too. What lies inside a message has its
 * name from there, so top-level elements decide, and the values of their enums, which are their siblings.
 * @param compared paths of the files to be checked; the others are known to have no name in common
 * @param before all files when that was known
 * @throws Proto4Error "image-corrupt"
 */
export function checkUnique(image: Image, compared: ReadonlySet<string>, before: readonly FileSlice[]): void {
  const packages = packageScopes(image.files);
  const names = new Map<string, string>();
  for (const file of image.files)
    if (compared.has(file.path))
      for (const name of topLevelNames(file)) {
        const other = names.get(name);
        if (other !== undefined) throw twice(name, file.path, other);
        if (packages.has(name)) throw alsoPackage(name, file.path, packages.get(name)!);
        names.set(name, file.path);
      }
  const elder = before.filter(({ path }) => compared.has(path));
  const known = new Set([...elder.flatMap(topLevelNames), ...packageScopes(before).keys()]);
  const others = byPackage(image.files.filter(({ path }) => !compared.has(path)));
  for (const [name, path] of [...packages, ...names])
    if (!known.has(name)) checkAgainst(others.get(scopeOf(name)) ?? [], name, path, packages.has(name));
}

function checkAgainst(others: readonly FileSlice[], name: string, path: string, isPackage: boolean): void {
  const simple = name.slice(name.lastIndexOf(".") + 1);
  for (const other of others) {
    // Most do not even contain the name, and are not decoded.
    if (!asBuffer(other.bytes).includes(simple) || !topLevelNames(other).includes(name)) continue;
    throw isPackage ? alsoPackage(name, other.path, path) : twice(name, path, other.path);
  }
}

/** `a`, `a.b` and `a.b.c` for a package a.b.c, each with a file in it. */
function packageScopes(files: readonly FileSlice[]): ReadonlyMap<string, string> {
  const scopes = new Map<string, string>();
  for (const { package: name, path } of files)
    for (let scope = name; scope !== "" && !scopes.has(scope); scope = scopeOf(scope))
      scopes.set(scope, path);
  return scopes;
}

function byPackage(files: readonly FileSlice[]): ReadonlyMap<string, readonly FileSlice[]> {
  const packages = new Map<string, FileSlice[]>();
  for (const file of files) {
    const known = packages.get(file.package);
    if (known === undefined) packages.set(file.package, [file]);
    else known.push(file);
  }
  return packages;
}

function scopeOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf("."), 0));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function twice(name: string, path: string, other: string): Proto4Error {
  const where = path === other ? "twice in this file" : `in this file and in ${other}`;
  return corrupt(path, `${name} is declared ${where}: rename one of them, or take it out`);
}

function alsoPackage(name: string, path: string, other: string): Proto4Error {
  return corrupt(path, `${name} is declared here and is the package of ${other}, too: rename one of them`);
}

function corrupt(path: string, message: string): Proto4Error {
  return new Proto4Error("image-corrupt", message, { location: { path } });
}
