import type { Finding } from "../../rules/index.js";
import { annotateBaselines } from "./annotate-baselines.js";
import { type Annotation, annotationText } from "./annotation.js";
import { printBufJson } from "./buf-json.js";
import { printGithubActions } from "./github-actions.js";
import { reportGithub } from "./github-report.js";
import { printGitlabCodeQuality } from "./gitlab-code-quality.js";
import { reportGitlab } from "./gitlab-report.js";
import { reportJson } from "./json.js";
import { printJunit } from "./junit.js";
import { reportMarkdown } from "./markdown/markdown.js";
import { printMsvs } from "./msvs.js";
import type { ReportContext } from "./report-context.js";
import { reportSarif } from "./sarif/sarif.js";
import { reportText } from "./text.js";

/** How buf prints findings: by these names and, under `--like-buf`, to the byte. */
export const bufFormats = ["text", "json", "msvs", "junit", "github-actions", "gitlab-code-quality"] as const;

export type BufFormat = (typeof bufFormats)[number];

/** How findings can be printed. */
export const formats = [...bufFormats, "sarif", "markdown"] as const;

export type Format = (typeof formats)[number];

/**
 * Findings with all that proto4 knows, as far as the format has room. What is read as one document is one also where
 * there are none; the others are empty then. Those that are waived are left out of what has no room for a waiver.
 */
export function report(findings: readonly Finding[], format: Format, context: ReportContext = {}): string {
  return printers[format](findings, context);
}

const printers: Readonly<Record<Format, (findings: readonly Finding[], context: ReportContext) => string>> = {
  text: reportText,
  json: reportJson,
  msvs: (findings) => printMsvs(annotateBaselines(findings)),
  junit: (findings) => printJunit(annotateBaselines(findings)),
  "github-actions": reportGithub,
  "gitlab-code-quality": reportGitlab,
  sarif: reportSarif,
  markdown: reportMarkdown,
};

/** Annotations as `buf breaking --error-format` prints them; nothing where there are none. */
export function printLikeBuf(annotations: readonly Annotation[], format: BufFormat): string {
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
      return printGitlabCodeQuality(annotations);
  }
}
