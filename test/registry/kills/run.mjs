// node test/registry/kills/run.mjs push [COUNT [SEED]]: kills a command at so many random points, on every store.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [what = "push", count = "200", seed = String(Date.now() % 1_000_000)] = process.argv.slice(2);
const file = `test/registry/kills/${what}.test.ts`;
const root = fileURLToPath(new URL("../../..", import.meta.url));
if (!/^[a-z]+$/.test(what) || !existsSync(root + file)) {
  process.stderr.write(`the first argument is what to kill, as in "push", not "${what}"\n`);
  process.exit(1);
}
console.log(`${count} kills of ${what}, seed ${seed}`);
const { status } = spawnSync("npx", ["vitest", "run", file], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, KILLS: count, KILLS_SEED: seed },
});
process.exitCode = status ?? 1;
