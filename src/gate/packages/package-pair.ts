import { Proto4Error } from "../../diagnostics/index.js";

/** A package and the one that continues it; what lies below the elder continues below the newer. */
export interface PackagePair {
  readonly elder: string;
  readonly newer: string;
}

/**
 * Reads `acme.v1=acme.v2`, once or several times.
 * @throws Proto4Error "usage" for anything else, and where one package would become two or two would become one
 */
export function parsePackagePairs(written: readonly string[]): readonly PackagePair[] {
  const pairs = written.map(parsePair);
  for (const side of ["elder", "newer"] as const) {
    const names = pairs.map((pair) => pair[side]);
    const twice = names.find((name, index) => names.indexOf(name) < index);
    if (twice !== undefined)
      throw usage(
        `${twice} stands twice on the same side of --map-package: compare the two pairs one by one`,
      );
  }
  // The innermost first: that is the one which is meant.
  return pairs.toSorted((a, b) => b.elder.length - a.elder.length);
}

/** The pair that a package belongs to by its name, or by that of a package around it. */
export function pairOf(
  name: string,
  pairs: readonly PackagePair[],
  side: keyof PackagePair,
): PackagePair | undefined {
  return pairs.find((pair) => name === pair[side] || name.startsWith(`${pair[side]}.`));
}

function parsePair(written: string): PackagePair {
  const [elder = "", newer = "", ...more] = written.split("=");
  if (more.length === 0 && packageName.test(elder) && packageName.test(newer)) return { elder, newer };
  throw usage(`"${written}" is no pair of packages: write --map-package ELDER=NEWER, as in acme.v1=acme.v2`);
}

function usage(message: string): Proto4Error {
  return new Proto4Error("usage", message);
}

const packageName = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/;
