import type { Finding, Severity } from "../../rules/index.js";

/** What every format of buf's shows of a finding. Lines and columns are 0 where the file is not known either. */
export interface Annotation {
  readonly path: string | undefined;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** A rule's id, or `COMPILE`. */
  readonly type: string;
  readonly message: string;
  readonly severity: Severity;
}

/** A finding as buf places it: what has a file but no position there is at its beginning. */
export function toAnnotation({ at, rule, message, severity }: Finding): Annotation {
  const fallback = at === undefined ? 0 : 1;
  return {
    path: at?.path,
    startLine: at?.startLine ?? fallback,
    startColumn: at?.startColumn ?? fallback,
    endLine: at?.endLine ?? fallback,
    endColumn: at?.endColumn ?? fallback,
    type: rule,
    message,
    severity,
  };
}

/** `path:line:column:message`: one line of buf's text. */
export function annotationText({ path, startLine, startColumn, message }: Annotation): string {
  return `${path ?? NO_PATH}:${startLine || 1}:${startColumn || 1}:${message}`;
}

/** What buf prints where a finding has no file. */
export const NO_PATH = "<input>";

/** JSON in Go's spelling, which is fit for HTML. */
export function goJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
