import { Proto4Error } from "../../diagnostics/index.js";
import { type FileSlice, type Image, withImports } from "../../image/index.js";
import { nearestFirst } from "../config/nearest.js";
import type { Side } from "../workspace/pair-modules.js";
import { type PackagePair, pairOf } from "./package-pair.js";

/**
 * The newer packages alone, with what they import.
 * @param name what to call the side in errors
 * @throws Proto4Error "usage" where there is no such package
 */
export function selectNewer(side: Side, pairs: readonly PackagePair[], name: string): Side {
  return { ...side, image: select(side.image, pairs, "newer", name) };
}

/**
 * The elder packages alone, with what they import, under the names of the newer. Its findings still bear the paths
 * that the files really have.
 * @param newer what they are to be compared with
 * @param name what to call the side in errors
 * @throws Proto4Error "usage" where there is no such package, or one imports what it becomes
 */
export async function mapElder(
  { image, workspace }: Side,
  newer: Side,
  pairs: readonly PackagePair[],
  name: string,
): Promise<Side> {
  const selected = select(image, pairs, "elder", name);
  const paths = renamedPaths(selected, pairs);
  // Most comparisons rename nothing, and a decoder takes its time to load.
  const { renamePackages } = await import("./rename-packages.js");
  const real = new Map([...paths].map(([elder, renamed]) => [renamed, elder]));
  const toReal = (path: string): string => real.get(path) ?? path;
  return {
    image: renamePackages(selected, newer.image, pairs, paths),
    workspace: {
      ...workspace,
      owns: (module, path) => workspace.owns(module, toReal(path)),
      locate: (path) => workspace.locate(toReal(path)),
    },
  };
}

/** Who names a package means its files to be judged, even if they are there only because others import them. */
function select(image: Image, pairs: readonly PackagePair[], side: keyof PackagePair, name: string): Image {
  const meant = image.files.filter((file) => pairOf(file.package, pairs, side) !== undefined);
  for (const pair of pairs)
    if (!meant.some((file) => pairOf(file.package, [pair], side))) throw noPackage(pair[side], image, name);
  const own = new Set(meant.map(({ path }) => path));
  return { files: withImports(own, image).map((file) => ({ ...file, isImport: !own.has(file.path) })) };
}

/** What each file of the elder packages is called as one of the newer. */
function renamedPaths({ files }: Image, pairs: readonly PackagePair[]): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  const taken = new Map(files.filter(({ isImport }) => isImport).map((file) => [file.path, file]));
  for (const file of files) {
    const pair = file.isImport ? undefined : pairOf(file.package, pairs, "elder");
    if (file.isImport && pairOf(file.package, pairs, "newer")) throw importsItself(file, pairs);
    if (pair === undefined) continue;
    const renamed = renamePath(file.path, pair);
    if (taken.has(renamed)) throw collide(file, taken.get(renamed)!, renamed);
    taken.set(renamed, file);
    paths.set(file.path, renamed);
  }
  return paths;
}

/** Where packages lie in folders of their names; elsewhere paths stay. */
function renamePath(path: string, { elder, newer }: PackagePair): string {
  return `/${path}`.replace(`/${folderOf(elder)}/`, () => `/${folderOf(newer)}/`).slice(1);
}

function folderOf(name: string): string {
  return name.replaceAll(".", "/");
}

function noPackage(wanted: string, { files }: Image, name: string): Proto4Error {
  const there = [...new Set(files.filter(({ isImport }) => !isImport).map((file) => file.package))];
  const nearest = nearestFirst(wanted, there.filter(Boolean).toSorted()).slice(0, 3);
  const instead = nearest.length === 0 ? "none of its files has one" : `there are ${nearest.join(", ")}`;
  return new Proto4Error("usage", `no file is of package ${wanted}, which --map-package names; ${instead}`, {
    location: { path: name },
  });
}

function importsItself(file: FileSlice, pairs: readonly PackagePair[]): Proto4Error {
  const { elder, newer } = pairOf(file.package, pairs, "newer")!;
  return new Proto4Error(
    "usage",
    `${elder} imports ${file.path} of ${file.package}; what is to become ${newer} cannot hold it as it is, too: ` +
      "compare them with --against, or let the elder package go without the newer",
  );
}

function collide(file: FileSlice, other: FileSlice, renamed: string): Proto4Error {
  return new Proto4Error(
    "usage",
    `${file.path} and ${other.path} would both become ${renamed}: map their packages one by one`,
  );
}
