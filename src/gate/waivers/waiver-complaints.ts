import { formatLocation, oneLine } from "../../diagnostics/index.js";
import type { Waiver } from "../../rules/index.js";
import { targetOf, targetsOf, type Waived } from "./mark-waived.js";
import type { PlacedWaiver } from "./waiver-shape.js";

/**
 * An error for each waiver whose last day has passed, a line each with the place of that day.
 * @param where what to say behind `proto4 unwaive` besides, so that it finds the file
 * @param isWhole whether all was looked at, so that what is found no more is gone
 */
export function expiredWaivers(
  { expired, findings }: Waived,
  where: string,
  isWhole: boolean,
): readonly string[] {
  const found = new Set(findings.flatMap(targetsOf));
  return expired.map((waiver) => {
    const place = formatLocation(waiver.keys.get("expires") ?? waiver.at);
    const rest = found.has(targetOf(waiver))
      ? `, and what it accepted is still there${askOwner(waiver)}: mend that, then say`
      : isWhole
        ? ", and what it accepted is found no more: say"
        : ": mend what it accepted, then say";
    return `${place}: error: this waiver ended on ${waiver.expires}${rest}: ${unwaiveCommand(waiver, where)}`;
  });
}

/**
 * What looks like a mistake among waivers, a line each with its place.
 * @param where, isWhole as for `expiredWaivers`
 */
export function waiverWarnings(
  { unused, repeated }: Waived,
  where: string,
  isWhole: boolean,
): readonly string[] {
  const idle = (isWhole ? unused : []).map(
    (waiver) => [waiver, `no finding fits this waiver: say: ${unwaiveCommand(waiver, where)}`] as const,
  );
  const twice = repeated.map(
    (waiver) => [waiver, `${targetOf(waiver)} is waived further up: leave one of them out`] as const,
  );
  return [...idle, ...twice]
    .toSorted(([a], [b]) => (a.at.startLine ?? 0) - (b.at.startLine ?? 0))
    .map(([{ at }, sentence]) => `${formatLocation(at)}: warning: ${oneLine(sentence)}`);
}

function askOwner({ owner }: PlacedWaiver): string {
  return owner === undefined ? "" : ` (its owner is ${oneLine(owner)})`;
}

/** The command that takes a waiver out, as a shell reads it. */
export function unwaiveCommand(
  { finding, rule, symbol }: Pick<Waiver, "finding" | "rule" | "symbol">,
  where: string,
): string {
  return `proto4 unwaive ${finding ?? `--rule ${rule} --symbol ${quoted(oneLine(symbol ?? ""))}`}${where}`;
}

/** A word for a shell. */
export function quoted(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
