/** The later version first; names without a version come last, in the order of their letters. */
export function newestFirst(a: string, b: string): number {
  const [left, right] = [readVersion(a), readVersion(b)];
  if (left === undefined || right === undefined)
    return Number(left === undefined) - Number(right === undefined) || compareText(a, b);
  return compareVersions(right, left) || compareText(a, b);
}

interface Version {
  readonly numbers: readonly string[];
  /** Identifiers of a pre-release; none for a release. */
  readonly preRelease: readonly string[];
}

/** `v1.2.0-rc.1`, `api/v2`, `release-2026.11`: what stands before the number is not looked at, nor is what follows a `+`. */
function readVersion(name: string): Version | undefined {
  const [, numbers, preRelease] =
    /(?:^|[^\d.])(\d+(?:\.\d+)*)(?:-([0-9A-Za-z.-]+))?(?:\+.*)?$/.exec(name) ?? [];
  if (numbers === undefined) return undefined;
  return { numbers: numbers.split("."), preRelease: preRelease?.split(".") ?? [] };
}

/** @see https://semver.org/#spec-item-11 */
function compareVersions(a: Version, b: Version): number {
  const length = Math.max(a.numbers.length, b.numbers.length);
  for (let index = 0; index < length; index++) {
    const order = compareNumbers(a.numbers[index] ?? "0", b.numbers[index] ?? "0");
    if (order !== 0) return order;
  }
  if (a.preRelease.length === 0 || b.preRelease.length === 0)
    return Number(a.preRelease.length === 0) - Number(b.preRelease.length === 0);
  return comparePreReleases(a.preRelease, b.preRelease);
}

function comparePreReleases(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    const order = compareIdentifiers(left, right);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Numbers are less than words. */
function compareIdentifiers(a: string, b: string): number {
  const [isLeft, isRight] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isLeft !== isRight) return isLeft ? -1 : 1;
  return isLeft ? compareNumbers(a, b) : compareText(a, b);
}

/** Of any length: a build number can be the time in nanoseconds. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [BigInt(a), BigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
