import { existsSync } from "node:fs";
import { Proto4Error } from "../diagnostics/index.js";
import { type BufOptions, type Image, imageFormat, joinImages, loadImage } from "../image/index.js";
import { findElder, requirePackage } from "../mapping/index.js";
import { buildSchema, type Schema } from "../schema/index.js";
import { cacheFolder } from "./cache-folder.js";
import { showCompiling } from "./show-progress.js";

/** Two packages and the schema that holds both. */
export interface LoadedPair {
  readonly schema: Schema;
  readonly v3: string;
  readonly v4: string;
}

/** What is asked for: packages of the inputs, or inputs themselves. */
export interface PairRequest {
  /** By default what v4 continues. */
  readonly v3: string | undefined;
  readonly v4: string;
  /** Where the packages are; the working folder, if it is needed. */
  readonly inputs: readonly string[] | undefined;
}

/**
 * Loads a pair of packages. Without inputs, each side is an input where it looks like one (a path that exists,
 * an image, a git reference) and a package of the working folder where not.
 * @throws Proto4Error "usage", "generation-missing", and as loading does
 */
export async function loadPair({ v3, v4, inputs }: PairRequest): Promise<LoadedPair> {
  const sides = [v3, v4].filter((side) => side !== undefined);
  const named = inputs === undefined ? sides.filter(isInput) : [];
  const all = [...named, ...(inputs ?? (named.length < sides.length ? ["."] : []))];
  const images = new Map<string, Image>();
  for (const input of new Set(all)) images.set(input, await loadImage(input, bufOptions()));
  const joined = joinImages([...images].map(([name, image]) => ({ name, image })));
  const schema = buildSchema(joined.files);
  const packagesOf = (side: string) => {
    const image = named.includes(side) ? images.get(side) : undefined;
    if (image !== undefined) return ownPackages(image);
    requirePackage(schema, side);
    return [side];
  };
  return { schema, ...choosePair(schema, { v3, v4 }, packagesOf) };
}

function bufOptions(): BufOptions {
  const { env, platform } = process;
  return { env, cacheFolder: cacheFolder(env, platform), onCompile: showCompiling };
}

/** A package's name is words and dots; where there is a file or folder of that name, that is meant. */
function isInput(text: string): boolean {
  return !/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(text) || existsSync(text) || imageFormat(text) !== undefined;
}

/** proto4's own definitions lie among the sources of whoever uses them. */
function ownPackages({ files }: Image): readonly string[] {
  const own = files.filter((file) => !file.isImport && file.package !== "proto4");
  return [...new Set(own.map((file) => file.package))];
}

/** Of inputs with several packages, those that go on from one another. */
function choosePair(
  schema: Schema,
  { v3, v4 }: Pick<PairRequest, "v3" | "v4">,
  packagesOf: (side: string) => readonly string[],
): Pick<LoadedPair, "v3" | "v4"> {
  const newer = packagesOf(v4);
  const elder = v3 === undefined ? undefined : packagesOf(v3);
  if (newer.length === 1 && elder?.length === 1) return { v3: elder[0]!, v4: newer[0]! };
  const pairs = newer.flatMap((name) => {
    const found = findElder(schema, name);
    return found !== undefined && elder?.includes(found) !== false ? { v3: found, v4: name } : [];
  });
  const [pair, other] = pairs;
  if (pair === undefined) throw noPair(v3, v4, newer, elder);
  if (other !== undefined) throw severalPairs(pairs);
  return pair;
}

function noPair(
  v3: string | undefined,
  v4: string,
  newer: readonly string[],
  elder: readonly string[] | undefined,
): Proto4Error {
  const there = elder === undefined ? "" : ` among ${elder.join(", ")} of ${v3}`;
  return new Proto4Error(
    "generation-missing",
    `${newer.join(", ")}${newer.includes(v4) ? "" : ` of ${v4}`} has no elder generation${there}; name both packages, ` +
      'as in proto4 map acme.v1 acme.v2, or write option (proto4.upgrades) = "acme.v1" in the newer one',
  );
}

function severalPairs(pairs: readonly Pick<LoadedPair, "v3" | "v4">[]): Proto4Error {
  const listed = pairs.map((pair) => `${pair.v3} → ${pair.v4}`).join(", ");
  return new Proto4Error(
    "usage",
    `more than one pair of packages could be meant: ${listed}; name two of them, and by --in where they are`,
  );
}
