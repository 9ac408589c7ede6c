import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface SourceFile {
  /** From the root of the project. */
  readonly path: string;
  /** Without comments. */
  readonly text: string;
  /** Files of the project that it imports, types included. */
  readonly files: readonly string[];
  /** Everything else that it imports. */
  readonly packages: readonly string[];
}

/** The TypeScript files below these folders by path, in the order of paths. */
export function readSources(folders: readonly string[]): ReadonlyMap<string, SourceFile> {
  return new Map(folders.flatMap(list).map((path) => [path, read(path)]));
}

function list(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

function read(path: string): SourceFile {
  const text = withoutComments(readFileSync(join(root, path), "utf8"));
  const specifiers = [...text.matchAll(statement), ...text.matchAll(call)].map((match) => match[1]!);
  const local = specifiers.filter((specifier) => specifier.startsWith("."));
  return {
    path,
    text,
    files: local.map((specifier) => join(dirname(path), specifier).replace(/\.js$/, ".ts")),
    packages: specifiers.filter((specifier) => !specifier.startsWith(".")),
  };
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}

/** `import … from "x"`, `import "x"` and `export … from "x"` at the beginning of a line. */
const statement = /^(?:import|export)\s(?:[^;"'`]*?\sfrom\s)?\s*"([^"]+)";/gm;
/** `import("x")`, of values and of types. */
const call = /\bimport\(\s*"([^"]+)"/g;
