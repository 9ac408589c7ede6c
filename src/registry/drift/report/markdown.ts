import { escapeMarkdown } from "../../../gate/index.js";
import type { Board, EnvironmentBoard } from "../board.js";
import { tellDuration } from "../duration.js";
import { driftTitle, headline, versionName } from "./table.js";

/** The board for a page or a pull request. */
export function boardMarkdown({ at, environments }: Board): string {
  const parts = environments.map((each) => environmentPart(each, Date.parse(at)));
  return `# Drift at ${at}\n\n${parts.length === 0 ? "Nothing has joined yet.\n" : parts.join("\n")}`;
}

function environmentPart(board: EnvironmentBoard, now: number): string {
  const rows = board.runs.map((run) => {
    const age = tellDuration(now - Date.parse(run.since));
    const cells = [run.service, run.package, versionName(run), run.roles.join(" "), run.instances, age];
    return `| ${cells.map((cell) => escapeMarkdown(String(cell))).join(" | ")} |`;
  });
  const drifts = board.drifts.flatMap((drift) => [
    `- ${escapeMarkdown(driftTitle(drift, now))}`,
    ...drift.findings.map(({ rule, message }) => `  - \`${rule}\` ${escapeMarkdown(message)}`),
  ]);
  return [
    `## ${escapeMarkdown(headline(board))}`,
    "",
    "| service | package | version | roles | instances | since |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
    ...(drifts.length === 0 ? ["No drift."] : drifts),
    "",
  ].join("\n");
}
