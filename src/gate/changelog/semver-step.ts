/** What a change asks of the version of whoever publishes it, least first. @see https://semver.org */
export const semverSteps = ["none", "patch", "minor", "major"] as const;

export type SemverStep = (typeof semverSteps)[number];

export function greatestStep(steps: Iterable<SemverStep>): SemverStep {
  let greatest: SemverStep = "none";
  for (const step of steps) if (reachesStep(step, greatest)) greatest = step;
  return greatest;
}

/** Whether a step is at least as great as another. */
export function reachesStep(step: SemverStep, bar: SemverStep): boolean {
  return semverSteps.indexOf(step) >= semverSteps.indexOf(bar);
}
