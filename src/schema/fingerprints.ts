import { Proto4Error } from "../diagnostics/index.js";
import { type Image, reachedFiles, withImports } from "../image/index.js";
import { buildSchema } from "./build-schema.js";
import { makeContractPrint } from "./contracts.js";
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
  const kept = before === undefined ? new Map<string, string>() : keptFingerprints(paths, image, before);
  const anew = [...wanted].filter((name) => !kept.has(name));
  const printOf = makePrintOf(
    image,
    anew.flatMap((name) => paths.get(name)!),
  );
  return new Map([...wanted].map((name) => [name, kept.get(name) ?? printOf(paths.get(name)!)]));
}

type Paths = ReadonlyMap<string, readonly string[]>;

function pathsByPackage(image: Image): Paths {
  const paths = new Map<string, string[]>();
  for (const file of image.files) {
    const known = paths.get(file.package);
    if (known === undefined) paths.set(file.package, [file.path]);
    else known.push(file.path);
  }
  return paths;
}

/** Of one package, only what it imports is decoded: what else is in the image may be as it likes. */
function makePrintOf(image: Image, paths: readonly string[]): (paths: readonly string[]) => string {
  if (paths.length === 0) return () => "";
  const slices = withImports(paths, image);
  const isWhole = slices.length === image.files.length;
  return makeContractPrint(isWhole ? wholeSchema(image) : buildSchema(slices), slices);
}

/** Those of packages whose files are the same and import, however far, only what is the same. */
function keptFingerprints(
  paths: Paths,
  image: Image,
  before: KnownFingerprints,
): ReadonlyMap<string, string> {
  const reached = reachedFiles(before.image, image);
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
