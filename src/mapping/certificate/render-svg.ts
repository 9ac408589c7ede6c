import type { Certificate } from "./certificate.js";
import { summarize, tellUndeclared } from "./summary.js";
import { type FieldBox, layOut, metrics, type PairBox } from "./svg-layout.js";
import { drawLink } from "./svg-links.js";
import { element, escapeText, text } from "./svg-markup.js";
import { style } from "./svg-style.js";

/**
 * A picture of the mapping: the messages of both generations side by side, their fields joined by lines in the
 * colour of what is lost. No script, nothing from outside, the same bytes for the same certificate.
 */
export function renderSvg(certificate: Certificate): string {
  const { width } = metrics;
  const { height, pairs } = layOut(certificate);
  const title = `${certificate.v3} → ${certificate.v4}`;
  const undeclared = tellUndeclared(certificate.counts);
  const facts = [summarize(certificate), ...(undeclared === undefined ? [] : [undeclared])].join("; ");
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: "img",
      "aria-labelledby": "title desc",
    },
    [
      `<title id="title">${escapeText(`How ${certificate.v3} becomes ${certificate.v4}`)}</title>`,
      `<desc id="desc">${escapeText(facts)}</desc>`,
      style,
      element("rect", { class: "page", width, height }),
      text(metrics.left.x, 32, title, "title"),
      text(metrics.left.x, 54, facts, "quiet"),
      legend(),
      ...pairs.map(drawPair),
    ],
  )}\n`;
}

const legendItems = [
  ["ISO", "nothing lost"],
  ["LENS", "no words for it"],
  ["PRISM", "some values do not fit"],
  ["OPAQUE", "user code"],
] as const;

function legend(): string {
  const items = legendItems.map(([loss, meaning], index) => {
    const x = metrics.left.x + index * 225;
    return element("g", { class: loss }, [
      `<path d="M${x} 74H${x + 28}"/>`,
      text(x + 36, 78, `${loss} ${meaning}`, "label"),
    ]);
  });
  return element("g", {}, items);
}

function drawPair(pair: PairBox): string {
  const { left, right } = metrics;
  const promise = pair.message.identical ? "identical" : pair.message.contract;
  return element("g", {}, [
    ...drawBox(left, pair, pair.v3, pair.fields.v3),
    ...drawBox(right, pair, pair.v4, pair.fields.v4),
    text(metrics.width / 2, pair.top + 18, promise, "middle quiet"),
    ...pair.links.map(drawLink),
  ]);
}

function drawBox(
  { x, width }: { readonly x: number; readonly width: number },
  { top, height }: PairBox,
  name: string,
  fields: readonly FieldBox[],
): readonly string[] {
  return [
    element("rect", { class: "box", x, y: top, width, height, rx: 6 }),
    text(x + 10, top + 18, shorten(name, width), "name"),
    ...fields.map(({ field, y }) => text(x + 10, y + 4, shorten(field.line, width), "field")),
  ];
}

/** As much of it as the box has room for: a letter of 12 px is 7.3 px wide. */
function shorten(content: string, width: number): string {
  const room = Math.floor((width - 20) / 7.3);
  return content.length > room ? `${content.slice(0, room - 1)}…` : content;
}
