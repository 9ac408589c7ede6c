import type { Finding } from "../../rules/index.js";

/** What a report may know besides the findings; each format takes what it has room for. */
export interface ReportContext {
  /** Whether a terminal shows it that knows colours; without it there are none. */
  readonly color?: boolean | undefined;
  /** Columns of the terminal; without it, nothing is wrapped. */
  readonly width?: number | undefined;
  /** Without it, no source is shown. */
  readonly sources?: Sources | undefined;
}

/** The sources that findings point into, line by line; each is `undefined` where it is not at hand. */
export interface Sources {
  /** The file in which a finding is. */
  after(finding: Finding): readonly string[] | undefined;
  /** The file in which its element was. */
  before(finding: Finding): readonly string[] | undefined;
}
