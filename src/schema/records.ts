import { DescriptorReader, LEN } from "./descriptor-reader.js";

/** Records of a serialised message, undecoded, in runs of neighbours. */
export interface Records {
  /** What they lie in: a file. */
  readonly bytes: Buffer;
  /** Offsets: the start of a run, its end, the start of the next one. Views would take most of a schema's memory. */
  readonly bounds: readonly number[];
}

/** Whether both are the same to the byte. */
export function sameRecords(before: Records, after: Records): boolean {
  const [from, to] = [before.bounds, after.bounds];
  if (from.length !== to.length) return false;
  for (let i = 0; i < from.length; i += 2)
    if (before.bytes.compare(after.bytes, to[i], to[i + 1], from[i], from[i + 1]) !== 0) return false;
  return true;
}

/** Collects records that a reader passes over. */
export class RecordCollector {
  private readonly bounds: number[] = [];

  constructor(private readonly reader: DescriptorReader) {}

  /**
   * Passes over the record that begins at `start` and whose tag, of something with a length, was just read.
   * @throws WireError "truncated"
   */
  pass(start: number): void {
    const { bounds, reader } = this;
    reader.skip(LEN);
    if (bounds.at(-1) === start) bounds.pop();
    else bounds.push(start);
    bounds.push(reader.pos);
  }

  finish(): Records {
    return { bytes: this.reader.bytes, bounds: this.bounds };
  }
}

/** A reader of each run. */
export function* readersOf({ bytes, bounds }: Records, annotated: boolean): Generator<DescriptorReader> {
  for (let i = 0; i < bounds.length; i += 2)
    yield new DescriptorReader(bytes, annotated, bounds[i], bounds[i + 1]);
}
