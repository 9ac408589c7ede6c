import type { ErrorLocation } from "../../../diagnostics/index.js";
import type { Finding } from "../../../rules/index.js";
import type { ReportContext } from "../report-context.js";
import { utf16Column } from "../source/utf16-column.js";

/** Where a finding is, below the root of the repository. */
export function placeAfter(finding: Finding, { sources, fromRoot }: ReportContext) {
  const { at } = finding;
  if (at === undefined) return undefined;
  return {
    artifactLocation: artifactAt(at.path, fromRoot),
    region: toRegion(at, sources?.after(finding)),
  };
}

/** Where its element was, in the version before. */
export function placeBefore(finding: Finding, { sources }: ReportContext) {
  const { before } = finding;
  if (before === undefined) return undefined;
  return {
    artifactLocation: { uri: encodePath(before.path), uriBaseId: "%BEFORE%" },
    region: toRegion(before, sources?.before(finding)),
  };
}

/** A file of the version that is checked. What lies outside of the repository has no place below its root. */
export function artifactAt(path: string, fromRoot: ReportContext["fromRoot"] = (same) => same) {
  const inside = fromRoot(path);
  if (/^(\/|[A-Za-z]:|\.\.\/)/.test(inside))
    return { uri: `${inside.startsWith("../") ? "" : "file:///"}${encodePath(inside.replace(/^\//, ""))}` };
  return { uri: encodePath(inside), uriBaseId: "%SRCROOT%" };
}

/** Slashes stay, and everything else that means something in an address does not. */
function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** What has a file but no position there is at its beginning, as with buf. */
function toRegion(place: ErrorLocation, lines: readonly string[] | undefined) {
  const { startLine = 1, startColumn = 1, endLine = startLine, endColumn = startColumn } = place;
  const column = (line: number, at: number) => {
    const text = lines?.[line - 1];
    return text === undefined ? at : utf16Column(text, at);
  };
  return {
    startLine,
    startColumn: column(startLine, startColumn),
    endLine,
    endColumn: column(endLine, endColumn),
  };
}
