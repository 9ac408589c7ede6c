// npm run differential [-- PAIRS [SEED]]: as many random pairs as patience has, judged by buf and by proto4.
import { spawnSync } from "node:child_process";

const [pairs = "20000", seed = "1"] = process.argv.slice(2);
const { status } = spawnSync("npx", ["vitest", "run", "test/differential"], {
  stdio: "inherit",
  env: { ...process.env, DIFFERENTIAL_PAIRS: pairs, DIFFERENTIAL_SEED: seed },
});
process.exitCode = status ?? 1;
