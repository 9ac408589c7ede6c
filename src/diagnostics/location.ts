/**
 * A stretch of a source file. Lines and columns count from 1, the end is exclusive in its column: the
 * convention of buf's JSON output.
 */
export interface Location {
  readonly path: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** `path:line:column`, or the path alone where the position is not known. */
export function formatLocation(location: Partial<Location> & Pick<Location, "path">): string {
  const { path, startLine, startColumn } = location;
  return startLine === undefined ? path : `${path}:${startLine}:${startColumn ?? 1}`;
}
