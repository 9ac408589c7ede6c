import type { Declaration, Source } from "./declaration.js";
import type { Placement } from "./draft.js";
import { hasBlankBehind, hasBlankBetween } from "./layout.js";

type Statement = Declaration | Placement;

/**
 * Whether an empty line parts two statements of which one comes in: as it parts others of that kind near there; else
 * where one of them is a block of several lines.
 */
export function needsBlankLine(
  before: Statement,
  after: Statement,
  anchor: Declaration,
  home: Declaration,
  source: Source,
): boolean {
  if (before.kind === after.kind)
    return isSpaced(before.kind, anchor, home, source) ?? isBlock(before, after, source);
  if (home.kind === "file") return true;
  const next = home.children[home.children.indexOf(anchor) + 1];
  const isParted = next !== undefined && hasBlankBehind(source.text, anchor.whole.end);
  return (isParted && before === anchor && next.kind !== anchor.kind) || isBlock(before, after, source);
}

/** How the anchor stands to others of its kind: to the one before, or the one behind. */
function isSpaced(
  kind: Declaration["kind"],
  anchor: Declaration,
  home: Declaration,
  { text }: Source,
): boolean | undefined {
  if (anchor.kind !== kind) return undefined;
  const index = home.children.indexOf(anchor);
  const [before, behind] = [home.children[index - 1], home.children[index + 1]];
  if (before?.kind === kind) return hasBlankBetween(text, before.whole.end, anchor.whole.start);
  if (behind?.kind === kind) return hasBlankBehind(text, anchor.whole.end);
  return undefined;
}

function isBlock(before: Statement, after: Statement, { text }: Source): boolean {
  return [before, after].some((statement) => {
    const lines =
      "statement" in statement ? statement.statement.trim() : text.slice(statement.start, statement.end);
    return blocks.has(statement.kind) && (lines.includes("\n") || topLevel.has(statement.kind));
  });
}

const blocks: ReadonlySet<Declaration["kind"]> = new Set([
  "message",
  "enum",
  "service",
  "extend",
  "oneof",
  "group",
  "method",
]);
const topLevel: ReadonlySet<Declaration["kind"]> = new Set(["message", "enum", "service"]);
