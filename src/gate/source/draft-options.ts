import type { Fix } from "../../rules/index.js";
import type { Declaration } from "./declaration.js";
import type { Declared } from "./declared-names.js";
import { type Draft, type Editing, nothing, type Placement, refuse } from "./draft.js";
import { editList } from "./edit-list.js";
import { indentOf } from "./layout.js";
import { pathOf, relate } from "./option-path.js";
import { placeOf } from "./option-place.js";
import { type OptionsPlan, planOptions, type Want } from "./plan-options.js";
import type { TextEdit } from "./text-edit.js";

export type OptionFix = Extract<Fix, { kind: "option" }>;

/** All that is asked of one element's options: in brackets, or as statements in its body. */
export function draftOptions(fixes: readonly OptionFix[], declared: Declared, editing: Editing): Draft {
  const { declaration, isGroupMessage } = declared;
  const { wants, clashes } = wantsOf(fixes, editing.source.package);
  const draft =
    bracketed.has(declaration.kind) && !isGroupMessage
      ? draftBrackets(wants, declaration, editing)
      : draftStatements(wants, declaration, editing);
  return { ...draft, refused: [...draft.refused, ...clashes.refused] };
}

const bracketed: ReadonlySet<Declaration["kind"]> = new Set(["field", "group", "enum-value"]);

/** Protobuf's own options come before custom ones. One that is a part of another that is asked for too is refused. */
function wantsOf(fixes: readonly OptionFix[], scope: string) {
  const wants = fixes
    .map((fix): Want => ({ fix, path: pathOf(fix.name), value: fix.value }))
    .toSorted((a, b) => rank(a) - rank(b) || (a.fix.name < b.fix.name ? -1 : 1));
  const isPart = ({ path }: Want) => wants.some((other) => relate(other.path, path, scope) === "around");
  const parts = wants.filter(isPart).map(({ fix }) => fix);
  return {
    wants: wants.filter((want) => !isPart(want)),
    clashes: refuse(parts, "another fix sets the whole of what this sets a part of"),
  };
}

function rank({ path }: Want): number {
  return path[0]?.startsWith("(") ? 1 : 0;
}

function draftBrackets(wants: readonly Want[], declaration: Declaration, editing: Editing): Draft {
  const { source, layout } = editing;
  const plan = planOptions(declaration.options, wants, { source, layout, scope: source.package });
  const added = plan.added.map(({ fix, value }) => `${fix.name} = ${value}`);
  return {
    ...nothing,
    edits: [...plan.edits, ...editBrackets(declaration, plan, added, editing)],
    refused: plan.refused,
  };
}

function editBrackets(
  { brackets, head, options }: Declaration,
  { removed }: OptionsPlan,
  added: readonly string[],
  { source, layout }: Editing,
): readonly TextEdit[] {
  if (removed.size === 0 && added.length === 0) return [];
  if (brackets === undefined) return [{ start: head.end, end: head.end, text: ` [${added.join(", ")}]` }];
  const inside = { start: brackets.start + 1, end: brackets.end - 1 };
  if (removed.size < options.length)
    return editList(source, { items: options, inside, separator: "," }, { removed, added }, layout);
  if (added.length > 0) return [{ ...inside, text: added.join(", ") }];
  const isBare = source.text.slice(head.end, brackets.start).trim() === "";
  return [{ start: isBare ? head.end : brackets.start, end: brackets.end, text: "" }];
}

function draftStatements(wants: readonly Want[], home: Declaration, editing: Editing): Draft {
  const { source, layout } = editing;
  const statements = home.children.filter(({ kind, options }) => kind === "option" && options.length > 0);
  const entries = statements.map(({ options }) => options[0]!);
  const plan = planOptions(entries, wants, { source, layout, scope: source.package });
  const removed = [...plan.removed].map((index) => ({ home, declaration: statements[index]! }));
  const added = plan.added.map(({ fix, value }) => `option ${fix.name} = ${value};`);
  if (home.body === undefined)
    return {
      ...nothing,
      refused: plan.refused,
      edits: added.length === 0 ? [] : [openBody(home, added, editing)],
    };
  const behind = placeOf(home);
  const placed = added.map((statement): Placement => ({ home, behind, statement, kind: "option" }));
  return { edits: plan.edits, placed, removed, refused: plan.refused };
}

/** A method that ended with a semicolon gets a body. */
function openBody(
  { start, head, end }: Declaration,
  added: readonly string[],
  { source, layout }: Editing,
): TextEdit {
  const { newline, unit } = layout;
  const indent = indentOf(source.text, start);
  const lines = added.map((statement) => `${newline}${indent}${unit}${statement}`);
  const hasEnd = source.text[end - 1] === ";";
  return { start: hasEnd ? end - 1 : head.end, end, text: ` {${lines.join("")}${newline}${indent}}` };
}
