/** What a report may know besides the findings; each format takes what it has room for. */
export interface ReportContext {
  /** Whether a terminal shows it that knows colours; without it there are none. */
  readonly color?: boolean | undefined;
  /** Columns of the terminal; without it, nothing is wrapped. */
  readonly width?: number | undefined;
}
