/**
 * Sorts the imports of a generated file, packages first, and calls the stub of a v3 service `UserServiceV3`
 * where protoplugin found no better name than `UserService$1`.
 */
export function tidyImports(content: string): string {
  const lines = content.split("\n");
  const imports = lines.filter((line) => line.startsWith("import "));
  const start = lines.findIndex((line) => line.startsWith("import "));
  if (start >= 0) lines.splice(start, imports.length, ...imports.toSorted(bySource));
  return lines
    .join("\n")
    .replace(salted, (alias, name: string) => (content.includes(`${name}V3`) ? alias : `${name}V3`));
}

function bySource(a: string, b: string): number {
  const [left, right] = [sourceOf(a), sourceOf(b)];
  const packagesFirst = Number(left.startsWith(".")) - Number(right.startsWith("."));
  return packagesFirst || (left < right ? -1 : Number(left > right)) || (a < b ? -1 : Number(a > b));
}

function sourceOf(line: string): string {
  return /from "(.*)";$/.exec(line)?.[1] ?? "";
}

const salted = /\b([A-Za-z_]\w*)\$1\b/g;
