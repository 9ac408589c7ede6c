import { escapeXml, type Severity } from "../../../gate/index.js";
import type { Board, Drift, EnvironmentBoard, Run } from "../board.js";
import { traffic } from "../talks.js";
import { versionName } from "./table.js";

/** The board as a matrix for each environment and package: who writes on the left, who reads above. */
export function boardSvg({ at, environments }: Board): string {
  const matrices = environments.flatMap((board) => {
    const packages = [...new Set(board.runs.map((run) => run.package))].sort();
    return packages.map((name) => ({ board, name, runs: board.runs.filter((run) => run.package === name) }));
  });
  let top = margin + 28;
  const drawn = matrices.map((matrix) => {
    const part = drawMatrix(matrix, top);
    top += part.height + gap;
    return part;
  });
  const width = Math.max(560, ...drawn.map((part) => part.width + 2 * margin));
  const empty = matrices.length === 0 ? text(margin, top, "nothing has joined yet") : "";
  const title = text(margin, margin + 8, `Drift at ${at}`, "title");
  const body = [title, empty, ...drawn.map(({ svg }) => svg), legend(top)].join("");
  const size = `width="${width}" height="${top + 54}" viewBox="0 0 ${width} ${top + 54}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><style>${style}</style><rect width="100%" height="100%" fill="#fff"/>${body}</svg>\n`;
}

interface Matrix {
  readonly board: EnvironmentBoard;
  readonly name: string;
  readonly runs: readonly Run[];
}

function drawMatrix({ board, name, runs }: Matrix, top: number) {
  const labels = runs.map((run) => `${run.service}  ${versionName(run)}  ×${run.instances}`);
  const left = margin + Math.max(...labels.map((label) => label.length)) * letter + 12;
  // Slanted at 45 degrees, a label rises by 0.71 of its length.
  const head = Math.max(...labels.map((label) => label.length)) * letter * 0.71 + 40;
  const columns = labels.map((label, i) => slanted(left + (i + 0.5) * cell, top + head - 8, label));
  const rows = runs.map((from, row) => {
    const y = top + head + row * cell;
    const cells = runs.map((to, column) => drawCell(board, from, to, left + column * cell, y));
    return text(margin, y + cell / 2 + 4, labels[row]!) + cells.join("");
  });
  const title = text(
    margin,
    top + 12,
    `${board.environment} · ${name}: what the rows send is read by the columns`,
    "name",
  );
  const tail = Math.max(...labels.map((label) => label.length)) * letter * 0.71;
  return {
    svg: [title, ...columns, ...rows].join(""),
    height: head + runs.length * cell,
    width: left + runs.length * cell + tail,
  };
}

function drawCell({ drifts }: EnvironmentBoard, from: Run, to: Run, x: number, y: number): string {
  const own = drifts.filter((drift) => drift.from === from && drift.to === to);
  const look = lookOf(own, from, to);
  const rect = `<rect x="${x + 1}" y="${y + 1}" width="${cell - 2}" height="${cell - 2}" rx="3" fill="${colours[look]}"/>`;
  const told = own.map((drift) => `${drift.traffic}: ${drift.severity}, ${drift.findings.length} findings`);
  const lines = [`${from.service} → ${to.service}`, ...(told.length === 0 ? [meanings[look]] : told)];
  const title = `<title>${lines.map(escapeXml).join("\n")}</title>`;
  // Colour alone does not tell everybody.
  const sign = text(x + cell / 2, y + cell / 2 + 5, signs[look], "sign");
  return `<g>${title}${rect}${sign}</g>`;
}

type Look = Severity | "well" | "silent" | "unknown";

function lookOf(drifts: readonly Drift[], from: Run, to: Run): Look {
  const graver = (["error", "warning", "info"] as const).find((each) =>
    drifts.some(({ severity, traffic: what }) => severity === each && what !== "unknown"),
  );
  if (graver !== undefined) return graver;
  const talk = traffic(from.roles, to.roles).length > 0;
  if (!talk) return drifts.length > 0 ? "unknown" : "silent";
  if (from.fingerprint === to.fingerprint) return from.known === undefined ? "unknown" : "well";
  return from.known === undefined || to.known === undefined ? "unknown" : "well";
}

function legend(top: number): string {
  const looks: readonly Look[] = ["error", "warning", "info", "well", "unknown", "silent"];
  const parts = looks.map((look, i) => {
    const [x, y] = [margin + (i % 3) * 180, top + Math.floor(i / 3) * 22];
    const box = `<rect x="${x}" y="${y}" width="16" height="16" rx="3" fill="${colours[look]}"/>`;
    return box + text(x + 8, y + 12, signs[look], "sign") + text(x + 22, y + 12, meanings[look]);
  });
  return parts.join("");
}

function text(x: number, y: number, content: string, kind = "text"): string {
  return `<text x="${x}" y="${y}" class="${kind}">${escapeXml(content)}</text>`;
}

function slanted(x: number, y: number, content: string): string {
  return `<text transform="translate(${x} ${y}) rotate(-45)" class="text">${escapeXml(content)}</text>`;
}

const colours: Readonly<Record<Look, string>> = {
  error: "#d1453b",
  warning: "#e9a13b",
  info: "#b9d3ee",
  well: "#bfe3c0",
  silent: "#f2f2f2",
  unknown: "#cfc4e6",
};
const signs: Readonly<Record<Look, string>> = {
  error: "✕",
  warning: "!",
  info: "i",
  well: "✓",
  silent: "",
  unknown: "?",
};
const meanings: Readonly<Record<Look, string>> = {
  error: "not understood",
  warning: "refused as JSON",
  info: "not wholly read",
  well: "understood",
  silent: "nothing is sent",
  unknown: "contract not known",
};
const margin = 16;
const gap = 32;
const cell = 30;
/** Of the monospaced type below, in pixels. */
const letter = 7.3;
const style =
  "text{font:12px ui-monospace,Menlo,Consolas,monospace;fill:#222;white-space:pre}.title{font-size:15px;font-weight:bold}.name{font-size:13px;font-weight:bold}.sign{text-anchor:middle}";
