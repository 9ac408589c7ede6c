// node bench/registry/open.mjs [--rounds N]: opening all of Google's protos as a pack, against protobuf-es, and what
// else takes a pack. Prints medians as JSON. With the name of a cell it is that cell, in a process of its own.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "../translate/time.mjs";
import { cells } from "./open-cells.mjs";

const [only, count] = process.argv.slice(2);
if (only in cells) console.log(JSON.stringify(await cells[only]()));
else console.log(JSON.stringify(all(only === "--rounds" ? Number(count) : 5), undefined, 2));

/** The first packs what the others read; then in turn, so that what else the machine does meets all of them. */
function all(rounds) {
  const runs = Object.fromEntries(Object.keys(cells).map((cell) => [cell, []]));
  const [first, ...others] = Object.keys(cells);
  runs[first].push(child(first));
  for (let round = 0; round < rounds; round++) for (const cell of others) runs[cell].push(child(cell));
  return Object.fromEntries(Object.entries(runs).map(([cell, list]) => [cell, medians(list)]));
}

function medians(runs) {
  const keys = Object.keys(runs[0]);
  return Object.fromEntries(keys.map((key) => [key, Number(median(runs.map((run) => run[key])).toFixed(3))]));
}

function child(cell) {
  const path = fileURLToPath(import.meta.url);
  return JSON.parse(execFileSync(process.execPath, ["--expose-gc", path, cell], { encoding: "utf8" }));
}
