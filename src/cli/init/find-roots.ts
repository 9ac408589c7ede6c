import { posix } from "node:path";
import type { ProtoFile } from "./facts.js";

/**
 * The folders from which the imports of these files are spelled. A file of package `acme.user.v1` in
 * `api/acme/user/v1` says `api`; so does a file that is imported, of its importer's spelling. Files that say nothing, or
 * below which others lie, belong to the root around them; where there is none and imports would lead nowhere without
 * those that are said, they belong to none.
 */
export function findRoots(protos: readonly ProtoFile[]): readonly string[] {
  if (protos.length === 0) return ["proto"];
  const byPackage = outermost(protos.flatMap(rootOf));
  for (const roots of [byPackage, outermost(importRoots(protos))])
    if (roots.length > 0 && protos.every(({ path }) => roots.some((root) => isIn(path, root)))) return roots;
  const common = commonRoot(protos);
  return reached(protos, byPackage) > reached(protos, [common]) ? byPackage : [common];
}

function outermost(roots: readonly string[]): readonly string[] {
  const said = [...new Set(roots)];
  return said.filter((root) => !said.some((other) => other !== root && isIn(root, other))).sort();
}

/** Where each imported file that is here, by one path only, would have its root. */
function importRoots(protos: readonly ProtoFile[]): readonly string[] {
  const byName = new Map<string, ProtoFile[]>();
  for (const proto of protos) {
    const name = posix.basename(proto.path);
    const alike = byName.get(name);
    if (alike === undefined) byName.set(name, [proto]);
    else alike.push(proto);
  }
  return importsOf(protos).flatMap((wanted) => {
    const alike = byName.get(posix.basename(wanted)) ?? [];
    const found = alike.filter(({ path }) => `/${path}`.endsWith(`/${wanted}`));
    return found.length === 1 ? [found[0]!.path.slice(0, -wanted.length).replace(/\/$/, "") || "."] : [];
  });
}

/** How many imports find a file. */
function reached(protos: readonly ProtoFile[], roots: readonly string[]): number {
  const paths = new Set(protos.map(({ path }) => path));
  return importsOf(protos).filter((wanted) => roots.some((root) => paths.has(posix.join(root, wanted))))
    .length;
}

function importsOf(protos: readonly ProtoFile[]): readonly string[] {
  return [...new Set(protos.flatMap(({ imports }) => imports))];
}

/** Whether a path is a folder or lies in it. */
export function isIn(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}

function rootOf({ path, package: name }: ProtoFile): readonly string[] {
  const folder = posix.dirname(path);
  const wanted = name.replaceAll(".", "/");
  if (wanted === "" || !`/${folder}`.endsWith(`/${wanted}`)) return [];
  return [folder.slice(0, -wanted.length).replace(/\/$/, "") || "."];
}

/** `proto` where all lie below it: by custom, imports are spelled from there. */
function commonRoot(protos: readonly ProtoFile[]): string {
  const named = ["proto", "protos"].find((folder) => protos.every(({ path }) => isIn(path, folder)));
  return named ?? ".";
}
