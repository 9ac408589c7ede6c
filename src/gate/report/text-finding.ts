import { type ErrorLocation, formatLocation, oneLine } from "../../diagnostics/index.js";
import { audiences, type Finding } from "../../rules/index.js";
import { painter } from "./paint.js";
import type { ReportContext } from "./report-context.js";
import { findingLines } from "./source/finding-lines.js";
import { type SnippetStyle, snippet } from "./source/snippet.js";
import type { SourceLine } from "./source/source-line.js";
import { type Piece, wrap } from "./wrap.js";

/** One finding: the verdict at its place, the place before, who is hurt, the way out, its id. */
export function reportFinding(finding: Finding, context: ReportContext): readonly string[] {
  const { before, severity, breaks, id, suggestion } = finding;
  const paint = painter(context.color ?? false);
  const width = context.width === undefined ? undefined : Math.max(context.width, NARROW);
  const style = { width, caret: severity, paint };
  const { after, was } = findingLines(finding, context);
  const labelled = (label: string, text: string, indent: number) =>
    wrap(
      [
        { style: "aside", text: `  ${label.padEnd(9)}` },
        { style: "plain", text },
      ],
      { width, indent },
      paint,
    );
  return [
    ...wrap(head(finding), { width, indent: 4 }, paint),
    ...show(after, style),
    ...(before === undefined ? [] : labelled("was", placeOf(before), 11)),
    ...show(was, style),
    ...(breaks.length === 0 ? [] : labelled("breaks", breaks.map((who) => audiences[who]).join(", "), 11)),
    ...suggestion.flatMap((line, index) => labelled(index === 0 ? "do this" : "", oneLine(line), 13)),
    // By which it is waived.
    ...labelled("finding", id, 11),
  ];
}

/** `shop/v1/order.proto:5:1: error FIELD_NO_DELETE  field 2 "note" left message shop.v1.Order while STABLE` */
function head({ at, before, severity, rule, message }: Finding): readonly Piece[] {
  const place = at ?? before;
  return [
    ...(place === undefined ? [] : [{ style: "place", text: `${placeOf(place)}:` } as const]),
    { style: severity, text: `${place === undefined ? "" : " "}${severity} ${rule}` },
    { style: "plain", text: `  ${oneLine(message)}` },
  ];
}

function show(line: SourceLine | undefined, style: SnippetStyle): readonly string[] {
  return line === undefined ? [] : snippet(line, style);
}

function placeOf(place: ErrorLocation): string {
  return oneLine(formatLocation(place));
}

/** The narrowest terminal that lines are broken for. */
const NARROW = 40;
