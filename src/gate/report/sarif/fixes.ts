import type { Finding } from "../../../rules/index.js";
import type { FileEdits, ReportContext } from "../report-context.js";
import { artifactAt } from "./places.js";

/** The edits that meet a finding, as one fix; nothing where there are none. */
export function toFixes(finding: Finding, { edits, fromRoot }: ReportContext) {
  const files = edits?.(finding).filter((file) => file.edits.length > 0) ?? [];
  if (files.length === 0) return {};
  const artifactChanges = files.map((file) => ({
    artifactLocation: artifactAt(file.path, fromRoot),
    replacements: file.edits.map(({ start, end, text }) => ({
      deletedRegion: { ...startOf(file, start), ...endOf(file, end) },
      insertedContent: { text },
    })),
  }));
  return { fixes: [{ description: { text: "What proto4 check --fix would write." }, artifactChanges }] };
}

function startOf({ text }: FileEdits, offset: number) {
  const [startLine, startColumn] = positionAt(text, offset);
  return { startLine, startColumn };
}

function endOf({ text }: FileEdits, offset: number) {
  const [endLine, endColumn] = positionAt(text, offset);
  return { endLine, endColumn };
}

/** Line and column of an offset, from 1. A mark of the encoding takes no column. */
function positionAt(text: string, offset: number): readonly [number, number] {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  const column = offset - (before.lastIndexOf("\n") + 1) + 1;
  return [line, line === 1 && text.startsWith("\ufeff") && offset > 0 ? column - 1 : column];
}
