import { posix } from "node:path";
import type { ProtoFile } from "./facts.js";

/**
 * The folders from which the imports of these files are spelled. A file of package `acme.user.v1` in
 * `api/acme/user/v1` says `api`; files that say nothing, or below which others lie, belong to the root around them.
 */
export function findRoots(protos: readonly ProtoFile[]): readonly string[] {
  if (protos.length === 0) return ["proto"];
  const said = [...new Set(protos.flatMap(rootOf))];
  const outermost = said.filter((root) => !said.some((other) => other !== root && isIn(root, other)));
  const isCovered = ({ path }: ProtoFile) => outermost.some((root) => isIn(path, root));
  return outermost.length > 0 && protos.every(isCovered) ? outermost.sort() : [commonRoot(protos)];
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
