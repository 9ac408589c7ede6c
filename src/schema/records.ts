import { type DescriptorReader, LEN } from "./descriptor-reader.js";

/** Records of a serialised message, undecoded, in runs of neighbours. */
export type Records = readonly Uint8Array[];

/** Whether both are the same to the byte. */
export function sameRecords(before: Records, after: Records): boolean {
  return (
    before.length === after.length && before.every((run, index) => Buffer.compare(run, after[index]!) === 0)
  );
}

/** Collects records that a reader passes over. */
export class RecordCollector {
  private readonly runs: Uint8Array[] = [];
  private start = 0;
  private end = 0;

  constructor(private readonly reader: DescriptorReader) {}

  /**
   * Passes over the record that begins at `start` and whose tag, of something with a length, was just read.
   * @throws WireError "truncated"
   */
  pass(start: number): void {
    this.reader.skip(LEN);
    if (start !== this.end) this.close(start);
    this.end = this.reader.pos;
  }

  finish(): Records {
    this.close(0);
    return this.runs.length === 0 ? noRecords : this.runs;
  }

  private close(next: number): void {
    if (this.end > this.start) this.runs.push(this.reader.bytes.subarray(this.start, this.end));
    this.start = next;
  }
}

const noRecords: Records = [];
