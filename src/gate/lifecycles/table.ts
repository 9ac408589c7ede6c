import { oneLine } from "../../diagnostics/index.js";
import { grid } from "../grid.js";
import type { LifecycleList, ListedElement } from "./lifecycle-list.js";
import { tellCounts, tellDays, tellUrgency } from "./summary.js";

/** Elements by their lifecycles for a terminal. @param width in columns; what does not fit is cut */
export function lifecycleTable(list: LifecycleList, width: number): string {
  const { today, elements } = list;
  const head = [`on ${today}: ${tellCounts(list)}`, tellUrgency(list)];
  const rows = elements.map((each) => [
    tellState(each),
    tellSunset(each),
    `${each.kind} ${oneLine(each.name)}`,
    each.since ?? "",
    tellReplacement(each),
    oneLine(each.reason ?? ""),
  ]);
  const columns = ["state", "sunset", "element", "since", "replaced by", "reason"];
  const lines = rows.length === 0 ? [] : ["", ...grid([columns, ...rows], width)];
  return [...head, ...lines].map((line) => `${line}\n`).join("");
}

export function tellState({ lifecycle, source }: ListedElement): string {
  return source === "own" ? lifecycle : `${lifecycle} (${source})`;
}

/** `2026-10-31, overdue` */
export function tellSunset({ sunset, standing, daysLeft }: ListedElement): string {
  if (sunset === undefined) return "";
  if (standing === "overdue") return `${sunset}, overdue`;
  return standing === "leaving" ? `${sunset}, ${tellDays(daysLeft ?? 0)}` : sunset;
}

/** The full name of what is there; else what is written, and that it is not. */
export function tellReplacement({ replacedBy, replacement }: ListedElement): string {
  if (replacedBy === undefined) return "";
  return oneLine(replacement?.name ?? `${replacedBy} (missing)`);
}
