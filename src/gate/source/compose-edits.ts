import { applyEdits, inOrder, type TextEdit } from "./text-edit.js";

/**
 * Two rounds of edits as one.
 * @param text what the first are edits of
 * @param middle what they make of it, of which the second are edits
 */
export function composeEdits(
  text: string,
  first: readonly TextEdit[],
  middle: string,
  second: readonly TextEdit[],
): readonly TextEdit[] {
  let shift = 0;
  const marks = first.map(({ start, end, text: part }): Mark => {
    const from = start + shift;
    shift += part.length - (end - start);
    return { start: from, end: from + part.length, grown: part.length - (end - start), edits: [] };
  });
  const clusters = clustered([...marks, ...second.map((edit) => ({ ...edit, grown: 0, edits: [edit] }))]);
  let grown = 0;
  return clusters.flatMap((cluster) => {
    const start = cluster.start - grown;
    grown += cluster.grown;
    const end = cluster.end - grown;
    const own = cluster.edits.map((edit) => ({ ...edit, ...moved(edit, -cluster.start) }));
    const made = applyEdits(middle.slice(cluster.start, cluster.end), inOrder(own));
    return made === text.slice(start, end) ? [] : [{ start, end, text: made }];
  });
}

/** What was edited, in offsets of the text in the middle. */
interface Mark {
  readonly start: number;
  readonly end: number;
  /** By how much the text grew there in the first round. */
  readonly grown: number;
  /** Of the second round. */
  readonly edits: readonly TextEdit[];
}

/** Those that overlap or touch, as one. */
function clustered(marks: readonly Mark[]): readonly Mark[] {
  const found: Mark[] = [];
  for (const mark of inOrder(marks)) {
    const last = found.at(-1);
    if (last === undefined || mark.start > last.end) found.push(mark);
    else
      found[found.length - 1] = {
        start: last.start,
        end: Math.max(last.end, mark.end),
        grown: last.grown + mark.grown,
        edits: [...last.edits, ...mark.edits],
      };
  }
  return found;
}

function moved({ start, end }: TextEdit, by: number): Pick<TextEdit, "start" | "end"> {
  return { start: start + by, end: end + by };
}
