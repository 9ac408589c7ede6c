import type { Declaration } from "./declaration.js";

/** Where a body gets an option: behind those that are there; else where files have them, or at the top. */
export function placeOf(home: Declaration): Declaration | "top" {
  const statements = home.children.filter(({ kind }) => kind === "option");
  const header = home.kind === "file" ? home.children.filter(({ kind }) => headers.has(kind)) : [];
  return statements.at(-1) ?? header.at(-1) ?? "top";
}

const headers: ReadonlySet<Declaration["kind"]> = new Set(["syntax", "package", "import"]);
