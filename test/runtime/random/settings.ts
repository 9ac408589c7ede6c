const { RANDOM_PAIRS = "24", RANDOM_MESSAGES = "8", RANDOM_SEED = "1" } = process.env;

/** Few in every run of the tests; `npm run random` has as many as patience has. */
export const settings = {
  /** Pairs of contracts. */
  pairs: Number(RANDOM_PAIRS),
  /** Messages of each type and claim. */
  messages: Number(RANDOM_MESSAGES),
  seed: Number(RANDOM_SEED),
  timeout: 600_000,
} as const;
