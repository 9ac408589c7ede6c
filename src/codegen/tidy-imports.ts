import type { GeneratedFile, ImportSymbol } from "@bufbuild/protoplugin";

/** Lets imports keep their names where others, which are printed further down, have the same. */
export function nameFirst(f: GeneratedFile, imports: readonly ImportSymbol[]): void {
  f.print(marker, ...imports.flatMap((symbol) => [" ", symbol]));
}

/**
 * Sorts the imports of a generated file, packages first, and calls the stub of a v3 service `UserServiceV3`
 * where protoplugin found no better name than `UserService$1`.
 */
export function tidyImports(content: string): string {
  const lines = content.split("\n").filter((line) => !line.startsWith(marker));
  const imports = lines.filter((line) => line.startsWith("import "));
  const start = lines.findIndex((line) => line.startsWith("import "));
  if (start >= 0) lines.splice(start, imports.length, ...imports.toSorted(bySource));
  const names = new Set(imports.flatMap(namesIn));
  // An alias against a name of this file's own, or of a package, is of no elder.
  const stubs = imports.filter((line) => sourceOf(line).startsWith("."));
  const named = new Set(stubs.flatMap(namesIn));
  const renamed = new Map(
    stubs
      .flatMap((line) => [...line.matchAll(/\b(\w+)\$1\b/g)])
      .flatMap(([alias, name]) => (named.has(name!) ? [[alias, `${name}V3`] as const] : [])),
  );
  const text = lines.join("\n");
  return text.replace(/\b\w+\$1\b/g, (alias) => {
    const name = renamed.get(alias);
    return name === undefined || names.has(name) ? alias : name;
  });
}

/** What an import brings under its own name. */
function namesIn(line: string): readonly string[] {
  return [...line.matchAll(/[{,] (\w+)(?=[, ])(?! as )/g)].map(([, name]) => name!);
}

function bySource(a: string, b: string): number {
  const [left, right] = [sourceOf(a), sourceOf(b)];
  const packagesFirst = Number(left.startsWith(".")) - Number(right.startsWith("."));
  return packagesFirst || (left < right ? -1 : Number(left > right)) || (a < b ? -1 : Number(a > b));
}

function sourceOf(line: string): string {
  return /from "(.*)";$/.exec(line)?.[1] ?? "";
}

const marker = "// first:";
