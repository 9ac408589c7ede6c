import type { Declaration } from "./declaration.js";
import type { Editing, Placement } from "./draft.js";
import { indented, indentOf } from "./layout.js";
import type { TextEdit } from "./text-edit.js";

/** Opens a body that stands in one line: each statement of it gets a line, those that come in as well. */
export function editLine(
  {
    home,
    placed,
    removed,
  }: {
    readonly home: Declaration;
    readonly placed: readonly Placement[];
    readonly removed: ReadonlySet<Declaration>;
  },
  { source, layout }: Editing,
): readonly TextEdit[] {
  const { text } = source;
  const outer = indentOf(text, home.start);
  const indent = outer + layout.unit;
  const kept = home.children.filter((child) => !removed.has(child));
  const stops: readonly (Declaration | undefined)[] = [...kept, undefined];
  return stops.map((next, index) => {
    const before = kept[index - 1];
    const start = before?.whole.end ?? home.body!.start;
    const end = next?.whole.start ?? home.body!.end;
    const left = textBetween(
      text,
      start,
      end,
      home.children.filter((child) => removed.has(child)),
    );
    const lines = [
      ...(left === "" ? [] : [indent + left]),
      ...placed
        .filter(({ behind }) => comesHere(behind, index, home, kept))
        .map(({ statement }) => indented(statement, indent, layout)),
    ];
    const last = next === undefined ? outer : indent;
    return { start, end, text: [...["", ...lines].map((line) => line), last].join(layout.newline) };
  });
}

/** What stands between two statements besides what is removed: comments, and empty statements. */
function textBetween(text: string, start: number, end: number, removed: readonly Declaration[]): string {
  let at = start;
  let left = "";
  for (const { whole } of removed) {
    if (whole.start < start || whole.end > end) continue;
    left += text.slice(at, whole.start);
    at = whole.end;
  }
  return (left + text.slice(at, end)).trim();
}

/** Behind which of the statements that stay something comes, as the index of the next. */
function comesHere(
  behind: Placement["behind"],
  index: number,
  home: Declaration,
  kept: readonly Declaration[],
): boolean {
  if (behind === "top") return index === 0;
  if (behind === "end") return index === kept.length;
  const anchor = home.children
    .slice(0, home.children.indexOf(behind) + 1)
    .findLast((child) => kept.includes(child));
  return index === (anchor === undefined ? 0 : kept.indexOf(anchor) + 1);
}
