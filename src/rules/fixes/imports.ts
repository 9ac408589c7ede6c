import type { Element, Schema, SchemaFile } from "../../schema/index.js";
import { fileOf } from "../../schema/index.js";
import type { Fix } from "../fix.js";

/** Where the options of proto4 are defined. */
export const optionsPath = "proto4/options.proto";

/** The import that a file needs for something in another one; none where it sees it. */
export function importsFor(file: SchemaFile, other: string, { files }: Schema): readonly Fix[] {
  if (sees(file, other, files)) return [];
  return [{ kind: "import", path: file.fullName, symbol: file.fullName, imported: other, isPublic: false }];
}

/** Of an element that is to say something of its lifecycle. */
export function optionsImport(element: Element, schema: Schema): readonly Fix[] {
  return importsFor(fileOf(element), optionsPath, schema);
}

function sees(file: SchemaFile, other: string, files: Schema["files"]): boolean {
  const reached = new Set([file.fullName, ...file.dependencies]);
  // A set's iterator also visits what is added under way.
  for (const path of reached) {
    if (path === other) return true;
    if (path === file.fullName) continue;
    for (const passed of files.get(path)?.publicDependencies ?? []) reached.add(passed);
  }
  return false;
}
