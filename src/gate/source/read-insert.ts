import type { Fix } from "../../rules/index.js";
import type { Declaration, Source } from "./declaration.js";
import { namesIn } from "./declared-names.js";
import type { Editing } from "./draft.js";
import { readStatementsOf } from "./read-source.js";
import { sameTokens } from "./same-tokens.js";
import { tokenize } from "./tokenize.js";
import { tokensWithin } from "./tokens-within.js";

type InsertFix = Extract<Fix, { kind: "insert" }>;

/** A statement that is to come in, read as it would be in its body. */
export interface Insert {
  readonly fix: InsertFix;
  readonly home: Declaration;
  readonly statements: readonly Declaration[];
  readonly names: readonly string[];
  /** Whether the body has it. */
  readonly isThere: boolean;
}

export function readInsert(fix: InsertFix, home: Declaration, editing: Editing): Insert {
  const statements = readStatementsOf(fix.statement, home.kind, scopeOf(home, editing.source));
  const isThere =
    statements.length > 0 &&
    statements.every((statement) => hasTwin(fix.statement, statement, home, editing));
  return { fix, home, statements, names: namesIn(statements), isThere };
}

/** What names in a body begin with. */
function scopeOf({ kind, fullName, groupName }: Declaration, source: Source): string {
  if (kind === "file") return source.package;
  const isBeside = kind === "oneof" || kind === "enum";
  return isBeside ? fullName.slice(0, Math.max(0, fullName.lastIndexOf("."))) : (groupName ?? fullName);
}

/** Whether a body has a statement already. Extensions of one message may be in any block of it. */
function hasTwin(text: string, statement: Declaration, home: Declaration, editing: Editing): boolean {
  const { source } = editing;
  if (statement.kind === "extend" && statement.children.length > 0) {
    const blocks = home.children.filter((block) => extendsSame(block, statement, source, text));
    return statement.children.every((child) => blocks.some((block) => hasTwin(text, child, block, editing)));
  }
  const tokens = tokenize(text.slice(statement.start, statement.end));
  return namesakes(statement, home, editing).some(
    (child) => child.kind === statement.kind && sameTokens(tokensWithin(source, child), tokens),
  );
}

/** Of thousands of members, the one of that name; of what has no name, all. */
function namesakes({ fullName }: Declaration, home: Declaration, { names }: Editing): readonly Declaration[] {
  if (fullName === "") return home.children;
  const there = names.get(fullName);
  return there?.home === home ? [there.declaration] : [];
}

/** Whether two blocks extend one message, by the same name. @param text of the second */
export function extendsSame(
  block: Declaration,
  statement: Declaration,
  source: Source,
  text: string,
): boolean {
  if (block.kind !== "extend" || statement.kind !== "extend") return false;
  const wanted = tokenize(text.slice(statement.type!.start, statement.type!.end));
  return sameTokens(tokensWithin(source, block.type!), wanted);
}
