import { type Annotation, NO_PATH } from "./annotation.js";

/** Lines that Visual Studio and MSBuild pick up. */
export function printMsvs(annotations: readonly Annotation[]): string {
  return annotations.map((annotation) => `${line(annotation)}\n`).join("");
}

function line({ path, startLine, startColumn, severity, type, message }: Annotation): string {
  return `${path ?? NO_PATH}(${startLine || 1},${startColumn || 1}) : ${severity} ${type} : ${message}`;
}
