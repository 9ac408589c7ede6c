// npm run bench:translate [-- --rounds N] [-- --only TEXT] [-- --cpu] [-- --heap]: proto4's translators against the
// peers' decode, change, encode. See docs/translate-speed.md.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { groups } from "./cells.mjs";
import { titles } from "./contenders.mjs";
import { root } from "./folders.mjs";
import { prepare } from "./prepare.mjs";
import { table } from "./table.mjs";
import { median } from "./time.mjs";

const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const rounds = Number(option("--rounds", 3));
const only = option("--only", "");
const clock = process.argv.includes("--cpu") ? "cpu" : "wall";

await prepare();
child("check.mjs");
console.log("Every peer gives the messages that proto4 gives, of all inputs.\n");
if (process.argv.includes("--heap")) process.stdout.write(child("heap.mjs"));
else bench();

function bench() {
  const cells = groups.flatMap((group) =>
    group.contenders
      .map((contender) => ({ title: group.message, ...group, contender, runs: [] }))
      .filter(({ title, direction, contender }) =>
        `${title} ${direction} ${titles[contender]}`.includes(only),
      ),
  );
  // In turn, so that what else the machine does meets all of them.
  for (let round = 0; round < rounds; round++)
    for (const cell of cells)
      if (!cell.missing) {
        const { missing, ...run } = JSON.parse(
          child("cell.mjs", cell.message, cell.direction, cell.contender),
        );
        if (missing) cell.missing = true;
        else cell.runs.push(run);
      }
  tell(cells);
}

function tell(cells) {
  const timed = groups.map((group) => ({ ...group, times: timesOf(group, cells) }));
  console.log(table(timed.filter(({ times }) => Object.keys(times).length > 0)).join("\n"));
  for (const [contender, title] of Object.entries(titles)) {
    const missing = cells.filter((cell) => cell.missing && cell.contender === contender);
    const where = missing.map((cell) => `${cell.title} ${cell.direction}`).join(", ");
    if (where !== "") console.log(`\n${title}: this proto4 has no such thing for ${where}`);
  }
  const runs = cells.flatMap((cell) => cell.runs);
  const share = median(runs.map(({ cpu, wall }) => cpu / wall));
  console.log(
    `\nNode ${process.version}, ${rounds} rounds, ${clock} time; CPU time is ${share.toFixed(2)} of wall time`,
  );
}

function timesOf({ message, direction }, cells) {
  const ours = cells.filter((cell) => cell.message === message && cell.direction === direction);
  const done = ours.filter(({ runs }) => runs.length > 0);
  return Object.fromEntries(
    done.map(({ contender, runs }) => [
      contender,
      { ns: median(runs.map((run) => run[clock])), bytes: runs[0].bytes },
    ]),
  );
}

function child(script, ...args) {
  const path = join(root, "bench/translate", script);
  return execFileSync(process.execPath, [path, ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
