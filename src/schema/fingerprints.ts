import { Proto4Error } from "../diagnostics/index.js";
import { type Image, reachedFiles, withImports } from "../image/index.js";
import { buildSchema } from "./build-schema.js";
import { makeContractPrint } from "./contract-graph.js";
import { memoryAfter, memoryOf } from "./contract-memory.js";
import { type ContractReader, makeContractReader } from "./contract-reader.js";
import { pathsByPackage } from "./paths-by-package.js";
import { wholeSchema } from "./whole-schema.js";

/** Fingerprints of an image's contracts that somebody has at hand. */
export interface KnownFingerprints {
  readonly image: Image;
  /** By package. */
  readonly fingerprints: ReadonlyMap<string, string>;
}

/**
 * The fingerprints of several contracts of an image, by package: each what `fingerprint` says of it, and all from one
 * schema.
 * @param before an elder image of which fingerprints are known: those that no change reaches are taken over, and the
 * rest of the image is not even decoded
 * @throws Proto4Error "usage" when the image holds no file of a package, "image-corrupt"
 */
export function fingerprints(
  image: Image,
  packages: Iterable<string>,
  before?: KnownFingerprints,
): ReadonlyMap<string, string> {
  const paths = pathsByPackage(image);
  const wanted = new Set(packages);
  for (const name of wanted) if (!paths.has(name)) throw absent(name);
  const reached = before === undefined ? none : reachedFiles(before.image, image);
  const kept = before === undefined ? new Map<string, string>() : keptFingerprints(paths, reached, before);
  const anew = [...wanted].flatMap((name) => (kept.has(name) ? [] : paths.get(name)!));
  const printOf = makePrintOf(image, anew, reached, before?.image);
  return new Map([...wanted].map((name) => [name, kept.get(name) ?? printOf(paths.get(name)!)]));
}

/**
 * What an elder image taught of files that no change reaches, the rest read from as few files as possible: of one
 * package only what it imports is decoded, and what else is in the image may be as it likes.
 */
function makePrintOf(
  image: Image,
  paths: readonly string[],
  reached: ReadonlySet<string>,
  elder: Image | undefined,
): (paths: readonly string[]) => string {
  const memory = elder === undefined ? memoryOf(image) : memoryAfter(image, elder, reached);
  const changed = paths.filter((path) => !memory.declared.has(path));
  const from = changed.length < paths.length ? [changed, paths] : [paths];
  return makeContractPrint(
    memory,
    from.map((each) => once(image, each)),
  );
}

function once(image: Image, paths: readonly string[]): () => ContractReader {
  let reader: ContractReader | undefined;
  return () => {
    reader ??= makeReader(image, paths);
    return reader;
  };
}

function makeReader(image: Image, paths: readonly string[]): ContractReader {
  const slices = withImports(paths, image);
  const isWhole = slices.length === image.files.length;
  return makeContractReader(isWhole ? wholeSchema(image) : buildSchema(slices), slices);
}

const none: ReadonlySet<string> = new Set();

/** Those of packages whose files are the same and import, however far, only what is the same. */
function keptFingerprints(
  paths: ReadonlyMap<string, readonly string[]>,
  reached: ReadonlySet<string>,
  before: KnownFingerprints,
): ReadonlyMap<string, string> {
  const pathsBefore = pathsByPackage(before.image);
  const isKept = (name: string): boolean => {
    const own = paths.get(name);
    return (
      own !== undefined &&
      own.length === pathsBefore.get(name)?.length &&
      !own.some((path) => reached.has(path))
    );
  };
  return new Map([...before.fingerprints].filter(([name]) => isKept(name)));
}

function absent(name: string): Proto4Error {
  return new Proto4Error("usage", `the image holds no file of package "${name}"; is the name right?`);
}
