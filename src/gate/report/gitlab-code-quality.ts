import { createHash } from "node:crypto";
import { type Annotation, goJson } from "./annotation.js";

/**
 * A report for GitLab's merge requests, as buf prints it: one list, in which everything is minor.
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function printGitlabCodeQuality(annotations: readonly Annotation[]): string {
  return `${goJson(annotations.map(issue))}\n`;
}

function issue(annotation: Annotation) {
  const { type, message, path, startLine, startColumn, endLine, endColumn } = annotation;
  const severity = "minor";
  const head = { description: message, check_name: type };
  const location = {
    ...(path === undefined ? {} : { path }),
    positions: { begin: position(startLine, startColumn), end: position(endLine, endColumn) },
  };
  // buf's fingerprint is a hash of the whole issue but itself.
  const fingerprint = createHash("shake256", { outputLength: 64 })
    .update(goJson({ ...head, location, severity }))
    .digest("hex");
  return { ...head, fingerprint, location, severity };
}

function position(line: number, column: number) {
  return { ...(line === 0 ? {} : { line }), ...(column === 0 ? {} : { column }) };
}
