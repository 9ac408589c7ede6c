// One table of all groups, as Markdown that reads well on a terminal.
import { tableGoal } from "./cells.mjs";
import { titles } from "./contenders.mjs";

const head = ["message", "", "ns/op", "ns/byte", "new memory", "caller's buffer"];

/**
 * @param groups each with `times`, by contender: `ns` and `bytes`; a contender that there is not yet has none
 * @returns the lines; of each row, how many times as fast proto4 is, and of the goal whether it is reached
 */
export function table(groups) {
  const rows = [head, ...groups.flatMap(rowsOf)];
  const widths = head.map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (cells) =>
    `| ${cells.map((cell, column) => align(cell, column, widths[column])).join(" | ")} |`;
  const rule = `|${widths.map((width, column) => (isNumber(column) ? `${"-".repeat(width + 1)}:` : "-".repeat(width + 2))).join("|")}|`;
  return [line(rows[0]), rule, ...rows.slice(1).map(line)];
}

function rowsOf({ message, title = message, direction, times, goals = {}, goalsInto = {} }) {
  const ours = times.specialised ?? times.table;
  const into = times.specialisedInto ?? times.tableInto;
  return Object.entries(times).map(([contender, time]) => [
    `${title} ${direction}, ${Math.round(time.bytes).toLocaleString("en")} B`,
    titles[contender],
    digits(time.ns),
    digits(time.ns / time.bytes),
    contender === "table" ? behind(time, times.specialised) : ratio(time, ours, goals[contender]),
    contender === "tableInto" ? behind(time, times.specialisedInto) : ratio(time, into, goalsInto[contender]),
  ]);
}

/** How many times as long as proto4 somebody takes. */
function ratio(time, ours, goal) {
  if (ours === undefined || ours === time) return "";
  const times = time.ns / ours.ns;
  const text = times < 1 ? `1/${digits(1 / times)}` : `${digits(times)}×`;
  if (goal === undefined) return text;
  return `${text}, goal ${goal < 1 ? `1/${1 / goal}` : `${goal}×`}: ${times >= goal ? "reached" : "not reached"}`;
}

/** Two digits at least, and no fraction beyond ten. */
function digits(number) {
  return number < 10 ? number.toPrecision(2) : Math.round(number).toLocaleString("en");
}

function behind(time, specialised) {
  if (specialised === undefined) return "";
  const times = time.ns / specialised.ns;
  const verdict = times <= tableGoal ? "reached" : "not reached";
  return `1/${times.toFixed(2)}, goal 1/${tableGoal}: ${verdict}`;
}

function align(cell, column, width) {
  return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
}

function isNumber(column) {
  return column === 2 || column === 3;
}
