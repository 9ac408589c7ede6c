import { type Annotation, goJson } from "./annotation.js";

/** buf's JSON: an object a line. */
export function printBufJson(annotations: readonly Annotation[]): string {
  return annotations.map((annotation) => `${goJson(bufKeys(annotation))}\n`).join("");
}

/** buf leaves out a path that is not known, and gives a position that is not known as 1:1 to 1:1. */
export function bufKeys({ path, startLine, startColumn, endLine, endColumn, type, message }: Annotation) {
  return {
    ...(path === undefined ? {} : { path }),
    start_line: startLine || 1,
    start_column: startColumn || 1,
    end_line: endLine || 1,
    end_column: endColumn || 1,
    type,
    message,
  };
}
