/** Rows of `[what, where, figure, unit, goal]`; a goal is a figure not to be exceeded, or missing. */
export function printTable(rows) {
  const head = ["| | | measured | goal |", "|---|---|---:|---|"];
  return [...head, ...rows.map(printRow), ""].join("\n");
}

function printRow([what, where, figure, unit, goal]) {
  const reached =
    goal === undefined ? "" : `≤ ${goal} ${unit}: ${figure <= goal ? "reached" : "**not reached**"}`;
  return `| ${what} | ${where} | ${shown(figure)} ${unit} | ${reached} |`;
}

function shown(figure) {
  return figure.toLocaleString("en", { maximumSignificantDigits: 3, useGrouping: true });
}

/** @param share 0.5 for the median, 0.95 for what one in twenty exceeds */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)];
}
