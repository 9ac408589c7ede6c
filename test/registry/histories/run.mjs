// node test/registry/histories/run.mjs [COUNT [SEED]]: as many histories on every store as patience has.
import { spawnSync } from "node:child_process";

const [count = "20", seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
console.log(`${count} histories, the first of seed ${seed}`);
const { status } = spawnSync(
  "npx",
  ["vitest", "run", "test/registry/histories/head.test.ts", "test/registry/histories/collections.test.ts"],
  {
    stdio: "inherit",
    env: { ...process.env, HISTORIES: count, HISTORIES_SEED: seed },
  },
);
process.exitCode = status ?? 1;
