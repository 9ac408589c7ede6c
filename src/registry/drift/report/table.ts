import { oneLine } from "../../../diagnostics/index.js";
import { grid } from "../../../gate/index.js";
import type { Board, Drift, EnvironmentBoard, Run } from "../board.js";
import { tellDuration } from "../duration.js";

/** The board for a terminal. @param width in columns; longer lines are cut, findings wrapped */
export function boardTable({ at, environments }: Board, width: number): string {
  if (environments.length === 0)
    return "nothing has joined yet: services do with proto4/join, see docs/join.md\n";
  return environments.map((each) => environmentTable(each, Date.parse(at), width)).join("\n");
}

function environmentTable(board: EnvironmentBoard, now: number, width: number): string {
  const { runs, drifts } = board;
  const rows = runs.map((run) => runRow(run, now));
  const head = ["service", "package", "version", "roles", "instances", "since"];
  const lines = [
    ...wrap(headline(board), "", width),
    ...grid([head, ...rows], width - 2).map((line) => `  ${line}`),
  ];
  const told = drifts.flatMap((drift) => driftLines(drift, now, width));
  return [...lines, ...(told.length === 0 ? ["  no drift"] : told)].map((line) => `${line}\n`).join("");
}

export function headline({ environment, since, complete }: EnvironmentBoard): string {
  const whole = since === undefined ? "nothing has reported" : `observed since ${since}`;
  return `${environment}: ${whole}, ${complete === undefined ? "coverage not declared" : `covers everything: ${oneLine(complete)}`}`;
}

/** `shop/api@3`, with a note where it is not the last version or none at all. */
export function versionName({ known, fingerprint }: Run): string {
  if (known === undefined) return `unknown ${fingerprint.slice(0, 16)}`;
  return `${known.subject}@${known.seq}${known.current ? "" : " (behind)"}`;
}

/** `error: requests of web, shop/api@2 (3) are not understood by api, shop/api@3 (1), for 2h` */
export function driftTitle({ traffic, from, to, severity, since }: Drift, now: number): string {
  const age = `for ${tellDuration(now - Date.parse(since))}`;
  if (traffic === "unknown")
    return `${severity}: ${side(from)}: the registry does not hold ${from.package}, ${age}`;
  const how = severity === "error" ? "not understood" : "not wholly read";
  return `${severity}: ${traffic} of ${side(from)} are ${how} by ${side(to)}, ${age}`;
}

function side(run: Run): string {
  return `${run.service} ×${run.instances}, ${versionName(run)}`;
}

function runRow(run: Run, now: number): readonly string[] {
  const { service, package: name, roles, instances, since } = run;
  const age = tellDuration(now - Date.parse(since));
  return [service, name, versionName(run), roles.join(" "), String(instances), age];
}

function driftLines(drift: Drift, now: number, width: number): readonly string[] {
  const findings = drift.findings.slice(0, mostFindings).map(({ rule, message }) => `${rule}  ${message}`);
  const more = drift.findings.length - findings.length;
  return [
    ...wrap(driftTitle(drift, now), "  ", width),
    ...findings.flatMap((text) => wrap(text, "    ", width)),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

function wrap(text: string, indent: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    if (line.trim() !== "" && line.length + word.length + 1 > width) {
      lines.push(line);
      line = `${indent}  `;
    }
    line = line.trim() === "" ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line];
}

const mostFindings = 5;
