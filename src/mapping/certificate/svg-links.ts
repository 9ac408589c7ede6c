import type { Row } from "./certificate.js";
import { lossLines } from "./summary.js";
import { type Link, metrics } from "./svg-layout.js";
import { element, escapeText, text } from "./svg-markup.js";

const start = metrics.left.x + metrics.left.width;
const end = metrics.right.x;
const middle = (start + end) / 2;

/** The line, or lines, of a row, what it is about as a label, and all of it in words for who points at it. */
export function drawLink({ row, v3, v4 }: Link): string {
  const told = [describe(row), ...lossLines(row).map(([name, line]) => `${name}: ${line}`)].join("\n");
  return element("g", { class: row.loss }, [
    `<title>${escapeText(told)}</title>`,
    ...paths(v3, v4, row.loss !== "ISO"),
    ...label(row, v3, v4),
  ]);
}

function describe({ v3, v4, kinds, loss }: Row): string {
  const [elder, newer] = [v3, v4].map((fields) => fields.map(({ name }) => name).join(", ") || "none");
  return `${elder} → ${newer}: ${kinds.join(", ")} (${loss})`;
}

/** One to one is a curve; several meet in the middle; what has no counterpart ends in a ring, filled where it is stashed. */
function paths(v3: readonly number[], v4: readonly number[], stashed: boolean): readonly string[] {
  if (v3.length === 0) return v4.flatMap((y) => stub(end, end - 28, y, stashed));
  if (v4.length === 0) return v3.flatMap((y) => stub(start, start + 28, y, stashed));
  if (v3.length === 1 && v4.length === 1) return [curve(start, v3[0]!, end, v4[0]!)];
  const all = [...v3, ...v4];
  const hub = all.reduce((sum, y) => sum + y, 0) / all.length;
  return [
    ...v3.map((y) => curve(start, y, middle, hub)),
    ...v4.map((y) => curve(middle, hub, end, y)),
    `<circle class="hub" cx="${middle}" cy="${round(hub)}" r="4"/>`,
  ];
}

function stub(from: number, to: number, y: number, stashed: boolean): readonly string[] {
  const ring = stashed ? "hub" : "ring";
  return [
    `<path d="M${from} ${round(y)}H${to}"/>`,
    `<circle class="${ring}" cx="${to}" cy="${round(y)}" r="4"/>`,
  ];
}

function curve(x1: number, y1: number, x2: number, y2: number): string {
  const bend = round((x1 + x2) / 2);
  return `<path d="M${x1} ${round(y1)}C${bend} ${round(y1)} ${bend} ${round(y2)} ${x2} ${round(y2)}"/>`;
}

/** Beside the field of v4, where no two labels meet. */
function label(row: Row, v3: readonly number[], v4: readonly number[]): readonly string[] {
  if (row.kinds[0] === "identity") return [];
  const what = `${row.kinds.join(", ")}${row.declare === undefined ? "" : " (undeclared)"}`;
  const [first] = v4;
  return first === undefined
    ? [text(start + 36, v3[0]! + 4, what, "label")]
    : [text(end - (v3.length === 0 ? 36 : 8), first - 4, what, "label end")];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
