/** A file that a workspace is to have. */
export interface PlannedFile {
  /** From the workspace's folder. */
  readonly path: string;
  readonly text: string;
  /** What it is for, in a few words. */
  readonly purpose: string;
  /** Of a file that is there: what it lacks, and what to add. Of a new one: what it takes the place of. */
  readonly advice: readonly string[];
  readonly isThere: boolean;
}
