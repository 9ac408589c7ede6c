import { oneLine } from "../../../diagnostics/index.js";
import type { Severity } from "../../../rules/index.js";
import { type FindingGroup, messageOf } from "../group-baselines.js";
import { code, escapeMarkdown } from "./escape.js";

/** The file that a finding is in, or was; no text where it is about none. */
export function pathOf({ finding: { at, before } }: FindingGroup): string {
  return oneLine((at ?? before)?.path ?? "");
}

/** How many findings each file has; nothing for one file, of which the heading says it. @param room characters */
export function fileTable(groups: readonly FindingGroup[], room: number): readonly string[] {
  const paths = [...new Set(groups.map(pathOf))];
  if (paths.length < 2) return [];
  const rows = fitting(paths, room, (path) => {
    const found = groups.filter((group) => pathOf(group) === path);
    return [
      path === "" ? "no file" : cell(path, code),
      ...severities.map((severity) => count(found, severity)),
    ];
  });
  return [
    [
      "| file | errors | warnings | infos |",
      "| --- | ---: | ---: | ---: |",
      ...rows,
      ...tellMore(paths.length - rows.length, "files", 4),
    ].join("\n"),
  ];
}

const severities: readonly Severity[] = ["error", "warning", "info"];

function count(groups: readonly FindingGroup[], severity: Severity): string {
  const ids = groups.filter(({ finding }) => finding.severity === severity).map(({ finding }) => finding.id);
  return ids.length === 0 ? "" : String(new Set(ids).size);
}

/** What somebody accepted, folded. @param room characters */
export function waivedTable(groups: readonly FindingGroup[], room: number): readonly string[] {
  if (groups.length === 0) return [];
  const rows = fitting(groups, room, waivedRow);
  return [
    [
      `<details><summary>${new Set(groups.map(({ finding }) => finding.id)).size} waived</summary>`,
      "",
      "| finding | what | reason | owner | until |",
      "| --- | --- | --- | --- | --- |",
      ...rows,
      ...tellMore(groups.length - rows.length, "waived", 5),
      "",
      "</details>",
    ].join("\n"),
  ];
}

function waivedRow(group: FindingGroup): readonly string[] {
  const { id, rule, waiver } = group.finding;
  const what = `${code(rule)} ${cell(messageOf(group), escapeMarkdown)}`;
  return [
    code(id),
    what,
    cell(waiver?.reason ?? "", escapeMarkdown),
    cell(waiver?.owner ?? "", escapeMarkdown),
    waiver?.expires ?? "",
  ];
}

/** The first rows, as many as have room: what is written by others may take several times what it shows. */
function fitting<T>(items: readonly T[], room: number, cellsOf: (item: T) => readonly string[]) {
  const rows: string[] = [];
  let left = room;
  for (const item of items.slice(0, ROWS)) {
    const row = toRow(cellsOf(item));
    left -= row.length + 1;
    if (left < 0) break;
    rows.push(row);
  }
  return rows;
}

function tellMore(count: number, what: string, columns: number): readonly string[] {
  return count === 0 ? [] : [`| and ${count} more ${what} |${" |".repeat(columns - 1)}`];
}

function toRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cell(text: string, show: (text: string) => string): string {
  return show(text.length <= LENGTH ? text : `${text.slice(0, LENGTH)}…`);
}

/** Rows of a table, and signs of a cell: tables are to leave the room to the findings. */
const ROWS = 25;
const LENGTH = 160;
