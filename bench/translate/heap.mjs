// Bytes that a call allocates by how many points a batch has, that is, by its number of fields.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { titles } from "./contenders.mjs";
import { root } from "./folders.mjs";

const counts = [1, 10, 100, 1000];
const contenders = ["table", "specialised", "tableInto", "specialisedInto", "buffer", "es"];
// Room for all that a measurement allocates, so that nothing need be collected.
const flags = ["--expose-gc", "--min-semi-space-size=512", "--max-semi-space-size=512"];

console.log(`| bytes allocated, Batch of | | ${counts.map((count) => `${count} points`).join(" | ")} | |`);
console.log(`|---|---|${"---:|".repeat(counts.length)}---|`);
for (const direction of ["up", "down"])
  for (const contender of contenders) {
    const bytes = counts.map((count) => allocated(direction, contender, count));
    if (bytes.some(Number.isNaN)) continue;
    const cells = bytes.map((each) => each.toLocaleString("en"));
    console.log(
      `| ${direction} | ${titles[contender]} | ${cells.join(" | ")} | ${verdict(contender, bytes)} |`,
    );
  }

/** `NaN` where this proto4 has no such thing. */
function allocated(direction, contender, count) {
  const cell = join(root, "bench/translate/heap-cell.mjs");
  const args = [...flags, cell, direction, contender, String(count)];
  const stdout = execFileSync(process.execPath, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return Number.parseFloat(stdout);
}

/** The goal: in the caller's buffer, nothing that grows with the number of fields. */
function verdict(contender, bytes) {
  if (!contender.endsWith("Into")) return "";
  const perPoint = (bytes.at(-1) - bytes[0]) / (counts.at(-1) - counts[0]);
  return perPoint < 1 ? "does not grow: reached" : `${Math.round(perPoint)} bytes a point: not reached`;
}
