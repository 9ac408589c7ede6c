import { createHash } from "node:crypto";
import { type Annotation, goJson } from "./annotation.js";

/**
 * A report for GitLab's merge requests: one list.
 * @param severities what GitLab is to call an error, a warning and an info; buf calls everything minor
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function printGitlabCodeQuality(
  annotations: readonly Annotation[],
  severities: Readonly<Record<Annotation["severity"], string>>,
): string {
  return `${goJson(annotations.map((annotation) => issue(annotation, severities[annotation.severity])))}\n`;
}

function issue(annotation: Annotation, severity: string) {
  const { type, message, path, startLine, startColumn, endLine, endColumn } = annotation;
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
