import type { Declaration, Source } from "./declaration.js";

/** A statement by a name that it declares, and what encloses it. */
export interface Declared {
  readonly declaration: Declaration;
  /** Where it stands: a file, a message, a oneof, an extend… */
  readonly home: Declaration;
  /** Whether the name is a group's message, not its field. */
  readonly isGroupMessage: boolean;
}

/** Every statement that declares something, by full name; of a name that is there twice the first. */
export function declaredNames({ file }: Source): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared>();
  const add = (name: string, declared: Declared) => {
    if (name !== "" && !found.has(name)) found.set(name, declared);
  };
  const visit = (home: Declaration) => {
    for (const declaration of home.children) {
      add(declaration.fullName, { declaration, home, isGroupMessage: false });
      if (declaration.groupName !== undefined)
        add(declaration.groupName, { declaration, home, isGroupMessage: true });
      visit(declaration);
    }
  };
  visit(file);
  return found;
}

/** The names that statements declare, those in their bodies included. */
export function namesIn(statements: readonly Declaration[]): readonly string[] {
  return statements.flatMap(({ fullName, groupName, children }) => [
    ...[fullName, groupName ?? ""].filter((name) => name !== ""),
    ...namesIn(children),
  ]);
}
