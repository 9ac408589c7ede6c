import type { Contract } from "../store/records.js";
import { isWithin, windowOf } from "./answer.js";
import type { Observed } from "./observed.js";

/**
 * Where contracts run or were seen within the window of the environment, a line for each service.
 * @param now milliseconds since 1970
 */
export function findSightings(
  contracts: readonly Contract[],
  observed: readonly Observed[],
  now: number,
): readonly string[] {
  const wanted = new Set(contracts.map(keyOf));
  const lines = observed.flatMap((each) => [...live(each, wanted), ...seen(each, wanted, now)]);
  return [...new Set(lines)];
}

function live({ environment, live: instances }: Observed, wanted: ReadonlySet<string>): readonly string[] {
  return instances.flatMap(({ service, contracts }) =>
    contracts
      .filter((contract) => wanted.has(keyOf(contract)))
      .map((contract) => `${service} runs ${contract.package} of it in ${environment}`),
  );
}

function seen(observed: Observed, wanted: ReadonlySet<string>, now: number): readonly string[] {
  const window = windowOf(observed);
  return observed.seen
    .filter((record) => wanted.has(keyOf(record)) && isWithin(record, window, now))
    .map(
      ({ service, package: name, last }) =>
        `${service} ran ${name} of it in ${observed.environment}, seen last at ${last}`,
    );
}

function keyOf({ package: name, fingerprint }: Contract): string {
  return `${name} ${fingerprint}`;
}
