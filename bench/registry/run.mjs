// npm run bench:registry [-- --only NAME] [--rounds N]: what docs/registry-speed.md tells. Prints Markdown.
import { cpus, loadavg } from "node:os";
import { sections } from "./sections.mjs";
import { printTable } from "./table.mjs";

const option = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const only = option("--only");
const rounds = Number(option("--rounds") ?? 11);
if (only !== undefined && sections[only] === undefined)
  throw new Error(`--only takes one of ${Object.keys(sections).join(", ")}`);

console.log(`Node ${process.version}, ${cpus().length} cores of ${cpus()[0]?.model}\n`);
for (const [name, measure] of Object.entries(sections)) {
  if (only !== undefined && only !== name) continue;
  console.log(`### ${name}\n`);
  console.log(printTable(await measure(rounds)));
  // With more than there are cores, wall time is mostly that of waiting for one.
  console.log(`On average ${loadavg()[0].toFixed(1)} processes wanted a core in the minute before.\n`);
}
