import { Proto4Error } from "../diagnostics/index.js";
import { locatePath, type Schema, type SchemaFile } from "../schema/index.js";
import { ambiguous } from "./refuse.js";

/**
 * The package that `newer` continues: the one that its files' `(proto4.upgrades)` names, else the next lower
 * version of the same package in Kubernetes order: v1alpha1 < v2alpha1 < v1beta1 < v1 < v2.
 * @returns `undefined` where there is none
 * @throws Proto4Error "generation-missing" when `upgrades` names a package that the schema does not hold
 * @see https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/#version-priority
 */
export function findElder(schema: Schema, newer: string): string | undefined {
  const packages = new Set([...schema.files.values()].map((file) => file.package));
  const declaring = [...schema.files.values()].filter((file) => file.package === newer && file.upgrades);
  const [first] = declaring;
  if (first === undefined) return nextLower(newer, packages);
  const other = declaring.find(({ upgrades }) => upgrades !== first.upgrades);
  if (other !== undefined)
    throw ambiguous(
      other,
      `${newer} upgrades "${first.upgrades}" in ${first.fullName} and "${other.upgrades}" here`,
      "let (proto4.upgrades) name one package in all files",
    );
  if (!packages.has(first.upgrades!)) throw missing(first);
  return first.upgrades;
}

/** @throws Proto4Error "generation-missing" when the schema has no file of the package */
export function requirePackage(schema: Schema, name: string): void {
  if ([...schema.files.values()].some((file) => file.package === name)) return;
  throw new Proto4Error(
    "generation-missing",
    `the input holds no file of the package ${name}; add it to the input`,
  );
}

function missing(file: SchemaFile): Proto4Error {
  return new Proto4Error(
    "generation-missing",
    `${file.package} upgrades "${file.upgrades}", which the input does not hold; a plug-in sees both generations ` +
      "only with `strategy: all` in buf.gen.yaml, and `--path` on the newer one hides the elder",
    { location: locatePath(file, upgradesOption) ?? { path: file.fullName } },
  );
}

function nextLower(newer: string, packages: Iterable<string>): string | undefined {
  const own = parseVersion(newer);
  if (own === undefined) return undefined;
  const lower = [...packages]
    .map((name) => parseVersion(name))
    .filter((version) => version !== undefined)
    .filter((version) => version.base === own.base && compare(version, own) < 0)
    .sort(compare);
  return lower.at(-1)?.name;
}

interface Version {
  readonly name: string;
  readonly base: string;
  /** Stability, major, minor: in the order of weight. */
  readonly rank: readonly [number, number, number];
}

function parseVersion(name: string): Version | undefined {
  const match = /^(.*?)v(\d+)(?:(alpha|beta)(\d*))?$/.exec(name);
  if (match === null) return undefined;
  const [, base = "", major, stage, minor] = match;
  if (base !== "" && !base.endsWith(".")) return undefined;
  const stability = stage === "alpha" ? 0 : stage === "beta" ? 1 : 2;
  return { name, base, rank: [stability, Number(major), Number(minor || 0)] };
}

function compare(one: Version, other: Version): number {
  const [a, b] = [one.rank, other.rank];
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** `FileDescriptorProto.options`, and in it `(proto4.upgrades)`. */
const upgradesOption = [8, 50402];
