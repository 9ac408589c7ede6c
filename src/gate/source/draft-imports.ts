import type { Fix } from "../../rules/index.js";
import type { Declaration } from "./declaration.js";
import { type Draft, type Editing, nothing, type Placement, together } from "./draft.js";
import type { Token } from "./tokenize.js";

export type ImportFix = Extract<Fix, { kind: "import" }>;

/** Lets a file import others: among its imports by their order, if they have one, or behind them. */
export function draftImports(fixes: readonly ImportFix[], { source }: Editing): Draft {
  const { file } = source;
  const imports = file.children.filter(({ kind }) => kind === "import");
  const wanted = new Map<string, boolean>();
  for (const { imported, isPublic } of fixes) wanted.set(imported, isPublic || wanted.get(imported) === true);
  const sorted = [...wanted].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return together(
    sorted.map(([path, isPublic]) => {
      const there = imports.find((statement) => pathOf(statement) === path);
      if (there !== undefined) return isPublic ? publish(there) : nothing;
      const quote = imports[0]?.words.find(({ kind }) => kind === "string")?.text[0] ?? '"';
      const statement = `import ${isPublic ? "public " : ""}${quote}${path}${quote};`;
      const placement: Placement = {
        home: file,
        behind: placeOf(path, imports, file),
        statement,
        kind: "import",
      };
      return { ...nothing, placed: [placement] };
    }),
  );
}

/** What a file imports for itself alone, it lets others see as well. */
function publish({ words }: Declaration): Draft {
  const [keyword, modifier] = words as readonly [Token, ...Token[]];
  if (modifier?.text === "public") return nothing;
  if (modifier?.kind === "word")
    return { ...nothing, edits: [{ start: modifier.start, end: modifier.end, text: "public" }] };
  return { ...nothing, edits: [{ start: keyword.end, end: keyword.end, text: " public" }] };
}

function placeOf(path: string, imports: readonly Declaration[], file: Declaration): Declaration | "top" {
  const paths = imports.map(pathOf);
  const isSorted = paths.every((each, index) => index === 0 || paths[index - 1]! <= each);
  const before = isSorted ? imports.findLast((statement) => pathOf(statement) < path) : undefined;
  const header = file.children.filter(({ kind }) => kind === "syntax" || kind === "package");
  return before ?? imports.at(-1) ?? header.at(-1) ?? "top";
}

function pathOf({ words }: Declaration): string {
  const strings = words.filter(({ kind }) => kind === "string");
  return strings.map(({ text }) => text.slice(1, -1)).join("");
}
