import type { Image } from "../../src/image/index.js";
import { findElder } from "../../src/mapping/find-elder.js";
import { buildSchema } from "../../src/schema/index.js";

/** Two versions of an API, by package. */
export interface Family {
  readonly v3: string;
  readonly v4: string;
  /** Pairs of packages, this one among them, that only `(proto4.upgrades)` tells. */
  readonly upgrades: readonly Upgrade[];
}

interface Upgrade {
  readonly v3: string;
  readonly v4: string;
}

/** Every package of an image with its next lower version in Kubernetes order, by the name of the newer. */
export function familiesIn(image: Image): readonly Family[] {
  const schema = buildSchema(image.files);
  const packages = [...new Set(image.files.map((file) => file.package))].sort();
  const byName = packages.flatMap((v4) => {
    const v3 = findElder(schema, v4);
    return v3 === undefined ? [] : { v3, v4, upgrades: [] };
  });
  return [...byName, ...versionsWithin(packages)];
}

/**
 * Packages whose version is not the last part of the name, as in `google.ads.googleads.v21.common`. Those of one
 * version use each other, so all say which they upgrade.
 */
function versionsWithin(packages: readonly string[]): readonly Family[] {
  const pairs = packages.flatMap((v4) => {
    const [base, version, rest] = split(v4);
    const lower = packages
      .filter(
        (name) => split(name)[0] === base && split(name)[2] === rest && rank(split(name)[1]) < rank(version),
      )
      .sort((one, other) => rank(split(one)[1]) - rank(split(other)[1]));
    const v3 = lower.at(-1);
    return base === "" || v3 === undefined ? [] : { v3, v4, version: `${base}.${version}.` };
  });
  return pairs.map(({ v3, v4, version }) => {
    const sisters = pairs.filter((pair) => pair.version === version);
    return { v3, v4, upgrades: sisters.map((pair) => ({ v3: pair.v3, v4: pair.v4 })) };
  });
}

function split(name: string): readonly [base: string, version: string, rest: string] {
  const match = /^(.*?)\.(v\d+(?:beta\d+)?)\.(.*)$/.exec(name);
  return match === null ? ["", "", ""] : [match[1]!, match[2]!, match[3]!];
}

/** v1beta1 < v1 < v2: all that there is of such versions. */
function rank(version: string): number {
  const [, major, beta] = /^v(\d+)(?:beta(\d+))?$/.exec(version) ?? [];
  return beta === undefined ? 1000 + Number(major) : Number(major) + Number(beta) / 100;
}
