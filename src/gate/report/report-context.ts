import type { Finding } from "../../rules/index.js";

/** What a report may know besides the findings; each format takes what it has room for. */
export interface ReportContext {
  /** Whether a terminal shows it that knows colours; without it there are none. */
  readonly color?: boolean | undefined;
  /** Columns of the terminal; without it, nothing is wrapped. */
  readonly width?: number | undefined;
  /** Without it, no source is shown, and columns are the compiler's. */
  readonly sources?: Sources | undefined;
  /** The edits that would meet a finding; without it, none are told. */
  readonly edits?: ((finding: Finding) => readonly FileEdits[]) | undefined;
  /** Where a file of a finding lies from the root of its repository; as it is called, if not given. */
  readonly fromRoot?: ((path: string) => string) | undefined;
  /** What is judged, where a report may be one of several of the same repository. */
  readonly input?: string | undefined;
  /** What Markdown is headed with; proto4, if not given. */
  readonly title?: string | undefined;
  /** How many reports one comment is made of; one, if not given. */
  readonly share?: number | undefined;
  /** proto4's own. */
  readonly version?: string | undefined;
}

/** The sources that findings point into, line by line; each is `undefined` where it is not at hand. */
export interface Sources {
  /** The file in which a finding is. */
  after(finding: Finding): readonly string[] | undefined;
  /** The file in which its element was. */
  before(finding: Finding): readonly string[] | undefined;
}

/** What would be exchanged in a file. */
export interface FileEdits {
  /** As `Finding.at` calls it. */
  readonly path: string;
  /** What the edits are of. */
  readonly text: string;
  /** Offsets are of UTF-16 code units. */
  readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}
