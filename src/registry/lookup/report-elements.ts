import { oneLine } from "../../diagnostics/index.js";
import { grid } from "../../gate/index.js";
import type { HeldElement } from "./list-elements.js";

/** Elements with their lifecycles for a terminal. @param width in columns; what does not fit is cut */
export function reportElements(elements: readonly HeldElement[], width: number): string {
  if (elements.length === 0) return "";
  const head = ["version", "state", "sunset", "element", "replaced by", "reason"];
  const rows = elements.map((each) => [
    `${each.subject}@${each.seq}`,
    each.source === "own" ? each.lifecycle : `${each.lifecycle} (${each.source})`,
    each.sunset === undefined ? "" : `${each.sunset}${each.overdue ? " overdue" : ""}`,
    each.name,
    oneLine(each.replacedBy ?? ""),
    oneLine(each.reason ?? ""),
  ]);
  return grid([head, ...rows], width)
    .map((line) => `${line}\n`)
    .join("");
}
