import { escapeXml } from "../escape-xml.js";
import type { LifecycleList, ListedElement } from "./lifecycle-list.js";
import { tellUrgency } from "./summary.js";
import { style } from "./svg-style.js";
import { tellBar, tellFacts } from "./svg-words.js";
import { makeAxis, type TimeAxis } from "./time-axis.js";

/** A timeline: for each element a bar from the day its state began to its last one, and a line for today. */
export function lifecycleSvg(list: LifecycleList): string {
  const { today, elements } = list;
  const dated = elements.filter(({ since, sunset }) => (since ?? sunset) !== undefined);
  const rows = dated.slice(0, mostRows);
  const axis = makeAxis([today, ...rows.flatMap(({ since, sunset }) => [since, sunset].filter(isGiven))]);
  const bottom = top + rows.length * rowHeight;
  const notes = notesOf(elements.length - dated.length, dated.length - rows.length);
  const height = bottom + 16 + Math.max(1, notes.length) * 18;
  const body = [
    text(margin, 26, `Lifecycles on ${today}`, "title"),
    text(margin, 46, tellUrgency(list), "quiet"),
    ...axis.ticks.map(({ day, label }) => drawTick(xOf(day, axis), label, bottom)),
    ...rows.map((element, index) => drawBar(element, axis, today, top + index * rowHeight)),
    drawToday(xOf(today, axis), bottom),
    ...rows.map((element, index) => drawWords(element, axis, top + index * rowHeight, index)),
    ...notes.map((note, index) => text(margin, bottom + 24 + index * 18, note, "quiet")),
  ];
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img"><title>Lifecycles on ${today}</title><style>${style}</style><rect class="paper" width="100%" height="100%"/>${body.join("")}</svg>\n`;
}

function notesOf(undated: number, left: number): readonly string[] {
  const count = (number: number) => (number === 1 ? "1 element" : `${number} elements`);
  return [
    ...(left === 0
      ? []
      : [
          `${count(left)} more ${left === 1 ? "is" : "are"} not drawn: --state, --within and --package choose`,
        ]),
    ...(undated === 0 ? [] : [`${count(undated)} without a day ${undated === 1 ? "is" : "are"} not drawn`]),
  ];
}

function drawTick(x: number, label: string, bottom: number): string {
  return `<line class="grid" x1="${x}" x2="${x}" y1="${top - 6}" y2="${bottom}"/>${text(x, top - 12, label, "tick")}`;
}

function drawToday(x: number, bottom: number): string {
  return `<line class="today" x1="${x}" x2="${x}" y1="${top - 6}" y2="${bottom + 4}"/>${text(x, bottom + 16, "today", "now")}`;
}

/** Under the line of today. */
function drawBar(element: ListedElement, axis: TimeAxis, today: string, y: number): string {
  const { since, sunset, standing, lifecycle } = element;
  const [start, end] = spanOf(element, axis);
  const late = standing === "overdue" ? line(end, xOf(today, axis), y + rowHeight / 2) : "";
  const looks = [
    ...["bar", lifecycle],
    ...(standing === "overdue" ? ["overdue"] : []),
    ...(since === undefined || sunset === undefined ? ["open"] : []),
  ];
  const box = `x="${start}" y="${y + 4}" width="${end - start}" height="${rowHeight - 8}" rx="3"`;
  return `<g><title>${escapeXml(tellFacts(element))}</title>${late}<rect class="${looks.join(" ")}" ${box}/></g>`;
}

/** Over it: the name, and what the bar says, in it where it has room, else before or behind it. */
function drawWords(element: ListedElement, axis: TimeAxis, y: number, index: number): string {
  const [start, end] = spanOf(element, axis);
  const [words, middle] = [tellBar(element), y + rowHeight / 2 + 4];
  const room = words.length * signWidth + 12;
  const told =
    end - start >= room
      ? text(start + 6, middle, words, "inside")
      : start - left >= room
        ? text(start - 6, middle, words, "before")
        : text(Math.min(end + 6, right - room), middle, words, "behind");
  const clip = `<clipPath id="name${index}"><rect x="${margin}" y="${y}" width="${left - margin}" height="${rowHeight}"/></clipPath>`;
  const label = `<g clip-path="url(#name${index})">${text(left - 10, middle, cut(element.name), "name")}</g>`;
  return `<g>${clip}${label}${told}</g>`;
}

/** What is wrong in the terms is for rules to tell: here, each bar can be seen. */
function spanOf({ since, sunset }: ListedElement, axis: TimeAxis): readonly [start: number, end: number] {
  const from = since === undefined ? left : xOf(since, axis);
  const to = sunset === undefined ? right : xOf(sunset, axis);
  const start = Math.min(from, to, right - 3);
  return [start, Math.max(from, to, start + 3)];
}

function line(from: number, to: number, y: number): string {
  return `<line class="late" x1="${from}" x2="${to}" y1="${y}" y2="${y}"/>`;
}

/** The end of a name tells more than its beginning. By code points: half a sign is none. */
function cut(name: string): string {
  const signs = [...name];
  return signs.length <= mostSigns ? name : `…${signs.slice(1 - mostSigns).join("")}`;
}

function xOf(day: string, axis: TimeAxis): number {
  const place = Math.min(1, Math.max(0, axis.place(day)));
  return Math.round((left + place * (right - left)) * 10) / 10;
}

function text(x: number, y: number, content: string, kind: string): string {
  return `<text class="${kind}" x="${x}" y="${y}">${escapeXml(content)}</text>`;
}

function isGiven(day: string | undefined): day is string {
  return day !== undefined;
}

const width = 1000;
const margin = 16;
const left = 316;
const right = width - margin;
const top = 84;
const rowHeight = 26;
/** Of the type in bars, in pixels. */
const signWidth = 6.7;
/** More make a picture that nobody reads. */
const mostRows = 60;
/** As many as have room beside the bars. */
const mostSigns = 40;
