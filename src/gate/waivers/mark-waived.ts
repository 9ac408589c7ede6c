import type { Finding, Waiver } from "../../rules/index.js";
import type { PlacedWaiver } from "./waiver-shape.js";

/** Findings beside what is accepted of them. */
export interface Waived {
  /** All of them; those that are accepted say by which waiver. */
  readonly findings: readonly Finding[];
  /** Waivers whose last day has passed: they accept nothing any more. */
  readonly expired: readonly PlacedWaiver[];
  /** Waivers that count, and that no finding fits. */
  readonly unused: readonly PlacedWaiver[];
  /** Waivers that name what one before them names. */
  readonly repeated: readonly PlacedWaiver[];
}

/** Marks what is accepted. Of several waivers that fit, one of the very finding counts, else the first. */
export function markWaived(
  findings: readonly Finding[],
  waivers: readonly PlacedWaiver[],
  today: string,
): Waived {
  const expired = waivers.filter(({ expires }) => expires < today);
  const counting = byTarget(waivers.filter((waiver) => !expired.includes(waiver)));
  const marked = findings.map((finding) => {
    const waiver = targetsOf(finding).flatMap((target) => counting.get(target) ?? [])[0];
    return waiver === undefined ? finding : { ...finding, waiver: withoutPlace(waiver) };
  });
  const found = new Set(findings.flatMap(targetsOf));
  const first = byTarget(waivers);
  return {
    findings: marked,
    expired,
    unused: [...counting].filter(([target]) => !found.has(target)).map(([, waiver]) => waiver),
    repeated: waivers.filter((waiver) => first.get(targetOf(waiver)) !== waiver),
  };
}

/** What a waiver names, as one text. */
export function targetOf({ finding, rule, symbol }: Pick<Waiver, "finding" | "rule" | "symbol">): string {
  return finding ?? `${rule} ${symbol}`;
}

/** What may be named to mean a finding, the narrower first. */
export function targetsOf({ id, rule, symbol }: Finding): readonly string[] {
  return [id, targetOf({ rule, symbol })];
}

/** The first waiver of each target. */
function byTarget(waivers: readonly PlacedWaiver[]): ReadonlyMap<string, PlacedWaiver> {
  return new Map(waivers.toReversed().map((waiver) => [targetOf(waiver), waiver]));
}

/** A waiver as data: where it stands in the file is nobody else's business. */
export function withoutPlace({ at: _, keys: __, ...waiver }: PlacedWaiver): Waiver {
  return waiver;
}
