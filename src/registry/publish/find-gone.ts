import { affectedFiles, type FileSlice, type Image } from "../../image/index.js";
import { buildSchema } from "../../schema/index.js";
import type { Gone } from "../store/records.js";

/** Messages, enums, services and methods whose names an image has no more, by name. */
export function findGone(before: Image, after: Image): readonly Gone[] {
  const affected = affectedFiles(before, after);
  const left = namesIn(affected.before);
  for (const name of namesIn(affected.after).keys()) left.delete(name);
  return [...left].map(([name, kind]) => ({ kind, name })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function namesIn(slices: readonly FileSlice[]): Map<string, Gone["kind"]> {
  const names = new Map<string, Gone["kind"]>();
  for (const element of buildSchema(slices).declared.values()) {
    if (element.kind === "field" || (element.kind === "message" && element.mapEntry)) continue;
    names.set(element.fullName, element.kind);
    if (element.kind === "service")
      for (const method of element.methods) names.set(method.fullName, "method");
  }
  return names;
}
