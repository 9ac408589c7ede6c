import type { SourceCodeInfo } from "@bufbuild/protobuf/wkt";

/** Where the parts of a file stand in its source, by `SourceCodeInfo` path. */
export interface SourceInfo {
  /** Zero-based `[startLine, startColumn, endLine, endColumn]`; `undefined` where the image has none. */
  span(path: readonly number[]): Span | undefined;
  /** The comment above an element, without its comment marks. */
  leadingComment(path: readonly number[]): string | undefined;
}

type Span = readonly [startLine: number, startColumn: number, endLine: number, endColumn: number];

/** The index is made at the first question: most files are never asked. */
export function makeSourceInfo(info: SourceCodeInfo | undefined): SourceInfo {
  let index: Map<string, SourceCodeInfo["location"][number]> | undefined;
  const find = (path: readonly number[]) => {
    index ??= new Map((info?.location ?? []).toReversed().map((entry) => [entry.path.join(","), entry]));
    return index.get(path.join(","));
  };
  return {
    span: (path) => toSpan(find(path)?.span),
    leadingComment: (path) => find(path)?.leadingComments || undefined,
  };
}

/** A span of three numbers ends on the line it starts on. */
function toSpan(numbers: readonly number[] | undefined): Span | undefined {
  if (numbers === undefined || numbers.length < 3) return undefined;
  const [startLine, startColumn, third, fourth] = numbers as [number, number, number, number?];
  return fourth === undefined
    ? [startLine, startColumn, startLine, third]
    : [startLine, startColumn, third, fourth];
}
