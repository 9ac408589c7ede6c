// npm run random [-- PAIRS [MESSAGES [SEED]]]: as many random pairs of contracts as patience has.
import { spawnSync } from "node:child_process";

const [pairs = "300", messages = "60", seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
console.log(`${pairs} pairs, ${messages} messages a type and claim, seed ${seed}`);
const { status } = spawnSync("npx", ["vitest", "run", "test/runtime/random"], {
  stdio: "inherit",
  env: { ...process.env, RANDOM_PAIRS: pairs, RANDOM_MESSAGES: messages, RANDOM_SEED: seed },
});
process.exitCode = status ?? 1;
