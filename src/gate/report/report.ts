import type { Finding } from "../../rules/index.js";
import { annotateBaselines } from "./annotate-baselines.js";
import { type Annotation, annotationText } from "./annotation.js";
import { printBufJson } from "./buf-json.js";
import { printGithubActions } from "./github-actions.js";
import { printGitlabCodeQuality } from "./gitlab-code-quality.js";
import { reportJson } from "./json.js";
import { printJunit } from "./junit.js";
import { printMsvs } from "./msvs.js";
import { reportText } from "./text.js";

/** How findings can be printed: buf's names and, under `--like-buf`, buf's bytes. */
export const formats = ["text", "json", "msvs", "junit", "github-actions", "gitlab-code-quality"] as const;

export type Format = (typeof formats)[number];

/** Findings with all that proto4 knows, as far as the format has room; nothing where there are none. */
export function report(findings: readonly Finding[], format: Format): string {
  if (findings.length === 0) return "";
  if (format === "text") return reportText(findings);
  if (format === "json") return reportJson(findings);
  const annotations = annotateBaselines(findings);
  return format === "gitlab-code-quality"
    ? printGitlabCodeQuality(annotations, { error: "major", warning: "minor", info: "info" })
    : printLikeBuf(annotations, format);
}

/** Annotations as `buf breaking --error-format` prints them; nothing where there are none. */
export function printLikeBuf(annotations: readonly Annotation[], format: Format): string {
  if (annotations.length === 0) return "";
  switch (format) {
    case "text":
      return annotations.map((annotation) => `${annotationText(annotation)}\n`).join("");
    case "json":
      return printBufJson(annotations);
    case "msvs":
      return printMsvs(annotations);
    case "junit":
      return printJunit(annotations);
    case "github-actions":
      return printGithubActions(annotations);
    case "gitlab-code-quality":
      return printGitlabCodeQuality(annotations, { error: "minor", warning: "minor", info: "minor" });
  }
}
