import { oneLine } from "../../diagnostics/index.js";
import type { Changelog } from "./changelog.js";
import type { SemverStep } from "./semver-step.js";

/** `v1.0.0 (2026-01-15) to now: major (1 major, 2 minor)`, or that nothing changed. */
export function headline(changelog: Changelog): string {
  const { step } = changelog;
  return step === "none"
    ? `${between(changelog)}: no changes`
    : `${between(changelog)}: ${step} (${tellSteps(changelog)})`;
}

/** How many entries call for which step: `1 major, 2 minor`. */
export function tellSteps({ packages }: Changelog): string {
  const steps = packages.flatMap(({ elements }) =>
    elements.flatMap(({ entries }) => entries.map((entry) => entry.step)),
  );
  return told
    .map((step) => [step, steps.filter((each) => each === step).length] as const)
    .filter(([, count]) => count > 0)
    .map(([step, count]) => `${count} ${step}`)
    .join(", ");
}

/** `v1.0.0 (2026-01-15) to v1.1.0` */
function between({ before, after }: Changelog): string {
  return `${versionName(before)} to ${after === undefined ? "now" : versionName(after)}`;
}

export function versionName({ name, date }: Changelog["before"]): string {
  return oneLine(date === undefined ? name : `${name} (${date})`);
}

const told: readonly SemverStep[] = ["major", "minor", "patch"];
