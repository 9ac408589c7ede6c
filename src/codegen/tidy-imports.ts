/**
 * Sorts the imports of a generated file, packages first, and calls the stub of a v3 service `UserServiceV3`
 * where protoplugin found no better name than `UserService$1`.
 */
export function tidyImports(content: string): string {
  const lines = content.split("\n");
  const imports = lines.filter((line) => line.startsWith("import "));
  const start = lines.findIndex((line) => line.startsWith("import "));
  if (start >= 0) lines.splice(start, imports.length, ...imports.toSorted(bySource));
  const aliases = imports.flatMap((line) => [...line.matchAll(/\b(\w+)\$1\b/g)]);
  return aliases.reduce((text, [alias, name]) => renameElder(text, alias, `${name}V3`), lines.join("\n"));
}

function renameElder(content: string, alias: string, name: string): string {
  return content.includes(name) ? content : content.replaceAll(alias, name);
}

function bySource(a: string, b: string): number {
  const [left, right] = [sourceOf(a), sourceOf(b)];
  const packagesFirst = Number(left.startsWith(".")) - Number(right.startsWith("."));
  return packagesFirst || (left < right ? -1 : Number(left > right)) || (a < b ? -1 : Number(a > b));
}

function sourceOf(line: string): string {
  return /from "(.*)";$/.exec(line)?.[1] ?? "";
}
