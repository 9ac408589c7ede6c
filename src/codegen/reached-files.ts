import { elementsOf, fileOf, references, type Schema } from "../schema/index.js";

/** Paths of the files given and of all whose types they name, directly or not; extensions do not count. */
export function reachedFiles(schema: Schema, paths: Iterable<string>): ReadonlySet<string> {
  const reached = new Set(paths);
  for (const path of reached) {
    const file = schema.files.get(path);
    if (file === undefined) continue;
    for (const element of elementsOf(file)) {
      if (element.kind === "field" && element.extendee !== undefined) continue;
      for (const { name } of references(element)) {
        const type = schema.elements.get(name);
        if (type !== undefined) reached.add(fileOf(type).fullName);
      }
    }
  }
  return reached;
}
