import { oneLine } from "../../diagnostics/index.js";
import { grid } from "../grid.js";
import { painter } from "../report/paint.js";
import { wrap } from "../report/wrap.js";
import type { LifecycleList, ListedElement } from "./lifecycle-list.js";
import { tellCounts, tellDays, tellUrgency } from "./summary.js";

/**
 * Elements by their lifecycles for a terminal: a row each, or, where rows have no room, a few lines each. Names and days
 * are never cut. @param width in columns
 */
export function lifecycleTable(list: LifecycleList, width: number): string {
  const { today, elements } = list;
  const head = [`on ${today}: ${tellCounts(list)}`, tellUrgency(list)];
  const lines = elements.length === 0 ? [] : ["", ...(rowsOf(elements, width) ?? stanzas(elements, width))];
  return [...head, ...lines].map((line) => `${line}\n`).join("");
}

/** What there is to tell, with the reason last: of it alone, the beginning may do. */
const columns = ["state", "sunset", "element", "since", "replaced by", "reason"];

function cellsOf(each: ListedElement): readonly string[] {
  return [
    tellState(each),
    tellSunset(each),
    `${each.kind} ${oneLine(each.name)}`,
    each.since ?? "",
    tellReplacement(each),
    oneLine(each.reason ?? ""),
  ];
}

/** `undefined` where they have no room. */
function rowsOf(elements: readonly ListedElement[], width: number): readonly string[] | undefined {
  const rows = [columns, ...elements.map(cellsOf)];
  const widest = (column: number) => rows.reduce((most, row) => Math.max(most, row[column]!.length), 0);
  const taken = columns.slice(0, -1).reduce((sum, _, column) => sum + widest(column) + 2, 0);
  const room = width - taken;
  if (room < Math.min(LEAST_REASON, widest(columns.length - 1))) return undefined;
  return grid(
    rows.map((row) => [...row.slice(0, -1), cut(row.at(-1)!, room)]),
    width,
  );
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}

/** An element in lines that are broken between words. */
function stanzas(elements: readonly ListedElement[], width: number): readonly string[] {
  return elements.flatMap((each) => {
    const [state = "", sunset = "", name = "", since = "", instead = "", reason = ""] = cellsOf(each);
    const facts = [
      ...(sunset === "" ? [] : [`sunset ${sunset}`]),
      ...(since === "" ? [] : [`since ${since}`]),
      ...(instead === "" ? [] : [`replaced by ${instead}`]),
      ...(reason === "" ? [] : [reason]),
    ];
    return [
      ...broken(`${state}  ${name}`, 2, width),
      ...facts.flatMap((fact) => broken(`  ${fact}`, 4, width)),
    ];
  });
}

function broken(text: string, indent: number, width: number): readonly string[] {
  return wrap([{ style: "plain", text }], { width, indent }, painter(false));
}

/** Columns that a reason must have, to be worth reading. */
const LEAST_REASON = 16;

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
