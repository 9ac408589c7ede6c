import type { Severity } from "../../../rules/index.js";

/** A part of a comment, and what of it is known before it is printed. */
export interface Draft {
  readonly severity: Severity;
  /** Of what it stands under, with others. */
  readonly heading: string;
  print(): string;
}

/** A part of a comment that has room in it. */
export interface Block {
  readonly heading: string;
  readonly text: string;
}

/** The parts that have room together, in their order: the gravest are chosen first, and of those the first. */
export function chooseBlocks(drafts: readonly Draft[], room: number): readonly Block[] {
  const chosen = new Map<Draft, Block>();
  const headings = new Set<string>();
  let left = room;
  for (const draft of gravestFirst.flatMap((severity) =>
    drafts.filter((each) => each.severity === severity),
  )) {
    const { heading } = draft;
    const around = BETWEEN + (headings.has(heading) ? 0 : heading.length + FRAME);
    // Of thousands only the first are printed: that may read sources.
    const text = left > around + LEAST ? draft.print() : undefined;
    if (text === undefined || text.length + around > left) continue;
    left -= text.length + around;
    chosen.set(draft, { heading, text });
    headings.add(heading);
  }
  return drafts.flatMap((draft) => chosen.get(draft) ?? []);
}

const gravestFirst: readonly Severity[] = ["error", "warning", "info"];

/** What stands between two parts, and around those under one heading. */
const BETWEEN = 2;
const FRAME = 60;

/** No finding is told in less. */
const LEAST = 60;
