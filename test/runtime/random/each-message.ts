import type { RandomCase, RandomCases, RandomMessage } from "./random-cases.js";

/** Runs a check on every message of every pair; what fails is told with its pair. */
export function forEachMessage(
  { accepted }: RandomCases,
  check: (random: RandomCase, message: RandomMessage) => void,
): void {
  const failures: string[] = [];
  for (const random of accepted)
    for (const message of random.messages) {
      try {
        check(random, message);
      } catch (error) {
        const { message: told, cause } = error as Error;
        failures.push([message.v3.typeName, told, cause, random.sources].join("\n"));
      }
    }
  if (failures.length > 0)
    throw new Error(`${failures.length} of the messages fail\n${failures.join("\n\n")}`);
}
