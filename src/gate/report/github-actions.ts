import { type Annotation, NO_PATH } from "./annotation.js";

/**
 * Commands that make GitHub show findings beside the code, as buf prints them.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function printGithubActions(annotations: readonly Annotation[]): string {
  return annotations
    .map(
      (annotation) =>
        `::${githubCommands[annotation.severity]} ${place(annotation)}::${annotation.message}\n`,
    )
    .join("");
}

/** What GitHub calls severities. */
export const githubCommands = { error: "error", warning: "warning", info: "notice" } as const;

function place({ path, startLine, startColumn, endLine, endColumn }: Annotation): string {
  const file = `file=${path ?? NO_PATH}`;
  if (startLine === 0) return file;
  return `${file},line=${startLine},col=${startColumn},endLine=${endLine},endColumn=${endColumn}`;
}
